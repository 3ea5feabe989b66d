"""Grade each criterion: what is proved, what is still possible, and why.

See docs/decisions/0001-proved-grades.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from osmm_scan.engine.confidence import rate_confidence
from osmm_scan.engine.evaluation import Judge
from osmm_scan.engine.intervals import Truth
from osmm_scan.engine.readings import Readings
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import Model
from osmm_scan.engine.tree import Expression
from osmm_scan.engine.wording import reasons
from osmm_scan.model import Visibility
from osmm_scan.verdicts import Criterion, Finding, State

Ladder = Sequence[Expression]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """For whom, and seeing how much, is judged."""

    profile: str
    visibility: Visibility

    def is_biased(self, model: Model) -> bool:
        """Tell whether only a biased sample of what the organisation does could be seen."""
        terms = model.combination.one_sided
        return self.visibility in terms.visibility and self.profile in terms.profiles

    def sees_all(self, model: Model) -> bool:
        """Tell whether what was seen is the whole: everything, or all that such a profile has."""
        if self.visibility is Visibility.FULL:
            return True
        # Nobody knows what was not cloned, whatever the profile.
        is_public = self.visibility is Visibility.PUBLIC
        return is_public and self.profile not in model.combination.one_sided.profiles


@dataclass(frozen=True, slots=True)
class Standing:
    """A proved grade, None when unknown, and the highest possible one."""

    grade: int | None
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grader:
    """Grades the criteria of a rule pack from readings."""

    pack: RulePack
    readings: Readings
    scene: Scene

    def standing(self, criterion: Criterion) -> Standing:
        """Return the grade of a criterion without its reasons."""
        if self.scene.profile in criterion.not_applicable_to:
            return Standing(None, 0)
        ladder = self.pack.ladders[criterion.id]
        truths = self._truths(ladder)
        first = truths[0] if truths else Truth.UNKNOWN
        if first is not Truth.TRUE and not self._absence_counts(criterion):
            return Standing(None, len(ladder))
        proved = next((g for g, truth in enumerate(truths) if truth is not Truth.TRUE), len(truths))
        possible = len(truths) - (Truth.FALSE in truths)
        return Standing(None if first is Truth.UNKNOWN else proved, possible)

    def find(self, criterion: Criterion) -> Finding:
        """Return the grade of a criterion with its reasons and evidence."""
        if self.scene.profile in criterion.not_applicable_to:
            return Finding(
                criterion=criterion,
                grade=None,
                possible=0,
                state=State.NOT_APPLICABLE,
                because=self._exclusion(criterion),
            )
        standing = self.standing(criterion)
        decided = self._deciding(criterion, standing.grade or 0)
        return Finding(
            criterion=criterion,
            grade=standing.grade,
            possible=standing.possible,
            state=_state(standing.grade),
            because=self._because(criterion, standing),
            evidence=self._evidence({name for names in decided for name in names}),
            confidence=self._confidence(criterion, standing, decided),
        )

    def holding_back(self, criterion: Criterion, grade: int | None) -> frozenset[str]:
        """Return the signals that kept an item of this grade from the next one."""
        step = (grade or 0) + 1
        ladder = self.pack.ladders[criterion.id]
        if step > len(ladder):
            return frozenset()
        terms = self.judge(step).deciding(ladder[step - 1])
        return frozenset(term.reference.signal for term, _ in terms)

    def _exclusion(self, criterion: Criterion) -> str:
        profile = self.scene.profile
        reason = self.pack.model.profiles[profile].reasons.get(criterion.id)
        told = f"does not apply to the profile {profile}"
        return f"{told}: {reason}" if reason else told

    def _because(self, criterion: Criterion, standing: Standing) -> str:
        ladder = self.pack.ladders[criterion.id]
        if not ladder:
            return "only people can tell"
        told = reasons(self.judge(1), ladder[0])
        if standing.grade is None:
            is_absent = self.judge(1).evaluate(ladder[0]) is Truth.FALSE
            return f"{told}; there may be what could not be seen" if is_absent else told
        if standing.grade == 0:
            return told
        return f"{self._proof(criterion, standing.grade)}. {self._next(criterion, standing)}"

    def _proof(self, criterion: Criterion, grade: int) -> str:
        rule = self.pack.ladders[criterion.id][grade - 1]
        return f"{criterion.grading[grade - 1].name}: {reasons(self.judge(grade), rule)}"

    def _next(self, criterion: Criterion, standing: Standing) -> str:
        ladder, grade = self.pack.ladders[criterion.id], (standing.grade or 0) + 1
        if grade > len(criterion.grading):
            return "There is no higher grade"
        name = criterion.grading[grade - 1].name
        if grade > len(ladder):
            return f"{name} is for people to attest"
        told = reasons(self.judge(grade), ladder[grade - 1])
        return f"{name} is open: {told}" if standing.possible >= grade else f"Not {name}: {told}"

    def _deciding(self, criterion: Criterion, grade: int) -> tuple[tuple[str, ...], ...]:
        """Return the signals that made the grade, and those that kept it from the next."""
        ladder = self.pack.ladders[criterion.id]
        steps = [step for step in (grade, grade + 1) if 1 <= step <= len(ladder)]
        return tuple(
            tuple(term.reference.signal for term, _ in self.judge(step).deciding(ladder[step - 1]))
            for step in steps
        )

    def _evidence(self, names: Iterable[str]) -> tuple[str, ...]:
        signals = self.readings.signals
        cited = (signals[name].evidence for name in names if name in signals)
        return tuple(sorted({identity for some in cited for identity in some}))

    def _confidence(
        self, criterion: Criterion, standing: Standing, decided: tuple[tuple[str, ...], ...]
    ) -> float:
        if standing.grade is None:
            return 0.0
        model = self.pack.model
        return rate_confidence(
            model.confidence,
            self.readings,
            listed=criterion.signals,
            deciding=decided[0],
            is_biased=criterion.facing == "inward" and self.scene.is_biased(model),
        )

    def _truths(self, ladder: Ladder) -> list[Truth]:
        """Return the truth of each rule up to the first that is false."""
        truths: list[Truth] = []
        for grade, rule in enumerate(ladder, start=1):
            truths.append(self.judge(grade).evaluate(rule))
            if truths[-1] is Truth.FALSE:
                break
        return truths

    def judge(self, grade: int) -> Judge:
        """Return who evaluates the rule of a grade."""
        return Judge(self.readings, self.pack.model.thresholds.least_sample(grade))

    def _absence_counts(self, criterion: Criterion) -> bool:
        """Tell whether finding nothing, here, means that there is nothing."""
        if self.scene.sees_all(self.pack.model):
            return criterion.absent_on_full_scan
        return criterion.absent_on_public_scan


def _state(grade: int | None) -> State:
    if grade is None:
        return State.UNKNOWN
    return State.ABSENT if grade == 0 else State.OBSERVED
