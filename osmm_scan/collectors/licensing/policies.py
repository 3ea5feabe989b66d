"""Read lists of allowed and denied licenses that a machine enforces on dependencies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from configparser import Error as IniError
from configparser import RawConfigParser
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.licensing import expressions
from osmm_scan.collectors.licensing.declared import understand
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.collectors.studies.structured import (
    Lines,
    Malformed,
    read_json,
    read_toml,
    read_yaml,
    table,
    word,
)
from osmm_scan.collectors.studies.workflows.model import Step
from osmm_scan.collectors.studies.workflows.study import automation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

_REVIEW_ACTION = "actions/dependency-review-action"
# Denying one license is a decision about that license, not a policy.
_LEAST_DENIED = 2


@dataclass(frozen=True, slots=True)
class Policy:
    """One list: the ids that it allows and denies, and where it stands."""

    path: str
    line: int | None
    allowed: tuple[str, ...]
    denied: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Tell whether it sorts licenses rather than naming a single bad one."""
        return bool(self.allowed) or len(self.denied) >= _LEAST_DENIED


@dataclass(frozen=True, slots=True)
class Policies:
    """The lists of a repository, and what could not be read of them."""

    found: tuple[Policy, ...]
    faults: tuple[Unobserved, ...]


_Names = tuple[list[Any], list[Any]]
_Reader = Callable[[str], _Names]


def policies(observer: Observer) -> Policies:
    """Return the license lists that files and workflows of the repository hold."""
    found: list[Policy] = []
    faults: list[Unobserved] = []
    for path, read in _sources(observer):
        try:
            found.append(_read(observer, path, read))
        except Unobserved as fault:
            faults.append(fault)
        except Malformed as reason:
            faults.append(Unobserved(Missing.FAULT, f"{path}: {reason.why}"))
    found.extend(_in_workflows(observer))
    faults.extend(unread.reason for unread in observer.once(automation).unread)
    return Policies(tuple(policy for policy in found if policy.decides), tuple(faults))


def _sources(observer: Observer) -> Iterator[tuple[str, _Reader]]:
    """Yield the files that hold a list, each once, and how to read it."""
    entries = observer.repository.entries()
    known: dict[str, _Reader] = {}
    for path in entries:
        read = _reader(path)
        if read is not None and is_own(path):
            known[path] = read
    for path in _configurations(observer):
        if path in entries:
            known[path] = _dependency_review
    yield from sorted(known.items())


def _reader(path: str) -> _Reader | None:
    name = path.rpartition("/")[2]
    if path in _AT_PATH:
        return _AT_PATH[path]
    return _BY_NAME.get(name) if path.count("/") <= 1 else None


def _read(observer: Observer, path: str, read: _Reader) -> Policy:
    text = observer.repository.text(path)
    allowed, denied = read(text)
    words = [name for name in (*allowed, *denied) if isinstance(name, str)]
    line = next(filter(None, map(Lines(text).of, words)), None)
    return Policy(path, line, _ids(allowed), _ids(denied))


def _reviews(observer: Observer) -> Iterator[tuple[str, Step]]:
    """Yield every step that reviews dependencies, and its workflow."""
    for workflow in observer.once(automation).workflows:
        for job in workflow.jobs:
            for step in job.steps:
                if (step.uses or "").partition("@")[0].lower() == _REVIEW_ACTION:
                    yield workflow.path, step


def _configurations(observer: Observer) -> Iterator[str]:
    for _, step in _reviews(observer):
        yield step.with_.get("config-file", "").removeprefix("./")


def _in_workflows(observer: Observer) -> Iterator[Policy]:
    for path, step in _reviews(observer):
        allowed = _ids(_split(step.with_.get("allow-licenses")))
        denied = _ids(_split(step.with_.get("deny-licenses")))
        yield Policy(path, step.line, allowed, denied)


def _ids(names: Iterable[Any]) -> tuple[str, ...]:
    """Return the license ids among the names, sorted."""
    understood = [understand(name) for name in names if isinstance(name, str)]
    return tuple(sorted({each for said in understood if said for each in expressions.ids(said)}))


def _split(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return re.split(r"[,;\n]", value) if isinstance(value, str) else []


def _deny_toml(text: str) -> _Names:
    licenses = table(read_toml(text), "licenses")
    return _split(licenses.get("allow")), _split(licenses.get("deny"))


def _dependency_review(text: str) -> _Names:
    data = read_yaml(text).data
    allowed = data.get("allow-licenses", data.get("allow_licenses"))
    denied = data.get("deny-licenses", data.get("deny_licenses"))
    return _split(allowed), _split(denied)


def _licensed(text: str) -> _Names:
    return _split(read_yaml(text).data.get("allowed")), []


def _licenserc(text: str) -> _Names:
    data = read_json(text) if text.lstrip().startswith("{") else read_yaml(text).data
    return [*_split(data.get("allowed")), *_split(data.get("onlyAllow"))], []


def _liccheck(text: str) -> _Names:
    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except IniError as error:
        raise Malformed("not an INI file", getattr(error, "lineno", None)) from error
    section = dict(parser.items("Licenses")) if parser.has_section("Licenses") else {}
    return _split(section.get("authorized_licenses")), _split(section.get("unauthorized_licenses"))


def _pyproject(text: str) -> _Names:
    section = table(read_toml(text), "tool", "liccheck")
    return _split(section.get("authorized_licenses")), _split(section.get("unauthorized_licenses"))


_DECISION = re.compile(
    r"^- - :(permit|whitelist|restrict|blacklist)\n[ \t]+- (.{1,200})$", re.MULTILINE
)


def _decisions(text: str) -> _Names:
    found = [(verb, name.strip("'\" ")) for verb, name in _DECISION.findall(text)]
    return (
        [name for verb, name in found if verb in ("permit", "whitelist")],
        [name for verb, name in found if verb in ("restrict", "blacklist")],
    )


def _classifications(text: str) -> _Names:
    """Read the ids that ORT's categories sort; which category is allowed, its rules say."""
    entries = read_yaml(text).data.get("categorizations")
    listed = entries if isinstance(entries, list) else []
    return [word(entry.get("id")) for entry in listed if isinstance(entry, dict)], []


_AT_PATH: Mapping[str, _Reader] = {
    ".cargo/deny.toml": _deny_toml,
    ".deny.toml": _deny_toml,
    ".github/dependency-review-config.yaml": _dependency_review,
    ".github/dependency-review-config.yml": _dependency_review,
    "config/dependency_decisions.yml": _decisions,
    "doc/dependency_decisions.yml": _decisions,
    "pyproject.toml": _pyproject,
}
_BY_NAME: Mapping[str, _Reader] = {
    ".licensed.yaml": _licensed,
    ".licensed.yml": _licensed,
    ".licenserc": _licenserc,
    ".licenserc.json": _licenserc,
    ".licenserc.yaml": _licenserc,
    ".licenserc.yml": _licenserc,
    "deny.toml": _deny_toml,
    "dependency_decisions.yml": _decisions,
    "liccheck.ini": _liccheck,
    "license-classifications.yml": _classifications,
}
