"""Where the bundled rules and templates are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan import resources
from osmm_scan.errors import ScanError


def test_the_rules_and_templates_are_there() -> None:
    assert (resources.rules_directory() / "osmm" / "model.yaml").is_file()
    assert (resources.templates_directory() / "html").is_dir()


@pytest.mark.parametrize(
    "project",
    [
        pytest.param(None, id="no project beside it"),
        pytest.param('name = "another"', id="another project beside it"),
    ],
)
def test_folders_of_strangers_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: str | None
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "osmm_scan").mkdir()
    if project:
        (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda package: tmp_path / package)

    with pytest.raises(ScanError, match="install osmm-scan again"):
        resources.rules_directory()
