"""Strings that repositories may hold, and assessments that hold one of them in every place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from osmm_scan.model import Evidence
from osmm_scan.verdicts import Assessment

# Ids come from rules and are checked when those are loaded; everything else may say anything.
_OURS = {"id", "key", "activity", "fact", "facet_of", "finos_key", "basis", "effort", "commit"}
_OURS |= {"rules_sha256", "tool_version", "hides", "item", "evidence", "scope", "facing", "when"}

CORPUS = {
    "script": "</script></title></style><script>alert(1)</script><svg onload=alert(1)>",
    "attribute": "\" onmouseover=alert(1) x='` autofocus onfocus=alert(1) ",
    "address": "javascript:alert(1)",
    "data": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "template": "{{ 31337 * 31337 }}{% include '/etc/passwd' %}${7*7}<%= 7*7 %>#{7*7}",
    "separator": "a\u2028b\u2029c\u0085d]]>--><!--",
    "markdown": "](javascript:alert(1)) ![x](https://evil.example/p.png) <img src=x> [a]: //b",
    "table": "a | b |\n| --- | --- |\r\n| c | `d | e` \\| f ``` |",
    "lines": "x\n\n# Heading\n\n- list\n\n> quote\n\n***\n\n</details>\n\n<h1>raw</h1>",
    "mention": "@octocat @org/team #123 GH-7 owner/repo#5 a@b.example :smile: $x$",
    "autolink": "https://evil.example www.evil.example <https://evil.example>",
    "formula": '=HYPERLINK("http://evil.example";"x") +1 -1 @SUM(1) \uff1d1 \t=1',
    "terminal": "\x1b[2J\x1b]8;;http://evil.example\x07x\x1b]8;;\x07\x9b31m\rdone\x08\x00",
    "direction": "abc\u202egnp.exe\u2066x\u2069 \u200bz\ufeff\U000e0041",
    "log": "ok\n::stop-commands::x\n  ::error::boom ##[error]boom ##[set-env name=x]y",
    "markup": "[bold red]x[/] [/bold] [link=http://evil.example]y[/link] :bomb:",
    "half": "caf\udce9 \ud800",
    "long": "x" * 5000,
}

# What attestations and waivers say out of closed sets; they are refused with anything else.
_CHECKED = frozenset({"covers", "date", "effect", "expires", "item", "kind", "standing", "what"})

BLANK = "\r\n\t\u2028\x85\x0b "


def poisoned(assessment: Assessment, text: str) -> Assessment:
    """Return the assessment with this text wherever a repository could have put one."""
    evidence = tuple(_poisoned(one, text) for one in assessment.evidence)
    renamed = {
        old.id: new.id for old, new in zip(assessment.evidence, evidence, strict=True)
    }  # an id is made of what it stands for
    rest = _poisoned(replace(assessment, evidence=()), text)
    return _cited(replace(rest, evidence=evidence), renamed)


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(_poisoned(part, text) for part in value)
    if isinstance(value, Mapping):
        return {
            key: part if key in _CHECKED else _poisoned(part, text) for key, part in value.items()
        } | {text: text}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **_parts(value, text))
    return value


def _parts(value: Any, text: str) -> dict[str, Any]:
    parts = {
        field.name: _poisoned(getattr(value, field.name), text)
        for field in fields(value)
        if field.init
        and field.name not in _OURS
        and field.name not in {"fields", "not_applicable_to"}
    }
    if isinstance(value, Evidence) and value.missing is not None:
        parts["why"] = text or "unseen"
    return parts


def _cited(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_cited(part, renamed) for part in value)
    if isinstance(value, Evidence) or not is_dataclass(value) or isinstance(value, type):
        return renamed.get(value, value) if isinstance(value, str) else value
    parts = {
        field.name: _cited(getattr(value, field.name), renamed)
        for field in fields(value)
        if field.init
    }
    return replace(value, **parts)
