"""Numbers are read from rows, headings and sentences, as of a day."""

import pytest

from osmm_scan.collectors.documents.figures import FIGURES
from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.model import Value
from tests.fakes import AS_OF

TABLE = "| Name | Due |\n|---|---|\n"


@pytest.mark.parametrize(
    ("figure", "text", "value"),
    [
        pytest.param("rows", "", 0, id="nothing"),
        pytest.param("rows", "A sentence.", 0, id="no list"),
        pytest.param("rows", "- a\n- b\n", 2, id="items"),
        pytest.param("rows", TABLE + "| a | b |\n\n- c\n", 1, id="a table counts before a list"),
        pytest.param("rows", TABLE + "| a | b |\n\nText.\n\n" + TABLE, 1, id="heads are no rows"),
        pytest.param("years", "In 2024, in 2025 and by 2031.", 2, id="no years to come"),
        pytest.param("dated", "In May 2026.", 0, id="a day within a sentence"),
        pytest.param("dated", "## May 2026\n\n- 2024-05-01\n", 1, id="a heading of this year"),
        pytest.param("dated_at_least", "- 2026-05-01\n", {"low": 1}, id="more may be elsewhere"),
        pytest.param("editions", "No day.", {"low": 1}, id="one edition at least"),
        pytest.param(
            "editions", '"date": "2026-03-01"\n"date": "2026-03-05"\n"2025-01-01"', 2, id="months"
        ),
        pytest.param("kept_share", "- 2027-01-01: later", {"low": 0.0, "high": 1.0}, id="not due"),
        pytest.param("kept_share", "- 2026-01-01: done\n- 2026-02-01: late", 0.5, id="half"),
        pytest.param("share_taught", "Nobody knows.", {"low": 0.0, "high": 1.0}, id="not told"),
        pytest.param("share_taught", "42 % use it.", {"low": 0.0, "high": 1.0}, id="other share"),
        pytest.param("share_taught", "We trained 87 % of all.", 0.87, id="percent"),
        pytest.param(
            "share_taught",
            "In May 50 % were trained.\n\nIn June 75 % were trained.",
            {"low": 0.5, "high": 0.75},
            id="several",
        ),
    ],
)
def test_figures_are_read(figure: str, text: str, value: Value) -> None:
    assert FIGURES[figure](Reading("a.md", text), AS_OF) == value
