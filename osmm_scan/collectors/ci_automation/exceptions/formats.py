"""Read the files in which tools keep accepted findings; `ValueError` for one that is damaged."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.parsers import expat

from osmm_scan.collectors.ci_automation.exceptions.waivers import Waiver, bare, waiver
from osmm_scan.collectors.studies.json_comments import without_comments
from osmm_scan.strict_yaml import YamlFault, load

_TRIVY_LINE = re.compile(r"([^\s#]+)(?:\s+exp:(\S+))?\s*(?:#(.*))?")


def osv_scanner(text: str) -> Iterator[Waiver]:
    """Yield the waivers of `osv-scanner.toml`."""
    data = _toml(text)
    yield from bare(data.get("IgnoredVulns"))
    for override in data.get("PackageOverrides", []):
        if isinstance(override, dict) and any(name in override for name in ("ignore", "license")):
            yield waiver(str(override.get("name", "?")), override)


def cargo(text: str) -> Iterator[Waiver]:
    """Yield the waivers of cargo-deny and cargo-audit."""
    data = _toml(text)
    for section, name in (("advisories", "ignore"), ("licenses", "exceptions")):
        part = data.get(section)
        yield from bare(part.get(name) if isinstance(part, dict) else None)


def trivy_lines(text: str) -> Iterator[Waiver]:
    """Yield the waivers of `.trivyignore`: a comment beside or above an entry is its reason."""
    comment = ""
    for line in text.splitlines():
        stripped = line.strip()
        match = _TRIVY_LINE.fullmatch(stripped)
        if match is None:
            comment = stripped.lstrip("# ")
            continue
        reason = (match[3] or "").strip() or comment
        comment = ""
        yield waiver(match[1], {"reason": reason, "exp": match[2]})


def trivy(text: str) -> Iterator[Waiver]:
    """Yield the waivers of `.trivyignore.yaml`."""
    for entries in _yaml(text).values():
        yield from bare(entries)


def snyk(text: str) -> Iterator[Waiver]:
    """Yield the waivers of `.snyk`, one per finding and path."""
    ignored = _yaml(text).get("ignore")
    for what, paths in ignored.items() if isinstance(ignored, dict) else ():
        for entry in paths if isinstance(paths, list) else []:
            for stated in entry.values() if isinstance(entry, dict) else ():
                yield waiver(str(what), stated if isinstance(stated, dict) else {})


def ignore_list(text: str) -> Iterator[Waiver]:
    """Yield the waivers of files with one list named `ignore`, as of grype and bundler-audit."""
    yield from bare(_yaml(text).get("ignore"))


def safety(text: str) -> Iterator[Waiver]:
    """Yield the waivers of `.safety-policy.yml`."""
    section = _yaml(text).get("security")
    ignored = section.get("ignore-vulnerabilities") if isinstance(section, dict) else None
    yield from _named(ignored)


def dependency_review(text: str) -> Iterator[Waiver]:
    """Yield the advisories that the configuration of the dependency review lets pass."""
    data = _yaml(text)
    yield from bare(data.get("allow-ghsas") or data.get("allow_ghsas"))


def ort(text: str) -> Iterator[Waiver]:
    """Yield the resolutions of `.ort.yml`."""
    resolutions = _yaml(text).get("resolutions")
    for entries in resolutions.values() if isinstance(resolutions, dict) else ():
        yield from bare(entries)


def license_finder(text: str) -> Iterator[Waiver]:
    """Yield the decisions of license_finder: an act, what it is about, who and why."""
    try:
        data = load(text, aliases=True, tags=True).data
    except YamlFault as fault:
        raise ValueError(f"{fault.line}: {fault.problem}") from fault
    for decision in data if isinstance(data, list) else []:
        if isinstance(decision, list) and len(decision) > 1:
            stated = decision[-1] if isinstance(decision[-1], dict) else {}
            yield waiver(str(decision[1]), stated)


def waivers(text: str) -> Iterator[Waiver]:
    """Yield the waivers of this tool's own configuration."""
    yield from bare(_yaml(text).get("waivers"))


def audit_ci(text: str) -> Iterator[Waiver]:
    """Yield the allow list of audit-ci."""
    entries = _json(text).get("allowlist")
    for entry in entries if isinstance(entries, list) else []:
        yield from _named(entry) if isinstance(entry, dict) else bare([entry])


def npm_exceptions(text: str) -> Iterator[Waiver]:
    """Yield the exceptions of `.nsprc`."""
    data = _json(text)
    yield from bare(data.get("exceptions"))
    yield from _named({name: data[name] for name in data if name != "exceptions"})


def vex(text: str) -> Iterator[Waiver]:
    """Yield the findings that an OpenVEX document declares harmless."""
    statements = _json(text).get("statements")
    for statement in statements if isinstance(statements, list) else []:
        if isinstance(statement, dict) and statement.get("status") == "not_affected":
            reasons = ("justification", "impact_statement", "status_notes")
            reason = next((statement[name] for name in reasons if statement.get(name)), "")
            yield waiver(_vulnerability(statement.get("vulnerability")), {"reason": reason})


def suppressions(text: str) -> Iterator[Waiver]:
    """Yield the suppressions of OWASP Dependency-Check; other tools have files of that name too."""
    if "dependency-suppression" not in text.lower():
        return
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(name)
        if name == "suppress":
            found.append({"until": attributes.get("until", "")})

    def text_of(part: str) -> None:
        if names[-1:] == ["notes"] and found:
            found[-1]["notes"] = found[-1].get("notes", "") + part

    def refuse(*_: object) -> None:
        raise ValueError("a document type is not allowed")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: names.pop()
    parser.CharacterDataHandler = text_of
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    yield from (waiver("suppress", stated) for stated in found)


# The base names of files, those found only at usual places with their folder.
READERS: Mapping[str, Callable[[str], Iterator[Waiver]]] = {
    "osv-scanner.toml": osv_scanner,
    "deny.toml": cargo,
    ".cargo/audit.toml": cargo,
    ".trivyignore": trivy_lines,
    ".trivyignore.yaml": trivy,
    ".snyk": snyk,
    ".grype.yaml": ignore_list,
    ".grype.yml": ignore_list,
    ".bundler-audit.yml": ignore_list,
    ".safety-policy.yml": safety,
    ".github/dependency-review-config.yml": dependency_review,
    ".github/dependency-review-config.yaml": dependency_review,
    ".ort.yml": ort,
    "dependency_decisions.yml": license_finder,
    ".osmm-scan.yml": waivers,
    ".github/osmm-scan.yml": waivers,
    "audit-ci.json": audit_ci,
    "audit-ci.jsonc": audit_ci,
    ".nsprc": npm_exceptions,
}


def reader_of(path: str) -> Callable[[str], Iterator[Waiver]] | None:
    """Return what reads the exceptions of a file, None when it is no such file."""
    name = path.rpartition("/")[2].lower()
    if name.endswith((".openvex.json", ".vex.json")) or path.startswith(".vex/"):
        return vex
    if name.endswith(".xml") and ("suppression" in name or "cve-ignore" in name):
        return suppressions
    return READERS.get(path) or READERS.get(name)


def _named(entries: Any) -> Iterator[Waiver]:
    for what, stated in entries.items() if isinstance(entries, dict) else ():
        if isinstance(stated, str):
            yield waiver(str(what), {"reason": stated})
        elif stated is not False:
            yield waiver(str(what), stated if isinstance(stated, dict) else {})


def _vulnerability(value: Any) -> str:
    return str(value.get("name", "?")) if isinstance(value, dict) else str(value)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(str(error) or "nested too deeply") from error


def _yaml(text: str) -> Mapping[str, Any]:
    try:
        data = load(text, aliases=True).data
    except YamlFault as fault:
        raise ValueError(f"{fault.line}: {fault.problem}") from fault
    return data if isinstance(data, dict) else {}


def _json(text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(without_comments(text))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return data if isinstance(data, dict) else {}
