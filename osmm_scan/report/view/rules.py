"""Say in one line whose rules judged, and what they change of the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_MOST_NAMED = 3


def own_rules(document: Mapping[str, Any]) -> str:
    """Return which pack judged and what it overrides; nothing for the shipped rules."""
    rules = document["rules"]
    if rules["pack"] is None:
        return ""
    name = " ".join(filter(None, (rules["pack"], rules["version"])))
    if rules["extends"] is None:
        return f"Judged by the rules of {name}, in place of the shipped ones"
    told = [
        f"{verb} {_named([one['id'] for one in rules['changes'] if one['how'] == verb])}"
        for verb in ("overrides", "adds")
        if any(one["how"] == verb for one in rules["changes"])
    ]
    what = " and ".join(told) if told else "changes nothing"
    return f"Judged by the rules of {name}, which extends the shipped ones: it {what}"


def _named(ids: Sequence[str]) -> str:
    more = len(ids) - _MOST_NAMED
    return ", ".join(ids[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
