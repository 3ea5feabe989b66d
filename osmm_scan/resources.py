"""Find the rules and templates that ship with osmm-scan, installed or in a source checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from osmm_scan.errors import ScanError


def rules_directory() -> Path:
    """Return the folder of the shipped rules."""
    return _bundled("rules")


def templates_directory() -> Path:
    """Return the folder of the shipped report templates."""
    return _bundled("templates")


def _bundled(name: str) -> Path:
    package = Path(str(files("osmm_scan")))
    installed = package / name
    if installed.is_dir():
        return installed
    # An editable install maps the package only, so the folders stand beside it.
    checkout = package.parent / name
    if checkout.is_dir() and _is_our_checkout(package.parent):
        return checkout
    raise ScanError(f"{installed}: the bundled {name} are missing; install osmm-scan again")


def _is_our_checkout(folder: Path) -> bool:
    project = folder / "pyproject.toml"
    return project.is_file() and 'name = "osmm-scan"' in project.read_text(encoding="utf-8")
