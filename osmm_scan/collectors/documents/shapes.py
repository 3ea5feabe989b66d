"""What a form shows of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a form shows: its quality, where, and the fields that can be read from it."""

    quality: int
    lines: tuple[tuple[int, int], ...]
    why: str = ""
    parts: Mapping[str, int | bool] = field(default_factory=dict)
