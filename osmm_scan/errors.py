"""Every exception that a user can act on, and the exit code that each one leads to.

ScanError                  exit 3: the scan could not be carried out
├── UsageError             exit 2: arguments, configuration or environment are wrong
│   ├── ConfigurationError        a configuration, attestation or waiver file is wrong
│   └── RuleError                 a rule pack is wrong; carries every fault found in it
├── SourceError            the target cannot be read at all
└── StoreError             a bundle or a history store cannot be read or written

Unobserved is no error: a fact could not be seen. Collectors turn it into evidence with a reason.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from osmm_scan.model import Missing


class ExitCode(IntEnum):
    """The exit codes of the command line, part of its contract."""

    DONE = 0
    BELOW_TARGET = 1
    USAGE = 2
    UNDECIDED = 3
    INTERRUPTED = 130


class ScanError(Exception):
    """The scan could not be carried out; the message names the place and the remedy."""

    exit_code = ExitCode.UNDECIDED


class UsageError(ScanError):
    """Something that the user wrote is wrong."""

    exit_code = ExitCode.USAGE


class ConfigurationError(UsageError):
    """A configuration, attestation or waiver file is wrong."""


class RuleError(UsageError):
    """A rule pack is wrong. `faults` lists one `file:line:column: text` per fault."""

    def __init__(self, faults: str | Iterable[str]) -> None:
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults))


class SourceError(ScanError):
    """The target cannot be read at all."""


class StoreError(ScanError):
    """A bundle or a history store cannot be read or written."""


class Unobserved(Exception):
    """A fact could not be observed: `missing` is the kind of nothing, `why` the reason in words."""

    def __init__(self, missing: Missing, why: str) -> None:
        self.missing = missing
        self.why = why
        super().__init__(f"{missing}: {why}")
