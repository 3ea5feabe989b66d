from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.actions import parse_workflow
from tests.collectors.inventory.formats.reading import direct, gaps, packages

WORKFLOW = """\
on: push
jobs:
  build:
    steps:
      - run: |
          uses: not/this@v1
      - uses: actions/checkout@v4
      - uses: Acme/Tools/setup/deep@0123456789012345678901234567890123456789
      - uses: ./local
      - uses: docker://ghcr.io/acme/lint:v2
  reuse:
    uses: acme/shared/.github/workflows/ci.yml@main
"""


def test_a_workflow_is_read() -> None:
    found = direct(parse_workflow, WORKFLOW)

    assert [(each.purl[4:], each.requirement, each.line, each.is_exact) for each in found] == [
        ("githubactions/actions/checkout", "v4", 7, False),
        (
            "githubactions/acme/tools",
            "0123456789012345678901234567890123456789",
            8,
            True,
        ),
        ("docker/acme/lint?repository_url=ghcr.io", "v2", 10, False),
        ("githubactions/acme/shared", "main", 12, False),
    ]


@pytest.mark.parametrize(
    ("using", "expected"),
    [
        pytest.param("composite", [], id="steps only"),
        pytest.param("node20", [(None, "application")], id="a program"),
    ],
)
def test_an_action_with_code_is_an_application(
    using: str, expected: list[tuple[None, str]]
) -> None:
    assert packages(parse_workflow, f"runs:\n  using: {using}\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("jobs: {a: {steps: [{uses: a/b@v1}]}}\n", [], id="nothing wrong"),
        pytest.param("jobs: [1]\n", [], id="jobs that are no mapping"),
        pytest.param("jobs: {a: {steps: {uses: x}}}\n", [], id="steps that are no list"),
        pytest.param("jobs:\n\tbuild\n", [(2, "fault")], id="a tab"),
        pytest.param("jobs:\n  a:\n    uses: nonsense\n", [(3, "fault")], id="no action"),
        pytest.param("a: !!python/object:os.system x\n", [(1, "fault")], id="an object"),
    ],
)
def test_a_damaged_workflow_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_workflow, text) == expected
