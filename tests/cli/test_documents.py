"""`osmm-scan documents` shows what was recognised, and why near misses were not."""

from pathlib import Path

from click.testing import CliRunner

from osmm_scan.cli.commands.documents import command
from tests.collectors.documents import texts


def _shown(path: Path) -> str:
    outcome = CliRunner().invoke(command, [str(path)], catch_exceptions=False)
    assert outcome.exit_code == 0
    return " ".join(outcome.output.split())


def test_a_file_is_shown_with_its_elements(tmp_path: Path) -> None:
    policy = tmp_path / "use.md"
    policy.write_text(texts.CONSUMPTION, encoding="utf-8")

    shown = _shown(policy)

    assert "use.md: consumption_policy, quality 3" in shown
    assert "has: has an exception route (line 16, 18)" in shown
    assert "lacks: prefers open source" in shown


def test_a_near_miss_is_shown_with_its_reason(tmp_path: Path) -> None:
    policy = tmp_path / "use.md"
    policy.write_text(texts.CONSUMPTION.replace("platform", "<COMPANY_NAME>"), encoding="utf-8")

    assert "no consumption_policy: a template that is not filled in" in _shown(policy)
