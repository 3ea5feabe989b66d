# SPDX-FileCopyrightText: 2023 Meridian Freight
# SPDX-License-Identifier: MIT
"""Read, check and sign electronic waybills."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Waybill:
    """One consignment and its containers."""

    number: str
    containers: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Waybill":
        """Return the waybill that a JSON text describes."""
        raw = json.loads(text)
        return cls(number=raw["number"], containers=tuple(raw["containers"]))
