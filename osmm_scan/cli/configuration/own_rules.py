"""See to it that no scanned repository brings the rules that it is judged by."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from osmm_scan.errors import UsageError

_log = logging.getLogger(__name__)


def refuse_scanned_rules(rules: Path | None, clones: Iterable[Path]) -> None:
    """Raise `UsageError` when a rule pack is part of one of the clones to be scanned."""
    if rules is not None and _is_within(rules, clones):
        raise UsageError(
            f"--rules {rules}: is part of a clone that is to be scanned, and no repository may "
            "bring its own rules; name a copy outside of the clones"
        )


def warn_of_scanned_rules(rules: Path | None, clone: Path) -> None:
    """Warn when a rule pack is part of the clone that it judges."""
    if rules is not None and _is_within(rules, (clone,)):
        _log.warning(
            "--rules %s: is part of the clone that it judges, so whoever changes the repository "
            "can change the rules",
            rules,
        )


def _is_within(rules: Path, clones: Iterable[Path]) -> bool:
    # What links lead to counts, on both sides.
    place = rules.resolve()
    return any(place.is_relative_to(clone.resolve()) for clone in clones)
