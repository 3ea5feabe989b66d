"""What the files of a rule pack may hold. Checked once when they are loaded, then trusted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import model_validator

from osmm_scan.engine.formula import Combination, Confidence, Thresholds
from osmm_scan.engine.parts import FactName, Flag, GradeNumber, Part, Positive, Text, rising


class Named(Part):
    """What the model is called, and where it comes from."""

    name: Text
    version: Text
    source: Text


class Level(Part):
    """One level of the model."""

    level: Positive
    name: Text
    means: Text


class GradeStep(Part):
    """One step of the grade scale."""

    grade: GradeNumber
    name: Text
    means: Text


class Denominator(Part):
    """A population: the repositories for which all of these boolean facts hold."""

    means: Text
    all: tuple[FactName, ...]


class StaleStatement(Part):
    """How long an expired statement still counts, and for how much."""

    until_days: Positive
    grade_at_most: GradeNumber


class Caps(Part):
    """The highest grade that each kind of statement can carry."""

    bare_statement: GradeNumber
    document_and_second_person: GradeNumber
    readable_evidence: GradeNumber


class AttestationPolicy(Part):
    """What statements of people are worth."""

    file: Text
    required_fields: tuple[
        Literal["item", "grade", "statement", "evidence", "accountable_role", "date", "expires"],
        ...,
    ]
    caps: Caps
    above_observed: Mapping[Text, GradeNumber | None]
    valid_days: Positive
    stale: StaleStatement


class Profile(Part):
    """A kind of organisation, and the items that do not apply to it, with reasons where stated."""

    means: Text
    not_applicable: tuple[Text, ...]
    reasons: Mapping[Text, Text] = {}


class ReadinessTerms(Part):
    """Which levels one repository can be ready for, and the share of a level's checks it needs."""

    levels: tuple[Positive, ...]
    met: Positive
    of: Positive

    @model_validator(mode="after")
    def _ordered(self) -> ReadinessTerms:
        if not self.levels:
            raise ValueError("there is at least one level of readiness")
        rising("levels", self.levels)
        rising("met and of", [self.met, self.of], flat=True)
        return self


class Model(Part):
    """All of `model.yaml`."""

    model: Named
    levels: tuple[Level, ...]
    grade_scale: tuple[GradeStep, ...]
    denominators: Mapping[Text, Denominator]
    thresholds: Thresholds
    combination: Combination
    confidence: Confidence
    attestation_policy: AttestationPolicy
    profiles: Mapping[Text, Profile]
    readiness: ReadinessTerms

    @model_validator(mode="after")
    def _complete(self) -> Model:
        numbers = [level.level for level in self.levels]
        if not numbers or numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"levels are numbered from 1, not {numbers}")
        if not self.profiles:
            raise ValueError("there is at least one profile")
        if sorted(self.combination.levels) != numbers:
            raise ValueError(f"combination.levels states each of the levels {numbers}")
        if [step.grade for step in self.grade_scale] != list(range(6)):
            raise ValueError("grade_scale states the grades 0 to 5")
        return self

    @property
    def populations(self) -> Mapping[str, tuple[str, ...]]:
        """Return the boolean facts of each denominator."""
        return {name: denominator.all for name, denominator in self.denominators.items()}

    def level_name(self, level: int) -> str:
        """Return what a level is called."""
        return self.levels[level - 1].name

    def grade_name(self, grade: int) -> str:
        """Return what a grade is called."""
        return self.grade_scale[grade].name


class Absence(StrEnum):
    """What it means that nothing was found."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


class AbsenceTerms(Part):
    """What finding nothing means where the public, or all, could be seen."""

    public_scan: Absence
    full_scan: Absence


class Use(Part):
    """A signal that speaks for or against an item."""

    id: Text
    role: Literal["primary", "supporting", "counter", "attestation"]


class Step(Part):
    """What a grade means, and the rule that shows it; None where only people can tell."""

    meaning: Text
    when: Text | None


class Advice(Part):
    """What to do, and how much work it is."""

    action: Text
    effort: Literal["S", "M", "L"]


class Scope(Part):
    """What one repository alone can say about an item."""

    verdict: Literal["full", "partial", "none"]
    says: Text


class Item(Part):
    """One checklist item; in level 5 also its facets, which name the item they belong to."""

    id: Text
    title: Text
    facet_of: Text | None = None
    criterion: Text
    why: Text
    signals: tuple[Use, ...]
    grading: Mapping[Positive, Step]
    remediation: Advice
    repo_scope: Scope
    observability: Literal["observable", "partly", "attestation-only"]
    facing: Literal["inward", "outward"]
    gate: Flag
    max_observed_grade: GradeNumber
    absence: AbsenceTerms
    finos_key: Text | None = None
    refs: Mapping[Text, tuple[Text, ...]] = {}
    note: Text | None = None

    @model_validator(mode="after")
    def _ladder(self) -> Item:
        if list(self.grading) != [1, 2, 3, 4, 5]:
            raise ValueError("grading states the grades 1 to 5 in this order")
        rules = [step.when for step in self.grading.values()]
        observed = [rule for rule in rules if rule is not None]
        if rules[: len(observed)] != observed:
            raise ValueError("grading has a rule above a grade without one")
        if self.max_observed_grade != len(observed):
            raise ValueError(
                f"max_observed_grade is {self.max_observed_grade}, but rules reach {len(observed)}"
            )
        return self


class Activity(Part):
    """One file of items."""

    activity: Text
    level: Positive
    title: Text
    items: tuple[Item, ...]
    facets: tuple[Item, ...] = ()


class CheckEntry(Part):
    """One readiness check."""

    id: Text
    level: Positive
    item: Text
    title: Text
    fact: FactName
    applies: tuple[FactName, ...]
    required: Flag
    why: Text
    remediation: Advice


class Checks(Part):
    """All of `repository.yaml`."""

    checks: tuple[CheckEntry, ...]
