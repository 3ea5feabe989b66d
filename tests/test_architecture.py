"""Which unit may import which, and where each library lives. A table changes first, with reason."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import osmm_scan

PACKAGE = Path(osmm_scan.__file__).parent

# Each unit may import itself and what stands before it.
UNITS = ("sources", "collectors", "signals", "engine", "store", "report", "cli")
# Modules that every unit may import, and that import only what stands before them.
FOUNDATIONS = (
    "",
    "settings",
    "model",
    "verdicts",
    "errors",
    "resources",
    "yaml_scalars",
    "strict_yaml",
)

# A library stays inside the unit that wraps it.
LIBRARIES = {
    "git": {"sources"},
    "github": {"sources"},
    "license_expression": {"collectors"},
    "packageurl": {"collectors"},
    "packaging": {"collectors"},
    "numpy": {"signals"},
    "pandas": {"signals"},
    "pydantic": {"engine", "store", "cli"},
    "pydantic_core": {"engine"},
    # What PyGithub sends through, and its failures.
    "requests": {"sources"},
    "urllib3": {"sources"},
    "jwt": {"sources"},
    "alembic": {"store"},
    "pyarrow": {"store"},
    "sqlalchemy": {"store"},
    "jinja2": {"report"},
    "markupsafe": {"report"},
    "markdown_it": {"report"},
    "nh3": {"report"},
    "rich": {"report", "cli"},
    "click": {"cli"},
    "yaml": {"strict_yaml"},
}

# What reaches outside, or differs from one run to the next, and the few who may.
REACHING_OUT = {
    "subprocess": {"sources"},
    "socket": set(),
    "http": set(),
    "ctypes": set(),
    # Waiting for limits, and the spread of retries, both behind `sources/github/clock.py`.
    "time": {"sources"},
    "random": {"engine", "sources"},
    # A new history is made in a folder of its own, to appear whole.
    "tempfile": {"sources", "store", "cli"},
    "shutil": {"sources", "cli"},
    "os": {"sources", "cli"},
    "logging": {"sources", "cli"},
    "multiprocessing": {"cli"},
    "concurrent": {"cli"},
}

# Nothing here ever runs what it was given.
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
CLOCKS = {"now", "today", "utcnow", "localtime"}


@dataclass(frozen=True)
class Module:
    """A module of the package: the unit or foundation that it belongs to, and its code."""

    name: str
    unit: str
    tree: ast.Module

    def imports(self) -> Iterator[str]:
        """Yield every name that is imported, wherever the import stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module or '.'}.{alias.name}" for alias in node.names)

    def inner(self) -> set[str]:
        """Return the units and foundations that are imported; the package itself is empty."""
        names = [name.split(".") for name in self.imports() if name.startswith("osmm_scan")]
        known = {*UNITS, *FOUNDATIONS}
        return {parts[1] if len(parts) > 1 and parts[1] in known else "" for parts in names}

    def outer(self) -> set[str]:
        """Return the libraries and standard modules that are imported."""
        return {name.split(".")[0] for name in self.imports()} - {"osmm_scan"}

    def allowed(self) -> set[str]:
        """Return the units and foundations that may be imported."""
        if self.unit in UNITS:
            return {*FOUNDATIONS, *UNITS[: UNITS.index(self.unit) + 1]}
        return set(FOUNDATIONS[: FOUNDATIONS.index(self.unit) + 1])


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return [_module(path) for path in sorted(PACKAGE.rglob("*.py"))]


def _module(path: Path) -> Module:
    name = path.relative_to(PACKAGE).as_posix()
    first = name.split("/")[0].removesuffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return Module(name, "" if first == "__init__" else first, tree)


def _wrong(modules: list[Module], check: Callable[[Module], set[str]]) -> dict[str, set[str]]:
    """Return what a check finds in each module, without those where it finds nothing."""
    found = {module.name: check(module) for module in modules}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_every_module_has_its_place(modules: list[Module]) -> None:
    places = {*UNITS, *FOUNDATIONS}

    assert _wrong(modules, lambda module: {module.unit} - places) == {}


def test_imports_run_from_left_to_right(modules: list[Module]) -> None:
    assert _wrong(modules, lambda module: module.inner() - module.allowed()) == {}


def test_imports_are_absolute(modules: list[Module]) -> None:
    assert (
        _wrong(modules, lambda module: {name for name in module.imports() if name[0] == "."}) == {}
    )


def test_a_library_stays_inside_its_unit(modules: list[Module]) -> None:
    def misplaced(module: Module) -> set[str]:
        libraries = module.outer() - sys.stdlib_module_names
        return {name for name in libraries if module.unit not in LIBRARIES.get(name, set())}

    assert _wrong(modules, misplaced) == {}


def test_only_a_few_reach_out(modules: list[Module]) -> None:
    def reaching(module: Module) -> set[str]:
        used = module.outer() & REACHING_OUT.keys()
        return {name for name in used if module.unit not in REACHING_OUT[name]}

    assert _wrong(modules, reaching) == {}


def test_nothing_is_executed(modules: list[Module]) -> None:
    def executing(module: Module) -> set[str]:
        calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
        return {call.id for call in calls if isinstance(call, ast.Name)} & FORBIDDEN_CALLS

    assert _wrong(modules, executing) == {}


def test_only_the_command_line_asks_for_the_day(modules: list[Module]) -> None:
    def asking(module: Module) -> set[str]:
        attributes = (
            node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)
        )
        return set(attributes) & CLOCKS if module.unit != "cli" else set()

    assert _wrong(modules, asking) == {}


def test_every_module_says_what_it_is_for(modules: list[Module]) -> None:
    assert [module.name for module in modules if not ast.get_docstring(module.tree)] == []


@pytest.mark.parametrize(
    ("unit", "code", "wrong"),
    [
        pytest.param("engine", "from osmm_scan.signals.x import y", set(), id="to the left"),
        pytest.param("engine", "from osmm_scan.engine.x import y", set(), id="itself"),
        pytest.param("engine", "from osmm_scan import __version__", set(), id="the package"),
        pytest.param("engine", "import osmm_scan.report.x", {"report"}, id="to the right"),
        pytest.param("engine", "def f():\n  from osmm_scan import cli", {"cli"}, id="late"),
        pytest.param(
            "model", "from osmm_scan.errors import E", {"errors"}, id="a later foundation"
        ),
    ],
)
def test_the_import_table(unit: str, code: str, wrong: set[str]) -> None:
    module = Module("x.py", unit, ast.parse(code))

    assert module.inner() - module.allowed() == wrong
