from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.undeclared import declared_or_none
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, True, id="nothing at all"),
        pytest.param({"README.md": "#"}, True, id="no code"),
        pytest.param({"x.sh": "", "Makefile": "", "Jenkinsfile": ""}, True, id="no packages there"),
        pytest.param({"requirements.txt": "six\n", "x.py": "import six\n"}, True, id="declared"),
        pytest.param({"package.json": "{}", "x.js": ""}, True, id="declared that there are none"),
        pytest.param(
            {"package.json": "{}", "x.go": ""}, Missing.NOT_SUPPORTED, id="for one language"
        ),
        pytest.param({"x.go": ""}, Missing.NOT_SUPPORTED, id="no manifest"),
        pytest.param({"package.json": "{", "x.js": ""}, Missing.FAULT, id="a broken manifest"),
        pytest.param({"third_party/z/z.c": "", "x.sh": ""}, False, id="copied in"),
        pytest.param({"gradlew.bat": "", "README.md": ""}, True, id="a wrapper is no copy"),
        pytest.param(
            {"x.py": "import os, sys\nfrom json import loads\n"}, True, id="standard only"
        ),
        pytest.param({"x.py": "import cgi, tomllib\n"}, True, id="standard of some version"),
        pytest.param(
            {"x.py": "from . import y\nimport z.w\n", "z/w.py": ""}, True, id="own modules"
        ),
        pytest.param({"x.py": '"""\nimport six\n"""\n# import six\n'}, True, id="only in prose"),
        pytest.param({"x.py": "def f():\n  yield (\n  from_\n  )\n"}, True, id="another word"),
        pytest.param({"x.py": "x = (yield\nfrom six)\n"}, True, id="not an import"),
        pytest.param({"x.py": "import six\n"}, False, id="imported but not declared"),
        pytest.param({"x.py": "if x: import six\n"}, False, id="imported later in a line"),
        pytest.param({"x.py": UNREADABLE}, Missing.FAULT, id="unreadable"),
        pytest.param({"x.py": "'''"}, Missing.FAULT, id="broken"),
        pytest.param({f"m{n}.py": "" for n in range(101)}, Missing.TRUNCATED, id="too many"),
    ],
)
def test_dependencies_are_declared_or_none(files: Files, expected: Value | Missing) -> None:
    assert value(declared_or_none, files) == expected


def test_the_import_is_cited() -> None:
    assert answer(declared_or_none, {"x.py": "import os\nimport six\n"}) == Answer(False, "x.py", 2)
