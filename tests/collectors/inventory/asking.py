"""Ask one question about a repository of given files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from osmm_scan.collectors.inventory.answers import Answer, Question
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from tests.fakes import AS_OF, FakeRepository, observe

Files = Mapping[str, bytes | str | Unobserved]

UNREADABLE = Unobserved(Missing.FAULT, "it is damaged")


def answer(question: Question, files: Files, as_of: date = AS_OF) -> Answer | Missing:
    """Return the answer, or what is missing for one."""
    try:
        return question(observe(FakeRepository(files), as_of))
    except Unobserved as reason:
        return reason.missing


def value(question: Question, files: Files, as_of: date = AS_OF) -> Value | Missing:
    """Return the value of the answer, or what is missing for one."""
    found = answer(question, files, as_of)
    return found.value if isinstance(found, Answer) else found
