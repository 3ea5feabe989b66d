"""Write action/requirements.txt: what the action installs, with hashes, out of uv.lock.

Usage: python tools/requirements.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "action" / "requirements.txt"
_HEADER = "# Written by tools/requirements.py out of uv.lock.\n"


def requirements() -> str:
    """Return the runtime dependencies and the build backend, each with its hashes."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "export", "--quiet", "--frozen", "--offline"),
            *(
                "--no-default-groups",
                "--group",
                "build",
                "--no-emit-project",
                "--no-header",
                "--no-annotate",
            ),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return _HEADER + done.stdout


if __name__ == "__main__":
    REQUIREMENTS.write_text(requirements(), encoding="utf-8")
