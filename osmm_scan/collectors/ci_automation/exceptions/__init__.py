"""Count the findings that a repository lets pass, and how many of them say why and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from osmm_scan.collectors import ask
from osmm_scan.collectors.ci_automation.exceptions.formats import reader_of
from osmm_scan.collectors.ci_automation.exceptions.waivers import Waiver
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.changes import newest
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

FILE_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """The exceptions of every file that could be read, and why others could not."""

    files: Mapping[str, tuple[Waiver, ...]]
    faults: Mapping[str, Unobserved]

    @property
    def waivers(self) -> list[Waiver]:
        return [waiver for found in self.files.values() for waiver in found]

    @property
    def managed(self) -> list[str]:
        """Return the files in which somebody could review what is let pass."""
        return [path for path, found in self.files.items() if any(one.is_managed for one in found)]

    def require_all(self) -> None:
        """Raise `Unobserved` when a file could not be read."""
        for reason in self.faults.values():
            raise reason


def exceptions(observer: Observer) -> Iterator[Evidence]:
    """Yield the register of exceptions: whether there is one, its worth, its counts, its files."""
    register = _read_all(observer)
    for path, found in register.files.items():
        yield observer.fact("exceptions.file", len(found), path)
    for path, reason in register.faults.items():
        yield observer.missing("exceptions.file", reason, path)
    yield _exists(observer, register)
    for key, question in _QUESTIONS.items():
        try:
            register.require_all()
            yield observer.fact(key, question(observer, register))
        except Unobserved as reason:
            yield observer.missing(key, reason)


def _read_all(observer: Observer) -> _Register:
    files: dict[str, tuple[Waiver, ...]] = {}
    faults: dict[str, Unobserved] = {}
    for path in _files(observer):
        try:
            files[path] = tuple(_read(observer, path))
        except Unobserved as reason:
            faults[path] = reason
    return _Register(files=files, faults=faults)


def _files(observer: Observer) -> Iterator[str]:
    entries = observer.repository.entries()
    return islice((path for path in entries if reader_of(path) and is_own(path)), FILE_LIMIT)


def _read(observer: Observer, path: str) -> Iterator[Waiver]:
    reader = reader_of(path)
    if reader is None:
        return
    try:
        yield from reader(observer.repository.text(path))
    except ValueError as error:
        raise Unobserved(Missing.FAULT, f"{path}: {error}") from error


def _exists(observer: Observer, register: _Register) -> Evidence:
    key = "exceptions.register"
    if register.managed:
        return observer.fact(key, True, register.managed[0])
    for reason in register.faults.values():
        return observer.missing(key, reason)
    return observer.fact(key, False)


def _total(_: Observer, register: _Register) -> Value:
    return len(register.waivers)


def _reasoned(_: Observer, register: _Register) -> Value:
    return sum(waiver.is_reasoned for waiver in register.waivers)


def _expired(observer: Observer, register: _Register) -> Value:
    ends = (waiver.expires for waiver in register.waivers)
    return sum(end is not None and end < observer.as_of for end in ends)


def _quality(observer: Observer, register: _Register) -> Value:
    """Return 1 for a register, 2 where most say why, 3 where all do, end, and have an owner."""
    waivers = register.waivers
    reasoned = sum(waiver.is_reasoned for waiver in waivers)
    if not register.managed:
        return 0
    if 2 * reasoned < len(waivers):
        return 1
    if reasoned < len(waivers) or any(waiver.expires is None for waiver in waivers):
        return 2
    owner = ask(observer, "owners.named")
    if owner is None or owner.missing is not None:
        return {"low": 2, "high": 3}
    return 3 if owner.value is True else 2


def _age_days(observer: Observer, register: _Register) -> Value:
    if not register.managed:
        raise Unobserved(Missing.NOT_SUPPORTED, "there is no register that could have an age")
    return newest(observer, register.managed, lines=1)  # a line may be a whole exception


_QUESTIONS = {
    "exceptions.age_days": _age_days,
    "exceptions.expired": _expired,
    "exceptions.quality": _quality,
    "exceptions.reasoned": _reasoned,
    "exceptions.total": _total,
}
