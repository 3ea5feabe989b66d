"""A gate is never silently green."""

from __future__ import annotations

import pytest

from osmm_scan.cli.judging.gate import decide
from osmm_scan.errors import ExitCode
from osmm_scan.verdicts import Status, Verdict


def verdict(level: int | None, possible: int) -> Verdict:
    return Verdict(
        level=level,
        name="",
        status=Status.IN_PROGRESS,
        possible=possible,
        reach=0,
        coverage=0.5,
        confidence=0.5,
        because="the rest\x1b[31m waits for GitHub",
    )


@pytest.mark.parametrize(
    ("level", "possible", "target", "on_unknown", "code", "says"),
    [
        pytest.param(0, 5, None, "fail", ExitCode.DONE, "", id="no target, no gate"),
        pytest.param(2, 2, 2, "fail", ExitCode.DONE, "passed", id="exactly the target"),
        pytest.param(None, 5, 0, "fail", ExitCode.DONE, "passed", id="level 0 is always reached"),
        pytest.param(1, 1, 2, "ignore", ExitCode.BELOW_TARGET, "failed", id="surely below"),
        pytest.param(1, 2, 2, "fail", ExitCode.UNDECIDED, "undecided", id="might reach it"),
        pytest.param(None, 5, 1, "fail", ExitCode.UNDECIDED, "undecided", id="no verdict at all"),
        pytest.param(1, 2, 2, "warn", ExitCode.DONE, "warning", id="passes with a warning"),
        pytest.param(1, 2, 2, "ignore", ExitCode.DONE, "undecided", id="passes, and says so"),
    ],
)
def test_gate(
    capsys: pytest.CaptureFixture[str],
    level: int | None,
    possible: int,
    target: int | None,
    on_unknown: str,
    code: ExitCode,
    says: str,
) -> None:
    assert decide(verdict(level, possible), target, on_unknown) is code

    printed = capsys.readouterr()
    assert says in printed.err
    assert "\x1b" not in printed.err
    assert printed.out == ""


def test_a_passed_gate_says_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    decide(verdict(2, 2), 2, "fail", statements="attested grades: 3")

    assert capsys.readouterr().err.endswith("target 2; attested grades: 3\n")
