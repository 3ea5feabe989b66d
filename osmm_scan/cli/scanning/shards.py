"""Share the repositories of one organisation out between several scans that run side by side."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import click

_FORM = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts; the parts of all numbers hold every repository once."""

    number: int
    count: int

    def takes(self, name: str) -> bool:
        """Tell whether a repository is in this part, whichever others there are."""
        digest = hashlib.sha256(name.lower().encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


class ShardChoice(click.ParamType[Shard]):
    """A shard such as 2/5."""

    name = "shard"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Shard:
        """Return the shard, or fail with what is expected."""
        if isinstance(value, Shard):
            return value
        found = _FORM.fullmatch(value)
        if found is None or int(found[1]) > int(found[2]):
            self.fail(f"{value!r} is no shard such as 2/5", param, ctx)
        return Shard(int(found[1]), int(found[2]))
