"""How long `osmm-scan --help` takes beside importing the library it is built on.

Usage: python benchmarks/startup.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from pairs import pair


def main() -> None:
    """Print the ratio and the modules that no start may load."""
    script = str(Path(sys.executable).parent / "osmm-scan")
    measured = pair([script, "--help"], [sys.executable, "-c", "import click"], rounds=15)
    print(f"osmm-scan --help       {measured.first.seconds * 1000:6.0f} ms")
    print(f"python -c import click {measured.second.seconds * 1000:6.0f} ms")
    print(f"ratio                  {measured.ratio:6.2f}   (at most 2)")


main()
