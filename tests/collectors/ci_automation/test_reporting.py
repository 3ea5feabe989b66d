"""How often a schedule comes round."""

import pytest

from osmm_scan.collectors.ci_automation.reporting import is_quarterly


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        pytest.param("", False, id="nothing"),
        pytest.param("@weekly", False, id="not the form of GitHub"),
        pytest.param("0 0 1 1 *", False, id="yearly"),
        pytest.param("0 0 1 1,7 *", False, id="twice a year"),
        pytest.param("0 0 1 */6 *", False, id="every six months"),
        pytest.param("0 0 1 */x *", False, id="no number"),
        pytest.param("0 0 1 1,4,7,10 *", True, id="four times"),
        pytest.param("0 0 1 */3 *", True, id="every three months"),
        pytest.param("0 0 1 1-12 *", True, id="every month of a range"),
        pytest.param("7 3 * * 1", True, id="weekly"),
    ],
)
def test_at_least_quarterly(cron: str, expected: bool) -> None:
    assert is_quarterly(cron) is expected
