"""The example organisation as real git repositories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the example organisation's clones."""
    folder = tmp_path_factory.mktemp("estate") / "meridian-freight"
    subprocess.run([sys.executable, ROOT / "examples" / "build.py", folder], check=True)
    return folder
