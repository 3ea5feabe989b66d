"""Find the tools through which outgoing code passes, as far as their configuration is committed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Any

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.collectors.studies.structured import Malformed, read_json, table, word
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "gateway.configured": "outgoing code passes a tool that checks or transforms it",
    "gateway.checks": "distinct checks that this tool is configured for",
}

FILE_LIMIT = 50

_COPYBARA = "copy.bara.sky"
_PROXY = "proxy.config.json"
# A destination on a public host. Copies from there are imports.
_OUTGOING = re.compile(r"\bgit\.github_(?:pr_)?destination\(")
_CHECKS = re.compile(
    r"\b(?:core\.verify_match|metadata\.(?:scrubber|verify_match|map_author|restore_author)"
    r"|authoring\.(?:allowed|overwrite)|checker\s*=)"
)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.M)
# Patterns that let everything pass are no check.
_EVERYTHING = frozenset({"", ".*", "^.*$"})
_PRODUCT = "git-proxy"


@dataclass(frozen=True, slots=True)
class _Gateway:
    path: str
    checks: frozenset[str]


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether outgoing code passes a tool, and what the tool checks."""
    found = [gateway for path in _paths(observer) if (gateway := _read(observer, path))]
    first = found[0].path if found else None
    yield observer.fact("gateway.configured", bool(found), first)
    checks = {check for gateway in found for check in gateway.checks}
    yield observer.fact("gateway.checks", len(checks), first)


def _paths(observer: Observer) -> list[str]:
    """Return the configurations; of what is developed here, they are samples."""
    name = observer.repository.name.rpartition("/")[2].lower()
    known = {_COPYBARA} if name == _PRODUCT else {_COPYBARA, _PROXY}
    paths = [
        path for path in observer.repository.entries() if basename(path) in known and is_own(path)
    ]
    if len(paths) > FILE_LIMIT:
        raise Unobserved(Missing.TRUNCATED, f"more than {FILE_LIMIT} files configure a gateway")
    return paths


def _read(observer: Observer, path: str) -> _Gateway | None:
    text = observer.repository.text(path)
    if path.endswith(_COPYBARA):
        code = _COMMENT.sub("", text)
        checks = frozenset(re.sub(r"\W+$", "", match) for match in _CHECKS.findall(code))
        return _Gateway(path, checks) if _OUTGOING.search(code) else None
    try:
        data = read_json(text)
        return _Gateway(path, frozenset(_proxy_checks(data))) if _is_proxy(data) else None
    except Malformed as fault:
        raise Unobserved(Missing.FAULT, f"{path}: {fault.why}") from fault


def _is_proxy(data: Mapping[str, Any]) -> bool:
    """Tell whether git-proxy would let pushes to some repository pass."""
    return any(data.get(name) for name in ("authorisedList", "authorizedList"))


def _proxy_checks(data: Mapping[str, Any]) -> Iterator[str]:
    email = table(data, "commitConfig", "author", "email")
    for part, rule in (("local", "block"), ("domain", "allow")):
        if word(table(email, part).get(rule)) not in _EVERYTHING:
            yield f"{part} part of addresses"
    for part in ("message", "diff"):
        blocked = table(data, "commitConfig", part, "block")
        if any(blocked.get(kind) for kind in ("literals", "patterns", "providers")):
            yield part
    if table(data, "attestationConfig").get("questions"):
        yield "attestation"
