"""Make the project's own virtual environment, also where the system's Python is locked."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)


def prepare() -> Path:
    """Return the folder of the environment's commands, creating the environment when needed."""
    if sys.version_info < OLDEST:
        sys.exit(f"osmm-scan needs Python {OLDEST[0]}.{OLDEST[1]} or later")
    commands = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    if not (commands / "python").exists():
        # Debian ships venv without ensurepip; the pip that runs this machine installs from outside.
        venv.create(ENVIRONMENT, with_pip=False)
    return commands


def install(*requirements: str) -> None:
    """Install requirements into the environment with this machine's pip."""
    run(
        sys.executable,
        *("-m", "pip", "--python", str(ENVIRONMENT / "bin" / "python")),
        *("install", "--quiet", "--disable-pip-version-check"),
        *requirements,
    )


def run(*command: str | Path) -> None:
    """Run a command in the project's folder and leave with its exit code when it fails."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)
