"""Turn what was learned of a repository's license into facts, each citing what proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from osmm_scan.collectors.licensing import clarity, expressions
from osmm_scan.collectors.licensing.files import LicenseFile
from osmm_scan.collectors.licensing.headers import headers
from osmm_scan.collectors.licensing.policies import Policy, policies
from osmm_scan.collectors.licensing.riders import Rider
from osmm_scan.collectors.licensing.study import Licensing, licensing
from osmm_scan.collectors.licensing.terms import Weight
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

_MOST_RIDERS = 50
# Fewer words than these, under a license's name, are a heading or a note and no terms.
_TERMS = 40
_MOST = 0.5


def _files(observer: Observer) -> Iterator[Evidence]:
    for file in observer.once(licensing).files:
        recognition = file.recognition
        if recognition is None:
            if file.fault is not None:
                yield observer.missing("license.file", file.fault, file.path)
            continue
        statements: tuple[Value, ...] = tuple(
            {
                "license": each.license,
                "kind": each.kind.value,
                "score": each.score,
                "lines": (each.first_line, each.last_line),
            }
            for each in recognition.statements
        )
        value: dict[str, Value] = {
            "path": file.path,
            "kind": recognition.kind.value,
            "expression": recognition.expression or "",
            "statements": statements,
        }
        first = recognition.statements[0].first_line if recognition.statements else None
        yield observer.fact("license.file", value, file.path, first)
        for rider in recognition.riders[:_MOST_RIDERS]:
            yield _rider(observer, file, rider)


def _rider(observer: Observer, file: LicenseFile, rider: Rider) -> Evidence:
    value: dict[str, Value] = {"weight": rider.weight.value, "why": rider.why, "text": rider.text}
    return observer.fact("license.rider", value, file.path, rider.line)


def _declared(observer: Observer) -> Iterator[Evidence]:
    for manifest in observer.once(licensing).declared:
        if manifest.fault is not None:
            yield observer.missing("license.declared", manifest.fault, manifest.path)
        elif manifest.written:
            value: dict[str, Value] = {
                "written": manifest.written,
                "expression": manifest.expression or "",
            }
            yield observer.fact("license.declared", value, manifest.path, manifest.line)


def _recognized(observer: Observer) -> Iterator[Evidence]:
    found = observer.once(licensing)
    unread = [file for file in found.files if file.fault is not None]
    if found.texts:
        yield observer.fact("license.recognized", True, *_place(found))
    elif unread and unread[0].fault is not None:
        yield observer.missing("license.recognized", unread[0].fault, unread[0].path)
    else:
        path = found.files[0].path if found.files else None
        yield observer.fact("license.recognized", False, path)


def _expression(observer: Observer) -> Iterator[Evidence]:
    found = observer.once(licensing)
    if found.expression is None:
        yield observer.missing("license.expression", _unlicensed(found))
    else:
        yield observer.fact("license.expression", found.expression, *_place(found))


def _open(observer: Observer) -> Iterator[Evidence]:
    found = observer.once(licensing)
    if found.expression is None:
        yield observer.missing("license.open", _unlicensed(found))
        return
    verdict = expressions.is_open(found.expression)
    restricted = _altered(found, Weight.RESTRICTS)
    doubt = _doubt(found, verdict=verdict)
    if restricted is not None:
        yield observer.fact("license.open", False, *restricted)
    elif verdict is False:
        yield observer.fact("license.open", False, *_place(found))
    elif doubt is not None:
        yield observer.missing("license.open", doubt)
    else:
        yield observer.fact("license.open", True, *_place(found))


def _unlicensed(found: Licensing) -> Unobserved:
    unread = next((file.fault for file in found.files if file.fault is not None), None)
    return unread or Unobserved(Missing.NOT_SUPPORTED, "no license text was recognized")


def _altered(found: Licensing, weight: Weight) -> tuple[str, int] | None:
    """Return where a rider of some weight stands first."""
    for file in found.texts:
        for rider in file.recognition.riders if file.recognition else ():
            if rider.weight is weight:
                return file.path, rider.line
    return None


def _doubt(found: Licensing, *, verdict: bool | None) -> Unobserved | None:
    """Return why nobody but a reader can tell whether the license is open."""
    if verdict is None:
        return Unobserved(
            Missing.NOT_SUPPORTED,
            f"{found.expression} holds a license that neither OSI nor FSF lists",
        )
    unclear = _altered(found, Weight.UNCLEAR)
    if unclear is not None:
        path, line = unclear
        return Unobserved(Missing.NOT_SUPPORTED, f"{path}:{line} has terms beside the license")
    for file in found.files:
        if file.fault is not None:
            return file.fault
        if "/" not in file.path and _is_other(file):
            return Unobserved(
                Missing.NOT_SUPPORTED, f"{file.path} holds terms of an unknown license"
            )
    return None


def _is_other(file: LicenseFile) -> bool:
    """Tell whether a file called a license holds terms that were not recognized."""
    is_notice = file.path.lower().startswith("copyright")
    recognition = file.recognition
    return (
        recognition is not None
        and not is_notice
        and recognition.expression is None
        and recognition.words >= _TERMS
    )


def _place(found: Licensing) -> tuple[str, int]:
    file = found.texts[0]
    statements = file.recognition.statements if file.recognition else ()
    return file.path, statements[0].first_line if statements else 1


def _headers(observer: Observer) -> Iterator[Evidence]:
    key = "license.headers"
    counted = observer.once(headers)
    if not counted.examined:
        reason = Unobserved(Missing.NOT_SUPPORTED, "no source files of its own")
        yield observer.missing(key, reason)
        return
    value: dict[str, Value] = {
        "files": counted.files,
        "examined": counted.examined,
        "licensed": counted.licensed,
        "unread": counted.unread,
    }
    yield observer.fact("license.coverage", value)
    if counted.low > _MOST:
        yield observer.fact(key, True, *(counted.first or ()))
    elif counted.high <= _MOST:
        yield observer.fact(key, False)
    else:
        why = f"{counted.unread} of {counted.examined} source files could not be judged"
        yield observer.missing(key, Unobserved(Missing.FAULT, why))


def _contradiction(observer: Observer) -> Iterator[Evidence]:
    key = "license.contradiction"
    found = observer.once(licensing)
    for each in found.contradictions:
        yield observer.fact("license.contradicts", each.text, each.path, each.line)
    if found.contradictions:
        first = found.contradictions[0]
        yield observer.fact(key, True, first.path, first.line)
    elif found.faults:
        yield observer.missing(key, found.faults[0])
    else:
        yield observer.fact(key, False)


def _clarity(observer: Observer) -> Iterator[Evidence]:
    low, high = clarity.index(observer)
    value: Value = low if low == high else {"low": low, "high": high}
    yield observer.fact("license.clarity", value)


def _policies(observer: Observer) -> Iterator[Evidence]:
    known = observer.once(policies)
    first = known.found[0] if known.found else None
    if first is not None:
        yield observer.fact("license.policy_as_code", True, first.path, first.line)
        yield observer.fact("license.policy_list", _listed(known.found), first.path, first.line)
    elif known.faults:
        yield observer.missing("license.policy_as_code", known.faults[0])
        yield observer.missing("license.policy_list", known.faults[0])
    else:
        yield observer.fact("license.policy_as_code", False)
        yield observer.fact("license.policy_list", ())


def _listed(found: tuple[Policy, ...]) -> tuple[str, ...]:
    allowed = {license_id for policy in found for license_id in policy.allowed}
    denied = {license_id for policy in found for license_id in policy.denied}
    return tuple(sorted(allowed or {f"!{license_id}" for license_id in denied}))


Answer = Callable[[Observer], Iterator[Evidence]]

# Each answer and the facts that it gives.
ANSWERS: tuple[tuple[tuple[str, ...], Answer], ...] = (
    ((), _files),
    ((), _declared),
    (("license.recognized",), _recognized),
    (("license.expression",), _expression),
    (("license.open",), _open),
    (("license.headers",), _headers),
    (("license.contradiction",), _contradiction),
    (("license.clarity",), _clarity),
    (("license.policy_as_code", "license.policy_list"), _policies),
)
