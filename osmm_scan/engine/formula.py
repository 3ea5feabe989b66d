"""The numbers of `rules/osmm/model.yaml`: thresholds, how grades make levels, and confidence.

Checked once when they are loaded, then trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from osmm_scan.engine.parts import (
    GradeNumber,
    Number,
    Part,
    Positive,
    Share,
    Text,
    Whole,
    falling,
    rising,
)
from osmm_scan.model import Visibility


class Decay(Part):
    """What a document beyond an age is worth at most."""

    older_than_days: Whole
    quality_at_most: Whole


class SampleCap(Part):
    """How far a share over few repositories can carry a grade."""

    fewer_than: Positive
    grade_at_most: GradeNumber


class HistoryTerms(Part):
    """When a history is long enough, and what counts as kept and as improved."""

    scans: Positive
    span_days: Positive
    tolerance_of_shares: Share
    tolerance_of_others: Share
    improvement: Share


class Thresholds(Part):
    """Numbers that hold for all rules."""

    coverage: Mapping[GradeNumber, Share]
    document_decay: tuple[Decay, ...]
    small_sample: tuple[SampleCap, ...]
    least_observations: Mapping[Text, Positive]
    history: HistoryTerms

    @model_validator(mode="after")
    def _ordered(self) -> Thresholds:
        rising("coverage", [self.coverage[grade] for grade in sorted(self.coverage)])
        rising("document_decay", [step.older_than_days for step in self.document_decay])
        falling("document_decay", [step.quality_at_most for step in self.document_decay])
        rising("small_sample", [cap.fewer_than for cap in self.small_sample])
        rising("small_sample", [cap.grade_at_most for cap in self.small_sample])
        return self

    def least_sample(self, grade: int) -> int:
        """Return over how many repositories a share must be taken to carry a grade."""
        needed = (cap.fewer_than for cap in self.small_sample if grade > cap.grade_at_most)
        return max(needed, default=0)


class OneSided(Part):
    """Where low grades prove nothing, because a biased sample was seen."""

    levels: tuple[Positive, ...]
    visibility: tuple[Visibility, ...]
    profiles: tuple[Text, ...]
    conclusive_from_grade: GradeNumber


class Bar(Part):
    """What one level asks of its items."""

    p2: Share
    p3_attained: Share
    p3_provisional: Share
    gate_blocks_below: GradeNumber
    gate_slack: Whole

    @model_validator(mode="after")
    def _ordered(self) -> Bar:
        rising("p3_provisional and p3_attained", [self.p3_provisional, self.p3_attained], flat=True)
        return self


class ConclusiveWeight(Part):
    """How much of a level must be conclusive."""

    attained: Share
    provisional: Share

    @model_validator(mode="after")
    def _ordered(self) -> ConclusiveWeight:
        rising("provisional and attained", [self.provisional, self.attained], flat=True)
        return self


class Gates(Part):
    """What gate items must reach."""

    grade: GradeNumber


class WeakActivity(Part):
    """When an activity is weak, and how many of a level may be."""

    conclusive_share: Share
    mean_below: Number
    allowed: Whole


class Floor(Part):
    """The item and grade that grant a level whatever else is known."""

    level: Positive
    item: Text
    grade: GradeNumber


class NotApplicableLimit(Part):
    """The share of items that may be not applicable before a level cannot be assessed."""

    share: Share
    exempt_levels: tuple[Positive, ...]


class Stability(Part):
    """How the verdict is tested against small errors of measurement."""

    resamples: Positive
    perturbation: Annotated[float, Field(strict=True, gt=0, lt=1, allow_inf_nan=False)]
    headline_from: Share
    range: tuple[Share, Share]

    @model_validator(mode="after")
    def _ordered(self) -> Stability:
        rising("range", self.range)
        return self


class Combination(Part):
    """How grades make levels."""

    item_weight: Literal["equal_within_activity"]
    standing_grade: GradeNumber
    defined_grade: GradeNumber
    one_sided: OneSided
    levels: Mapping[Positive, Bar]
    conclusive_weight: ConclusiveWeight
    gates: Gates
    weak_activity: WeakActivity
    floor: Floor
    not_applicable_limit: NotApplicableLimit
    stability: Stability


class Blend(Part):
    """A factor between `base` and `base + weight`."""

    base: Share
    weight: Share

    def of(self, share: float) -> float:
        """Return the factor for a share between 0 and 1."""
        return self.base + self.weight * share


class SeenBlend(Blend):
    """The factor for how many of an item's signals could be read."""

    one_sided_factor: Share


class SampleBlend(Blend):
    """The factor for how many repositories there were."""

    full_at: Positive


class Freshness(Part):
    """The factor for evidence up to an age; None is any age."""

    up_to_days: Whole | None
    factor: Share


class Tiers(Part):
    """The factor for what a grade rests on."""

    observed: Share
    documented: Share
    attested_with_evidence: Share
    attested: Share
    stale: Share


class Bands(Part):
    """From where confidence is called high or medium."""

    high: Share
    medium: Share

    @model_validator(mode="after")
    def _ordered(self) -> Bands:
        rising("medium and high", [self.medium, self.high])
        return self


class Confidence(Part):
    """How far a grade can be relied on."""

    tiers: Tiers
    visibility: SeenBlend
    sample: SampleBlend
    freshness: tuple[Freshness, ...]
    bands: Bands

    @model_validator(mode="after")
    def _ordered(self) -> Confidence:
        *bounded, last = [step.up_to_days for step in self.freshness] or [0]
        if None in bounded or last is not None:
            raise ValueError("freshness ends with up_to_days: null, and only there")
        rising("freshness", [days for days in bounded if days is not None])
        return self
