"""The command line: the only unit that prints and picks exit codes."""

from osmm_scan.cli.main import main

__all__ = ["main"]
