"""The words that all rule schemas are made of: strict types, strict mappings, ordered numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Text: TypeAlias = Annotated[str, Field(strict=True, min_length=1)]
FactName: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[a-z_]+\.[a-z0-9_]+$")]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]
Whole: TypeAlias = Annotated[int, Field(strict=True, ge=0)]
Positive: TypeAlias = Annotated[int, Field(strict=True, ge=1)]
GradeNumber: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=5)]
Share: TypeAlias = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Number: TypeAlias = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]


class Part(BaseModel):
    """A mapping of a rule file: every key is known, every value has its type."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def rising(what: str, numbers: Sequence[float], *, flat: bool = False) -> None:
    """Raise `ValueError` unless each number is above the one before, or equal where `flat`."""
    for before, after in pairwise(numbers):
        if after < before or (after == before and not flat):
            raise ValueError(f"{what} must rise, but {before:g} comes before {after:g}")


def falling(what: str, numbers: Sequence[float]) -> None:
    """Raise `ValueError` unless each number is below the one before."""
    for before, after in pairwise(numbers):
        if after >= before:
            raise ValueError(f"{what} must fall, but {before:g} comes before {after:g}")
