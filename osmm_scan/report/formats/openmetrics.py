"""The figures of a scan as OpenMetrics text, for dashboards and alerts over scheduled scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

from osmm_scan.report.document import Document, document
from osmm_scan.report.inert import visible
from osmm_scan.report.options import Options
from osmm_scan.report.words import STATED
from osmm_scan.verdicts import Assessment

NAME = "openmetrics"
SUFFIX = ".prom"

_READINESS = range(5)

# Labels and a value; a value that is unknown is not written, for a zero would be a claim.
Sample: TypeAlias = tuple[dict[str, Any], float | None]
# Name, meaning and samples.
Family: TypeAlias = tuple[str, str, list[Sample]]


def render(assessment: Assessment, options: Options) -> str:
    """Return one gauge per figure, each labeled with the target."""
    whole = document(assessment, options)
    target = {"target": whole["target"]["name"]}
    lines = (line for family in _families(whole) for line in _lines(family, target))
    return "".join(f"{line}\n" for line in (*lines, "# EOF"))


def _families(whole: Document) -> Iterator[Family]:
    # Maturity and readiness are two verdicts; one series must never hold both.
    if whole["target"]["kind"] == "organisation":
        yield from _headline(whole, "maturity")
        yield from _levels(whole["levels"])
        yield from _items(whole["items"])
    else:
        yield from _headline(whole, "readiness")
    levels = Counter(one["level"] for one in whole["readiness"])
    ready: list[Sample] = [({"level": level}, levels[level]) for level in _READINESS]
    yield "repositories_ready", "Repositories by the level that they are ready for", ready
    yield "checks", "Readiness checks of all repositories by result", _checks(whole)


def _headline(whole: Document, about: str) -> Iterator[Family]:
    verdict = whole["verdict"]
    yield f"{about}_level", "Level that is proved", [({}, verdict["level"])]
    yield f"{about}_level_possible", "Level that is possible", [({}, verdict["possible"])]
    yield "coverage_ratio", "Share that could be judged", [({}, verdict["coverage"])]
    yield "confidence_ratio", "How far the verdict can be relied on", [({}, verdict["confidence"])]
    yield "repositories", "Repositories looked at", [({}, len(whole["repositories"]))]
    yield "faults", "Things that could not be read", [({}, len(whole["faults"]))]
    day = datetime.fromisoformat(whole["as_of"]).replace(tzinfo=UTC)
    yield "as_of_timestamp_seconds", "Day that the scan speaks of", [({}, int(day.timestamp()))]


def _levels(levels: list[dict[str, Any]]) -> Iterator[Family]:
    about = {
        "progress": "Progress that is proved",
        "upper": "Progress that is possible",
        "coverage": "Share of a level that could be judged",
    }
    for key, text in about.items():
        yield f"level_{key}_ratio", text, _each(levels, "level", "level", key)


def _items(items: list[dict[str, Any]]) -> Iterator[Family]:
    stated = [one for one in items if one["state"] in STATED]
    yield "item_grade", "Grade that is observed, 0 to 5", _each(items, "item", "id", "observed")
    yield "item_grade_attested", "Grade that people state", _each(stated, "item", "id", "grade")
    yield "item_grade_possible", "Grade that is possible", _each(items, "item", "id", "possible")


def _each(entries: Iterable[dict[str, Any]], label: str, name: str, value: str) -> list[Sample]:
    return [({label: one[name]}, one[value]) for one in entries]


def _checks(whole: Document) -> list[Sample]:
    results = Counter(
        (one["id"], one["result"]) for each in whole["readiness"] for one in each["checks"]
    )
    return [
        ({"check": check, "result": result}, number)
        for (check, result), number in sorted(results.items())
    ]


def _lines(family: Family, target: dict[str, Any]) -> Iterator[str]:
    name, about, samples = family
    yield f"# TYPE osmm_{name} gauge"
    yield f"# HELP osmm_{name} {about}."
    for labels, value in samples:
        if value is not None:
            yield f"osmm_{name}{{{_labels(target | labels)}}} {value}"


def _labels(labels: dict[str, Any]) -> str:
    return ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels.items())


def _escaped(text: str) -> str:
    shown = visible(text).replace("##[", "# #[")
    return shown.replace("\\", "\\\\").replace('"', '\\"')
