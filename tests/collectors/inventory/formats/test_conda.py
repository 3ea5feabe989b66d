from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.conda import parse_environment
from tests.collectors.inventory.formats.reading import direct, gaps, includes

ENVIRONMENT = """\
name: science
channels: [conda-forge]
dependencies:
  - python=3.12
  - numpy=1.26
  - conda-forge::Scipy>=1.11
  - gdal==3.8.0
  - pip
  - pip:
      - requests>=2
      - -r requirements.txt
"""


def test_an_environment_is_read() -> None:
    found = direct(parse_environment, ENVIRONMENT)

    assert [(each.purl[4:], each.requirement, each.line, each.is_exact) for each in found] == [
        ("conda/numpy", "=1.26", 5, False),
        ("conda/scipy", ">=1.11", 6, False),
        ("conda/gdal", "==3.8.0", 7, True),
        ("pypi/requests", ">=2", 10, False),
    ]
    assert includes(parse_environment, ENVIRONMENT, "binder/environment.yml") == [
        "binder/requirements.txt"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("name: production\nurl: x\n", [], id="an environment of another tool"),
        pytest.param("dependencies: {}\n", [(None, "fault")], id="no list"),
        pytest.param("dependencies:\n- '!'\n", [(2, "fault")], id="no package"),
        pytest.param("dependencies:\n- pip:\n  - a b\n", [(3, "fault")], id="no requirement"),
        pytest.param("a: [\n", [(2, "fault")], id="broken"),
    ],
)
def test_a_damaged_environment_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_environment, text) == expected
