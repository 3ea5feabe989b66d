"""Install what development needs and run every check: format, lint, types, tests, wheel."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import install, prepare, run


def main() -> None:
    """Run all checks; the first that fails ends the run with its exit code."""
    commands = prepare()
    install("uv")
    run(commands / "uv", "sync", "--locked", "--inexact", "--all-groups", "--compile-bytecode")
    run(commands / "ruff", "format", "--check", ".")
    run(commands / "ruff", "check", ".")
    run(commands / "mypy")
    run(commands / "pytest", "-q", "-n", "auto", *sys.argv[1:])


main()
