from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.helm import parse_chart, parse_lock
from tests.collectors.inventory.formats.reading import direct, gaps, packages, recorded

CHART = """\
apiVersion: v2
name: widgets
dependencies:
  - name: postgresql
    version: 15.5.0
    repository: https://charts.example
  - name: redis
    version: ~19
    repository: https://charts.example
  - name: own
    repository: file://../own
  - name: inside
"""


def test_a_chart_is_read() -> None:
    found = direct(parse_chart, CHART)

    assert [(each.purl[9:], each.requirement, each.line, each.is_exact) for each in found] == [
        ("postgresql", "15.5.0", 4, True),
        ("redis", "~19", 7, False),
    ]
    assert packages(parse_chart, CHART) == [(None, "application")]


def test_a_library_chart_is_a_library() -> None:
    assert packages(parse_chart, "type: library\n") == [(None, "library")]


def test_a_lockfile_is_read() -> None:
    assert recorded(parse_lock, CHART) == [
        ("helm/postgresql", "15.5.0"),
        ("helm/redis", "~19"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("dependencies:\n- version: 1\n", [(None, "fault")], id="no name"),
        pytest.param("name: {{ .Name }}\n", [(1, "fault")], id="a template"),
    ],
)
def test_a_damaged_chart_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_chart, text) == expected
