"""What to do next: the few actions that bring a target nearest to its next level.

Gates and required checks come first, then what gains most weight for the least effort.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.headline import item_titles

_COST = {"S": 1, "M": 2, "L": 4}
# Grade 2 makes a level stand and grade 3 confirms it; above that, a level gains little.
_STANDING, _CONFIRMED = 2, 3
_LEFT_OUT = {"not_applicable", "waived"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do; `claim` is what will hold then, `reason` what is known today."""

    id: str
    level: int
    claim: str
    action: str
    effort: str
    reason: str
    label: str


def actions(document: dict[str, Any]) -> tuple[Action, ...]:
    """Return the actions for the next level and those below it, most valuable first."""
    if document["target"]["kind"] == "repository":
        return _for_repository(document)
    return _for_organisation(document)


def _for_organisation(document: dict[str, Any]) -> tuple[Action, ...]:
    goal = min(5, (document["verdict"]["level"] or 0) + 1)
    weight = _weights(document["items"])
    needs = {
        item: hidden["needs"]
        # What would show the most stands first, and is the advice where several would help.
        for hidden in reversed(document["access"]["could_not_see"])
        for item in hidden["hides"]
    }

    def value(item: dict[str, Any]) -> tuple[bool, float, str]:
        gain = weight[item["id"]] * (_CONFIRMED - (item["grade"] or 0))
        return not _blocks(item), -gain / _COST[item["remediation"]["effort"]], item["id"]

    wanted = [one for one in document["items"] if one["level"] <= goal and _can_improve(one)]
    titles = item_titles(document)
    return tuple(
        _item_action(item, titles[item["id"]], needs.get(item["id"]))
        for item in sorted(wanted, key=value)
    )


def _can_improve(item: dict[str, Any]) -> bool:
    if item["state"] in _LEFT_OUT:
        return False
    if item["grade"] is None:
        return bool(item["gate"])
    return bool(item["grade"] < min(_CONFIRMED, item["max_observed_grade"]))


def _blocks(item: dict[str, Any]) -> bool:
    return bool(item["gate"]) and (item["grade"] or 0) < _STANDING


def _weights(items: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Every activity weighs the same within its level, every item the same within its activity."""
    groups: dict[int, dict[str, list[str]]] = {}
    for item in items:
        if item["state"] not in _LEFT_OUT:
            activities = groups.setdefault(item["level"], {})
            activities.setdefault(item["activity"], []).append(item["id"])
    return {
        identity: 1 / len(activities) / len(ids)
        for activities in groups.values()
        for ids in activities.values()
        for identity in ids
    }


def _item_action(item: dict[str, Any], title: str, needs: str | None) -> Action:
    if item["grade"] is not None:
        reason = f"{item['grade']} of 5: {item['because']}"
    elif needs is not None:
        reason = f"unknown, may be done already; what would show it: {needs}"
    else:
        reason = f"unknown, may be done already: {item['because']}"
    return Action(
        id=item["id"],
        level=item["level"],
        claim=title,
        action=item["remediation"]["action"],
        effort=words.EFFORT[item["remediation"]["effort"]],
        reason=words.brief(reason),
        label="gate" if item["gate"] else "",
    )


def _for_repository(document: dict[str, Any]) -> tuple[Action, ...]:
    asked = {check["id"]: check for check in document["checks"]}
    open_checks = [
        (asked[outcome["id"]], outcome)
        for readiness in document["readiness"]
        for outcome in readiness["checks"]
        if outcome["result"] in {"unmet", "unknown"}
    ]

    def value(pair: tuple[dict[str, Any], dict[str, Any]]) -> tuple[int, bool, bool, int, str]:
        check, outcome = pair
        cost = _COST[check["remediation"]["effort"]]
        unknown = outcome["result"] == "unknown"
        return check["level"], not check["required"], unknown, cost, check["id"]

    return tuple(_check_action(*pair) for pair in sorted(open_checks, key=value))


def _check_action(check: dict[str, Any], outcome: dict[str, Any]) -> Action:
    return Action(
        id=check["id"],
        level=check["level"],
        claim=check["title"],
        action=check["remediation"]["action"],
        effort=words.EFFORT[check["remediation"]["effort"]],
        reason=words.brief(f"{words.RESULT[outcome['result']]}: {outcome['because']}"),
        label="required" if check["required"] else "",
    )
