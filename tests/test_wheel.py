"""What users install: a wheel built from the source archive, run far from its sources."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # uv builds the source archive first and the wheel from that archive.
    uv = Path(sys.executable).parent / "uv"
    subprocess.run([uv, "build", "--quiet", "--out-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_its_rules_and_templates_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    tops = {name.split("/")[0] for name in names}
    assert tops == {"osmm_scan", f"{wheel.name.split('-py3')[0]}.dist-info"}
    shipped = (
        "rules/osmm/model.yaml",
        "rules/signals/licensing.yaml",
        "templates/html",
        "sources/github/queries/Viewer.graphql",
        "store/migrations/versions/r0001_history.py",
    )
    for part in shipped:
        assert any(name.startswith(f"osmm_scan/{part}") for name in names), part
    assert not [name for name in names if "__pycache__" in name or "test" in name.split("/")[1]]


def test_the_installed_tool_runs_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    uv = Path(sys.executable).parent / "uv"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    python = environment / "bin" / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, wheel], check=True)

    listed = subprocess.run(
        [environment / "bin" / "osmm-scan", "rules", "list"],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "l1.using.use" in listed.stdout
