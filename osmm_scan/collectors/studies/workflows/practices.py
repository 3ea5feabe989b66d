"""Judge from what CI does whether a practice is wired, and say why where that cannot be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.globs import matches
from osmm_scan.collectors.studies.workflows.model import (
    ON_CHANGE,
    ON_RELEASE,
    REGULARLY,
    Act,
    Occasion,
    Truth,
    Unread,
)
from osmm_scan.collectors.studies.workflows.recognisers import Recogniser, load_recognisers
from osmm_scan.collectors.studies.workflows.study import automation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

# What carries findings to where people see them, so that a check need not fail to be heard.
_CARRIER = "carrier"
# What runs the hooks of the repository, which are voluntary otherwise.
_HOOKS = "hooks"
_PUBLICATION = "publication"


_ELSEWHERE = ("component:", "library:", "orb:", "project:", "remote:", "template:")


class Demand(Enum):
    """What a practice must do to count."""

    HAPPENS = auto()
    HEARD = auto()
    FAILS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An act that is an instance of a practice. `heard`: its findings reach somebody."""

    act: Act
    by: Recogniser
    fails: bool
    heard: bool

    @property
    def is_release(self) -> bool:
        """Tell whether it happens when releasing, and not for proposals, as tests of tools do.

        An image is often built for proposals by the very step that pushes it after the merge.
        """
        decides = "${{" in self.act.inputs.get("push", "")
        is_rehearsal = self.act.happens((Occasion.PROPOSAL,)) is Truth.ALWAYS and not decides
        return not is_rehearsal and self.act.happens(ON_RELEASE).is_proved

    def meets(self, demand: Demand) -> bool:
        """Tell whether it does what is asked."""
        return {
            Demand.HAPPENS: True,
            Demand.HEARD: self.heard,
            Demand.FAILS: self.fails,
        }[demand]


@dataclass(frozen=True, slots=True, kw_only=True)
class Practices:
    """Every instance of every practice, and the parts of CI that are out of sight."""

    hits: Mapping[str, tuple[Hit, ...]]
    opaque: tuple[Act, ...]
    unread: tuple[Unread, ...]

    @property
    def publishing(self) -> frozenset[str]:
        """Return the workflow files that publish something."""
        hits = self.hits.get(_PUBLICATION, ())
        return frozenset(hit.act.workflow for hit in hits if hit.is_release)

    def judge(
        self,
        practice: str,
        occasions: tuple[Occasion, ...] = REGULARLY,
        *,
        demand: Demand,
        only: Callable[[Hit], bool] = lambda _: True,
    ) -> Verdict:
        """Return whether a practice happens on one of these occasions and meets the demand."""
        hits = [hit for hit in self.hits.get(practice, ()) if hit.meets(demand) and only(hit)]
        best = max(hits, key=lambda hit: hit.act.happens(occasions), default=None)
        if best is not None and best.act.happens(occasions).is_proved:
            return Verdict(proof=best)
        return Verdict(unknown=self._doubt(hits, occasions))

    def _doubt(self, hits: list[Hit], occasions: tuple[Occasion, ...]) -> Unobserved | None:
        for hit in hits:
            if hit.act.happens(occasions) is Truth.SETTING:
                why = f"whether {hit.act.place} runs depends on a setting outside the repository"
                return Unobserved(Missing.NOT_COLLECTED, why)
        if self.unread:
            return self.unread[0].reason
        for act in self.opaque:
            if act.happens(occasions) is not Truth.NEVER:
                why = f"{act.place} runs {act.uses.partition('@')[0]}, which is kept elsewhere"
                return Unobserved(Missing.NOT_COLLECTED, why)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A hit that proves it, or why it cannot be told, or neither: then it is a no."""

    proof: Hit | None = None
    unknown: Unobserved | None = None

    @property
    def is_no(self) -> bool:
        """Tell whether the practice surely is not there, as far as files tell."""
        return self.proof is None and self.unknown is None

    def or_unknown(self, why: str) -> Verdict:
        """Return this verdict with a no turned into what only the host can tell."""
        reason = Unobserved(Missing.NOT_COLLECTED, why)
        return replace(self, unknown=reason) if self.is_no else self

    def evidence(self, observer: Observer, key: str) -> Evidence:
        """Return the verdict as a fact."""
        if self.proof is not None:
            return observer.fact(key, True, self.proof.act.place.path, self.proof.act.place.line)
        if self.unknown is not None:
            return observer.missing(key, self.unknown)
        return observer.fact(key, False)


def practices(observer: Observer) -> Practices:
    """Return what the CI of a repository practises."""
    study = observer.once(automation)
    found = [(act, by) for act in study.acts for by in _recognised(observer, act)]
    carrying = {act.job for act, by in found if by.practice == _CARRIER}
    recognised = {id(act) for act, _ in found}
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    enforced = _enforced([act for act, by in found if by.practice == _HOOKS])
    for act, by in found:
        fails = act.fails and not by.is_silent(act)
        heard = fails or by.reports or act.job in carrying
        seen = _with(enforced, act) if Occasion.COMMIT in act.when else act
        hits[by.practice].append(Hit(act=seen, by=by, fails=fails, heard=heard))
    return Practices(
        hits={name: tuple(sorted(of, key=_order)) for name, of in hits.items()},
        opaque=tuple(act for act in study.acts if _is_opaque(act) and id(act) not in recognised),
        unread=study.unread,
    )


def _recognised(observer: Observer, act: Act) -> Iterator[Recogniser]:
    for found in load_recognisers(observer.packs).of(act):
        if not found.file or _says(observer, found):
            yield found


def _says(observer: Observer, by: Recogniser) -> bool:
    """Tell whether the file that a recogniser asks for has a line that begins as it says."""
    for path in observer.repository.entries():
        if matches(by.file, path, separator="/"):
            with suppress(Unobserved):
                lines = observer.repository.text(path).splitlines()
                if any(line.strip().startswith(by.says) for line in lines):
                    return True
    return False


def _enforced(runs: list[Act]) -> Mapping[Occasion, Truth]:
    return {
        occasion: max(act.when.get(occasion, Truth.NEVER) for act in runs if act.fails)
        for occasion in ON_CHANGE
        if any(act.fails for act in runs)
    }


def _with(enforced: Mapping[Occasion, Truth], act: Act) -> Act:
    often = {name: max(enforced[name], act.when.get(name, Truth.NEVER)) for name in enforced}
    return replace(act, when={**act.when, **often})


def _is_opaque(act: Act) -> bool:
    """Tell whether an act hands over to a whole workflow that is kept elsewhere."""
    if act.uses.startswith(_ELSEWHERE):
        return True
    return not act.uses.startswith("./") and "/.github/workflows/" in act.uses


def _order(hit: Hit) -> tuple[int, str, int]:
    """Put what happens before a merge first: it is the best proof."""
    often = hit.act.happens((Occasion.PROPOSAL,))
    return -often, hit.act.place.path, hit.act.place.line
