"""Find the issue forms by which people ask an open source office, and how much they ask back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osmm_scan.collectors.documents.candidates import is_general
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.changes import newest
from osmm_scan.collectors.studies.prose import read
from osmm_scan.collectors.studies.structured import Malformed, read_yaml, tables, word
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "intake.present": "an issue form takes requests to an open source office or foundation",
    "intake.quality": "0 no such form, 1 one that asks little, 2 one that asks three things",
    "intake.age_days": "days since such a form changed by more than a line",
}

_PLACE = re.compile(r"\.github/issue_template/(?!config\.)[^/]+\.(?:ya?ml|md)", re.I)
_ASKED = 3
_INPUTS = frozenset({"checkboxes", "dropdown", "input", "textarea", "upload"})
_OPEN_SOURCE = re.compile(r"\bopen[- ]sourc(?:e|ed|ing)\b|\b(?:oss|foss|ospo)\b", re.I)
_REQUEST = re.compile(
    r"""\b(?:open[- ]sourc(?:e|ed|ing)|oss|foss|ospo|releases?|publication|publishing|licen[cs]e
      |licensing|contribution|project|repository|component|dependency)
      \ (?:[\w-]{1,20}\ )?
      (?:requests?|approvals?|reviews?|intake|questions?|proposals?|applications?|contributions?)\b
    | \b(?:request|apply|application|approval|permission|propose)\b[^.\n]{0,20}
      \b(?:to|for|of|a|an|new)\b[^.\n]{0,30}\b(?:releas\w+|publish\w*|contribut\w+|open[- ]sourc\w+
      |use|project|repository|licen[cs]e)\b
    """,
    re.I | re.X,
)
# What every project's forms are about.
_USUAL = re.compile(
    r"\b(?:bugs?|defects?|features?|enhancements?|minutes|meetings?|agenda|support|pull requests?"
    r"|questions? about (?:usage|using))\b",
    re.I,
)
_SETTINGS = re.compile(r"\A\ufeff?---[ \t]*\n(.{0,5000}?)\n---[ \t]*(?:\n|\Z)(.*)", re.S)
_SETTING = re.compile(r"^(?:name|about|description|title|labels)[ \t]*:(.{0,300})$", re.M | re.I)


@dataclass(frozen=True, slots=True)
class _Form:
    path: str
    questions: int


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there is such a form, what it is worth, and how old it is."""
    forms = list(_forms(observer))
    best = max(forms, key=lambda form: form.questions, default=None)
    if best is None:
        yield observer.fact("intake.present", False)
        yield observer.fact("intake.quality", 0)
        raise Unobserved(Missing.NOT_SUPPORTED, "there is no form that could have an age")
    yield observer.fact("intake.present", True, best.path)
    yield observer.fact("intake.quality", 2 if best.questions >= _ASKED else 1, best.path)
    age = newest(observer, [form.path for form in forms])
    yield observer.fact("intake.age_days", age, best.path)


def _forms(observer: Observer) -> Iterator[_Form]:
    entries = observer.repository.entries()
    speaks_for_all = is_general(observer.repository.name, entries)
    for path in entries:
        if _PLACE.fullmatch(path):
            says, questions = _read(observer, path)
            is_request = _REQUEST.search(says) and not _USUAL.search(says)
            if is_request and (speaks_for_all or _OPEN_SOURCE.search(says)):
                yield _Form(path, questions)


def _read(observer: Observer, path: str) -> tuple[str, int]:
    """Return what a form says it is for, and how many things it asks."""
    text = observer.repository.text(path)
    if path.lower().endswith(".md"):
        match = _SETTINGS.match(text)
        says = " ".join(_SETTING.findall(match[1])) if match else ""
        prose = read(match[2] if match else text)
        return says, len(prose.headings)
    try:
        data = read_yaml(text).data
    except Malformed as fault:
        raise Unobserved(Missing.FAULT, f"{path}: {fault.why}") from fault
    says = ". ".join(word(data.get(name)) for name in ("name", "description", "title"))
    asked = [one for one in tables(data, "body") if one.get("type") in _INPUTS]
    return says, len(asked)
