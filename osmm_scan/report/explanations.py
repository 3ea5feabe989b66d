"""Render an explanation: text for the terminal, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from textwrap import fill
from typing import Any

from osmm_scan.engine.explain_nouns import Explanation, Line
from osmm_scan.model import Evidence
from osmm_scan.report.inert import for_log, one_line
from osmm_scan.report.json_text import compact, indented
from osmm_scan.report.links import permalink
from osmm_scan.report.markdown import code, escape, link
from osmm_scan.report.values import json_value, text

WIDTH = 80


def render(explanation: Explanation, form: str) -> str:
    """Return an explanation in a form of `FORMS`."""
    return FORMS[form](explanation)


def _text(explanation: Explanation) -> str:
    return for_log("".join(f"{line}\n" for line in _text_lines(explanation)))


def _text_lines(explanation: Explanation) -> Iterator[str]:
    yield _folded(f"{explanation.id}: {explanation.title}", 0)
    for part in explanation.sections:
        if not part.lines:
            continue
        yield ""
        yield part.heading
        for line in part.lines:
            yield _folded(line.text, 2)
            for below in _below(line):
                yield _folded(below, 6)


def _below(line: Line) -> Iterator[str]:
    yield from line.below
    if line.evidence is not None:
        yield _shown(line.evidence)
        place = _place(line.evidence)
        if place:
            yield place


def _folded(told: str, indent: int) -> str:
    # A permalink is one word, and broken it would lead nowhere.
    return fill(
        one_line(told),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _shown(item: Evidence) -> str:
    if item.missing is not None:
        return f"not seen: {item.why}"
    return item.value if isinstance(item.value, str) else compact(json_value(item.value))


def _place(item: Evidence) -> str:
    address = permalink(item.source.url)
    line = "" if item.source.line is None else f":{item.source.line}"
    return address or (f"{item.source.path}{line}" if item.source.path else "")


def _markdown(explanation: Explanation) -> str:
    parts = [f"# {escape(explanation.title)}", "", str(code(explanation.id)), ""]
    for part in explanation.sections:
        if part.lines:
            parts += [f"## {escape(part.heading)}", ""]
            for line in part.lines:
                parts.append(f"- {escape(line.text)}")
                parts += [f"  - {escape(below)}" for below in line.below]
                if line.evidence is not None:
                    parts.append(f"  - {_cited(line.evidence)}")
            parts.append("")
    return for_log("\n".join(parts).rstrip() + "\n")


def _cited(item: Evidence) -> str:
    place = _place(item)
    led = f" {link(item.source.path or place, permalink(item.source.url))}" if place else ""
    return f"{escape(_shown(item))}{led}"


def _json(explanation: Explanation) -> str:
    return indented(
        {
            "schema_version": 1,
            "id": explanation.id,
            "kind": explanation.kind,
            "title": text(explanation.title),
            "sections": [
                {"heading": part.heading, "lines": [_entry(line) for line in part.lines]}
                for part in explanation.sections
                if part.lines
            ],
        }
    )


def _entry(line: Line) -> dict[str, Any]:
    entry: dict[str, Any] = {"text": text(line.text), "below": list(map(text, line.below))}
    if line.evidence is not None:
        item = line.evidence
        entry["evidence"] = {
            "id": item.id,
            "key": item.key,
            "subject": text(item.subject),
            "value": json_value(item.value),
            "why": text(item.why) or None,
            "place": text(_place(item)) or None,
        }
    return entry


FORMS: Mapping[str, Callable[[Explanation], str]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}
