"""Commands in command position, and whose failure counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.studies.workflows.shell import commands


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("# trivy fs .", [], id="commented out"),
        pytest.param("A=b C='d e'", [], id="assignments alone"),
        pytest.param('echo "run trivy fs ."', ["echo|run trivy fs ."], id="only mentioned"),
        pytest.param("cat <<EOF > x\ntrivy fs\nEOF\nls", ["cat", "ls"], id="here-document"),
        pytest.param("cat <<'EOF'\ntrivy fs", ["cat"], id="here-document without an end"),
        pytest.param("ls > trivy", ["ls"], id="the name of a file"),
        pytest.param("a && b; c | d\ne", ["a", "b", "c", "d", "e"], id="separators"),
        pytest.param("a \\\n  --b\nc", ["a|--b", "c"], id="joined lines"),
        pytest.param("a `\n  -b", ["a|-b"], id="joined lines of PowerShell"),
        pytest.param("A=b go test 2>&1 | tee log", ["go|test", "tee|log"], id="behind assignments"),
        pytest.param("if ! a; then b; else c; fi", ["a", "b", "c"], id="branches"),
        pytest.param("(cd x && a)", ["cd|x", "a"], id="brackets"),
        pytest.param("f() { a; }", ["f", "a"], id="a function"),
        pytest.param("x=$(npm audit)", ["npm|audit"], id="a value that a command gives"),
        pytest.param("echo $(npm audit)", ["echo|$(npm audit)"], id="a value that is only shown"),
        pytest.param("a'b c'\"d\"e\\ f", ["ab cde f"], id="quotes within a word"),
        pytest.param("C='a b'\n$C c", ["a|b|c"], id="a command in a variable"),
        pytest.param("C='a b'\neval \"$C\"", ["a|b"], id="a command that is evaluated"),
        pytest.param('eval "$C"', ["$C"], id="a variable of somewhere else"),
        pytest.param("a#b", ["a#b"], id="no comment within a word"),
        pytest.param("${{ env.X }} test", ["${{ env.X }}|test"], id="an expression is one word"),
        pytest.param(
            "tox -e ${{ matrix.tox || format('py{0}', matrix.python) }}",
            ["tox|-e|${{ matrix.tox || format('py{0}', matrix.python) }}"],
            id="signs and brackets within an expression",
        ),
    ],
)
def test_commands_of_a_script(script: str, expected: list[str]) -> None:
    assert ["|".join(command.words) for command in commands(script)] == expected


@pytest.mark.parametrize(
    ("script", "fails"),
    [
        pytest.param("scan || true", False, id="swallowed"),
        pytest.param("scan || :", False, id="swallowed by a colon"),
        pytest.param("scan || echo bad", False, id="only said"),
        pytest.param("scan || exit 0", False, id="ended well"),
        pytest.param("scan || { echo bad; }\nexit 1", False, id="an exit that is not its own"),
        pytest.param("scan | tee log", False, id="in the middle of a pipe"),
        pytest.param("scan &", False, id="in the background"),
        pytest.param("if ! scan; then echo bad; fi", False, id="a condition without consequence"),
        pytest.param("set +e\nscan", False, id="failures switched off"),
        pytest.param("scan && echo fine\necho done", False, id="not the last of its list"),
        pytest.param("scan", True, id="plain"),
        pytest.param("scan; echo done", True, id="with more behind"),
        pytest.param("scan && echo fine", True, id="a list that ends the script"),
        pytest.param("scan || exit 1", True, id="ended badly"),
        pytest.param("scan || { echo bad; exit 1; }", True, id="ended badly in braces"),
        pytest.param("scan || (echo bad && false)", True, id="ended badly in brackets"),
        pytest.param("if ! scan; then exit 1; fi", True, id="a condition with a consequence"),
        pytest.param("set -o pipefail\nscan | tee log", True, id="pipes count"),
        pytest.param("set +e\nset -e\nscan", True, id="failures switched on again"),
        pytest.param("set +e\nscan\nexit $?", True, id="failure handed on"),
    ],
)
def test_whose_failure_counts(script: str, fails: bool) -> None:
    scan = next(command for command in commands(script) if command.words[0] == "scan")

    assert scan.fails is fails


def test_pipes_count_in_a_shell_that_says_so() -> None:
    assert [command.fails for command in commands("scan | tee", pipefail=True)] == [True, True]


def test_lines_are_counted_from_the_start_of_the_script() -> None:
    script = "a\n\n# b\nc 'x\ny' \\\n  z\ncat <<E\n1\n2\nE\nd"

    found = [(command.words[0], command.line) for command in commands(script)]

    assert found == [("a", 0), ("c", 3), ("cat", 6), ("d", 10)]


@given(st.text(alphabet="ab\"'\\$(){}|&;<>\n #E=`", max_size=60))
def test_any_text_has_an_end(script: str) -> None:
    found = commands(script)

    assert all(command.words[0] and command.line <= script.count("\n") for command in found)


@pytest.mark.parametrize("unit", ["${", '"\\', "$(", "a&&", "a||", "<<E\n", "${{", "{ ", "a|b;"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    assert len(commands(unit * 20_000)) <= 40_001
