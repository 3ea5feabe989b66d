"""Which program a command really starts."""

import shlex

import pytest

from osmm_scan.collectors.studies.workflows.invocations import behind, invocations


@pytest.mark.parametrize(
    ("command", "program"),
    [
        pytest.param("docker build aquasec/trivy", "trivy", id="an image that is only built"),
        pytest.param("docker compose run trivy", "trivy", id="the name of a service"),
        pytest.param("npm install snyk", "snyk", id="a package that is only installed"),
        pytest.param("npx --package renovate -- validator", "renovate", id="a package, no program"),
        pytest.param("bash install.sh trivy", "trivy", id="an argument"),
    ],
)
def test_what_is_not_started(command: str, program: str) -> None:
    assert all(words[0] != program for words in invocations(tuple(shlex.split(command))))


@pytest.mark.parametrize(
    ("command", "reading"),
    [
        pytest.param("./node_modules/.bin/jest --ci", "jest --ci", id="a folder"),
        pytest.param(r"C:\\tools\\trivy.exe fs", "trivy fs", id="a folder of Windows"),
        pytest.param("sudo -E -u me npm audit", "npm audit", id="options with values"),
        pytest.param("env A=b xvfb-run -a npm test", "npm test", id="starters in a row"),
        pytest.param("timeout 10m go test", "go test", id="a starter with a value of its own"),
        pytest.param("npx --yes snyk@1.2 test", "snyk test", id="a version"),
        pytest.param("npx @cyclonedx/cyclonedx-npm", "@cyclonedx/cyclonedx-npm", id="a scope"),
        pytest.param("npx -p a -- b c", "b c", id="behind two dashes"),
        pytest.param("python3.12 -m pip_audit -r x", "pip_audit -r x", id="a module"),
        pytest.param("uv run --group test pytest -q", "pytest -q", id="a runner with options"),
        pytest.param("go run golang.org/x/vuln/cmd/govulncheck@v1 .", "govulncheck .", id="go run"),
        pytest.param("docker run -v $PWD:/s aquasec/trivy:0.5 fs /s", "trivy fs /s", id="an image"),
        pytest.param("docker compose -f x.yml exec -T app pytest", "pytest", id="in a service"),
        pytest.param("bash -ec 'cd x && npm test'", "npm test", id="a script in an argument"),
        pytest.param("$PYTHON -m pytest", "pytest", id="a program in a variable"),
        pytest.param("'${{ env.CARGO }}' test", "cargo test", id="a program in an expression"),
        pytest.param("yarn jest", "jest", id="a program that the runner finds"),
    ],
)
def test_what_is_started(command: str, reading: str) -> None:
    assert tuple(reading.split()) in invocations(tuple(shlex.split(command)))


def test_circles_of_starters_end() -> None:
    assert len(invocations(("sudo", "-a") * 200)) <= 24


@pytest.mark.parametrize(
    ("command", "wanted", "place"),
    [
        pytest.param("npm install audit", "audit", None, id="another subcommand first"),
        pytest.param("npm", "audit", None, id="no subcommand"),
        pytest.param("npm audit", "audit", 2, id="directly"),
        pytest.param("npm --prefix web audit", "audit", 4, id="behind an option with a value"),
        pytest.param("cargo +nightly -q test", "test", 4, id="behind options without"),
        pytest.param("npm run test:unit", "run test|test:*", 3, id="choices and stars"),
    ],
)
def test_subcommands(command: str, wanted: str, place: int | None) -> None:
    assert behind(tuple(command.split()), tuple(wanted.split())) == place
