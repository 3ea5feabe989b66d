"""Fit a rule pack to an organisation: profiles of its own, and thresholds that ask for more.

A configuration can make the judgement stricter. What would make it laxer is said where it shows:
by a waiver, or by a rule pack with its reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import Model
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import UsageError
from osmm_scan.settings import CustomProfile, Settings
from osmm_scan.verdicts import Criterion

_BARS = ("p2", "p3_attained", "p3_provisional", "gate_slack")
# Less of these is stricter, and only whole numbers will do.
_COUNTS = frozenset({"gate_slack", "valid_days"})


def adjust(pack: RulePack, settings: Settings) -> RulePack:
    """Return the pack with an organisation's profiles and thresholds."""
    if not settings.profiles and not settings.thresholds:
        return pack
    data = pack.model.model_dump()
    for name, profile in settings.profiles.items():
        fault = profile_fault(name, profile, pack)
        if fault:
            raise UsageError(f"profile {name!r}: {fault}")
        _add_profile(data, name, profile)
    for name, number in settings.thresholds.items():
        fault = threshold_fault(name, number, pack.model)
        if fault:
            raise UsageError(f"threshold {name!r}: {fault}")
        _set(data, _places(pack.model)[name], number)
    try:
        model = Model.model_validate(data)
    except ValidationError as error:
        told = "; ".join(
            one["msg"].removeprefix("Value error, ") for one in error.errors(include_url=False)
        )
        raise UsageError(f"thresholds: {told}") from error
    return replace(
        pack,
        model=model,
        criteria=_applied(pack.criteria, settings.profiles),
        facets=_applied(pack.facets, settings.profiles),
        sha256=_fingerprint(pack, settings),
    )


def profile_fault(name: str, profile: CustomProfile, pack: RulePack) -> str | None:
    """Return what is wrong with a profile of an organisation's own, None when nothing is."""
    known = pack.model.profiles
    items = {criterion.id for criterion in pack.criteria}
    unknown = sorted(profile.not_applicable.keys() - items)
    if name in known:
        return "the rules have a profile of this name; choose another"
    if profile.based_on not in known:
        return f"unknown profile {profile.based_on!r}{nearest(profile.based_on, known)}"
    if unknown:
        return f"unknown item {unknown[0]!r}{nearest(unknown[0], items)}"
    floor = pack.model.combination.floor.item
    return f"{floor} applies to everybody" if floor in profile.not_applicable else None


def threshold_fault(name: str, number: float, model: Model) -> str | None:
    """Return what is wrong with a threshold, None when it only asks for more."""
    places = _places(model)
    if name not in places:
        return f"no such threshold{nearest(name, places)}; there are {', '.join(places)}"
    now: Any = model.model_dump()
    for key in places[name]:
        now = now[key]
    is_count = places[name][-1] in _COUNTS
    if is_count and number != int(number):
        return "must be a whole number"
    if number > now if is_count else number < now:
        return f"{number:g} asks for less than the rules do, which is {now:g}"
    return None if is_count or number <= 1 else "is a share, at most 1"


def _places(model: Model) -> Mapping[str, tuple[Any, ...]]:
    """Return where in the model each threshold stands that a configuration may set."""
    bars = {
        f"level-{level}.{bar}": ("combination", "levels", level, bar)
        for level in sorted(model.combination.levels)
        for bar in _BARS
    }
    weights = {
        f"conclusive_weight.{status}": ("combination", "conclusive_weight", status)
        for status in ("provisional", "attained")
    }
    return bars | weights | {"attestation.valid_days": ("attestation_policy", "valid_days")}


def _set(data: dict[str, Any], place: tuple[Any, ...], number: float) -> None:
    *way, last = place
    inside: Any = data
    for key in way:
        inside = inside[key]
    inside[last] = int(number) if last in _COUNTS else float(number)


def _add_profile(data: dict[str, Any], name: str, profile: CustomProfile) -> None:
    base, one_sided = data["profiles"][profile.based_on], data["combination"]["one_sided"]
    own = sorted(profile.not_applicable.keys() - set(base["not_applicable"]))
    data["profiles"][name] = {
        "means": profile.means,
        "not_applicable": (*base["not_applicable"], *own),
        "reasons": {**base["reasons"], **profile.not_applicable},
    }
    if profile.based_on in one_sided["profiles"]:
        one_sided["profiles"] = (*one_sided["profiles"], name)


def _applied(
    criteria: Iterable[Criterion], profiles: Mapping[str, CustomProfile]
) -> tuple[Criterion, ...]:
    return tuple(
        replace(
            criterion,
            not_applicable_to=(
                *criterion.not_applicable_to,
                *(
                    name
                    for name, profile in sorted(profiles.items())
                    if criterion.id in profile.not_applicable
                    or profile.based_on in criterion.not_applicable_to
                ),
            ),
        )
        for criterion in criteria
    )


def _fingerprint(pack: RulePack, settings: Settings) -> str:
    """Return a digest that tells these rules from those of the pack alone."""
    changes = {
        "rules": pack.sha256,
        "thresholds": dict(settings.thresholds),
        "profiles": {
            name: [one.based_on, one.means, dict(one.not_applicable)]
            for name, one in settings.profiles.items()
        },
    }
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()
