"""The shape of an answer to one question about a repository, and how it becomes evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Value


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of a fact, and the file and line that prove it."""

    value: Value
    path: str | None = None
    line: int | None = None


Question: TypeAlias = Callable[[Observer], Answer]


def ask(observer: Observer, key: str, question: Question) -> Evidence:
    """Return the answer to a question as evidence, or why it is open."""
    try:
        answer = question(observer)
    except Unobserved as reason:
        return observer.missing(key, reason)
    return observer.fact(key, answer.value, answer.path, answer.line)
