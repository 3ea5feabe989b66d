"""Render an explanation: text for the terminal, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from textwrap import fill
from typing import Any

from osmm_scan.engine.explain_nouns import Explanation, Line
from osmm_scan.report.aliases import Aliases
from osmm_scan.report.discretion import NOBODY, Citation, cite, discreet_explanation
from osmm_scan.report.inert import for_log, one_line
from osmm_scan.report.json_text import compact, indented
from osmm_scan.report.links import permalink
from osmm_scan.report.markdown import code, escape, link
from osmm_scan.report.values import text

WIDTH = 80


def render(explanation: Explanation, form: str, names: Aliases = NOBODY) -> str:
    """Return an explanation in a form of `FORMS`; `names` are withheld."""
    return FORMS[form](discreet_explanation(explanation, names), names)


def _text(explanation: Explanation, names: Aliases) -> str:
    return for_log("".join(f"{line}\n" for line in _text_lines(explanation, names)))


def _text_lines(explanation: Explanation, names: Aliases) -> Iterator[str]:
    yield _folded(f"{explanation.id}: {explanation.title}", 0)
    for part in explanation.sections:
        if not part.lines:
            continue
        yield ""
        yield part.heading
        for line in part.lines:
            yield _folded(line.text, 2)
            for below in _below(line, names):
                yield _folded(below, 6)


def _below(line: Line, names: Aliases) -> Iterator[str]:
    yield from line.below
    if line.evidence is not None:
        cited = cite(line.evidence, names)
        yield _shown(cited)
        place = _place(cited)
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


def _shown(cited: Citation) -> str:
    if cited.why:
        return f"not seen: {cited.why}"
    return cited.value if isinstance(cited.value, str) else compact(cited.value)


def _place(cited: Citation) -> str:
    line = "" if cited.line is None else f":{cited.line}"
    return permalink(cited.url) or (f"{cited.path}{line}" if cited.path else "")


def _markdown(explanation: Explanation, names: Aliases) -> str:
    parts = [f"# {escape(explanation.title)}", "", str(code(explanation.id)), ""]
    for part in explanation.sections:
        if part.lines:
            parts += [f"## {escape(part.heading)}", ""]
            for line in part.lines:
                parts.append(f"- {escape(line.text)}")
                parts += [f"  - {escape(below)}" for below in line.below]
                if line.evidence is not None:
                    parts.append(f"  - {_cited(cite(line.evidence, names))}")
            parts.append("")
    return for_log("\n".join(parts).rstrip() + "\n")


def _cited(cited: Citation) -> str:
    place = _place(cited)
    led = f" {link(cited.path or place, permalink(cited.url))}" if place else ""
    return f"{escape(_shown(cited))}{led}"


def _json(explanation: Explanation, names: Aliases) -> str:
    return indented(
        {
            "schema_version": 1,
            "id": explanation.id,
            "kind": explanation.kind,
            "title": text(explanation.title),
            "sections": [
                {"heading": part.heading, "lines": [_entry(line, names) for line in part.lines]}
                for part in explanation.sections
                if part.lines
            ],
        }
    )


def _entry(line: Line, names: Aliases) -> dict[str, Any]:
    entry: dict[str, Any] = {"text": text(line.text), "below": list(map(text, line.below))}
    if line.evidence is not None:
        cited = cite(line.evidence, names)
        entry["evidence"] = {
            "id": cited.id,
            "key": cited.key,
            "subject": cited.subject,
            "value": cited.value,
            "why": cited.why or None,
            "place": text(_place(cited)) or None,
        }
    return entry


FORMS: Mapping[str, Callable[[Explanation, Aliases], str]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}
