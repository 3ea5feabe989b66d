"""Change every comparison of the engine, one at a time, and list the changes that no test notices.

    python tests/engine/mutate.py [MODULE...]

Works on a copy in a temporary folder. Takes an hour or two for all modules.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("osmm_scan", "rules", "templates", "tests", "examples", "docs")
OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def main(names: list[str]) -> int:
    """Return how many changes survived, 1 at most."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        if not _run(copy / "tests" / "engine", copy):
            sys.exit("the tests of the engine fail as it is")
        engine = copy / "osmm_scan" / "engine"
        paths = [engine / f"{name}.py" for name in names] or sorted(engine.glob("*.py"))
        survivors = [found for path in paths for found in _survivors(path, copy)]
    return min(1, len(survivors))


def _survivors(path: Path, copy: Path) -> Iterator[str]:
    original = path.read_text(encoding="utf-8")
    count = 0
    for place, changed in _changes(ast.parse(original)):
        count += 1
        path.write_text(changed, encoding="utf-8")
        if _passes(path, copy):
            sys.stdout.write(f"survived: {path.stem}, {place}\n")
            yield place
    path.write_text(original, encoding="utf-8")
    sys.stdout.write(f"{path.stem}: {count} changes\n")
    sys.stdout.flush()


def _changes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        for index, operator in enumerate(node.ops):
            for other in OTHERS[type(operator)]:
                node.ops[index] = other()
                yield f"line {node.lineno}: {ast.unparse(node)}", ast.unparse(tree)
                node.ops[index] = operator


def _passes(path: Path, copy: Path) -> bool:
    """Run the module's own tests first, which notice most changes soonest, then wider ones."""
    tests = copy / "tests"
    own = tests / "engine" / f"test_{path.stem}.py"
    suites = [*([own] if own.exists() else []), own.parent, tests / "rules", tests / "cli"]
    return all(_run(suite, copy) for suite in suites)


def _run(suite: Path, copy: Path) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["-m", "not slow", str(suite)]
    environment = os.environ | {"PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
