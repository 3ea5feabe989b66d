"""No scanned repository brings the rules that it is judged by."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from osmm_scan.cli.configuration.own_rules import refuse_scanned_rules, warn_of_scanned_rules
from osmm_scan.errors import UsageError
from tests.cli.test_commands import AS_OF, osmm_scan


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone with a pack, beside a pack and a link to each of them."""
    for folder in ("clones/app/rules", "clones/application", "own"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "lead").symlink_to(tmp_path / "clones" / "app" / "rules")
    (tmp_path / "clones" / "app" / "out").symlink_to(tmp_path / "own")
    return tmp_path / "clones" / "app"


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(None, id="the shipped rules"),
        pytest.param("own", id="beside the clones"),
        pytest.param("clones/application", id="a name that begins alike"),
        pytest.param("clones/app/out", id="a link that leads out"),
    ],
)
def test_rules_of_ones_own_are_welcome(
    rules: str | None, clone: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = None if rules is None else tmp_path / rules

    refuse_scanned_rules(path, [clone])
    warn_of_scanned_rules(path, clone)

    assert caplog.records == []


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param("clones/app/rules", id="inside"),
        pytest.param("clones/app", id="the clone itself"),
        pytest.param("own/../clones/app/rules", id="on a detour"),
        pytest.param("lead", id="a link that leads in"),
    ],
)
def test_rules_of_a_scanned_clone_are_not(
    rules: str, clone: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        warn_of_scanned_rules(tmp_path / rules, clone)

    assert "whoever changes the repository can change the rules" in caplog.text
    with pytest.raises(UsageError, match="no repository may bring its own rules"):
        refuse_scanned_rules(tmp_path / rules, [clone])


def test_a_scan_of_clones_refuses_rules_of_one_of_them(estate: Path) -> None:
    rules = estate / "waybill" / "rules"

    done = osmm_scan("org", "--local", estate, *AS_OF, "--rules", rules, "--store", "none")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"--rules {rules}: is part of a clone" in done.stderr
