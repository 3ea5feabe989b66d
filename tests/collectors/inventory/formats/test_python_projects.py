from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.python_projects import (
    parse_pipfile,
    parse_pyproject,
    parse_setup_cfg,
)
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import (
    asked_for,
    direct,
    gaps,
    includes,
    packages,
    statements,
)

STANDARD = """\
[build-system]
requires = ["hatchling"]
[project]
name = "Acme.Widgets"
dependencies = [
    "httpx>=0.27",
    "acme-core",
]
[project.optional-dependencies]
cli = ["rich"]
[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
lint = ["ruff==0.9.0"]
[tool.uv.sources]
acme-core = {workspace = true}
"""

POETRY = """\
[tool.poetry]
name = "widgets"
[tool.poetry.dependencies]
python = "^3.11"
requests = "^2.32"
rich = {version = "13.0", optional = true}
own = {path = "../own"}
numpy = [{version = "1.26", python = "<3.12"}, {version = "2.0", python = ">=3.12"}]
[tool.poetry.group.test.dependencies]
pytest = "*"
"""


def test_a_standard_project_is_read() -> None:
    found = direct(parse_pyproject, STANDARD)

    assert [(each.purl[4:], each.requirement, each.line, each.scope) for each in found] == [
        ("pypi/httpx", ">=0.27", 6, Scope.RUNTIME),
        ("pypi/rich", "", 10, Scope.OPTIONAL),
        ("pypi/pytest", "", 12, Scope.DEVELOPMENT),
        ("pypi/ruff", "==0.9.0", 13, Scope.DEVELOPMENT),
    ]
    assert packages(parse_pyproject, STANDARD) == [("pkg:pypi/acme-widgets", "library")]


def test_a_poetry_project_is_read() -> None:
    found = direct(parse_pyproject, POETRY)

    assert [(each.purl[4:], each.requirement, each.line, each.scope) for each in found] == [
        ("pypi/requests", "^2.32", 5, Scope.RUNTIME),
        ("pypi/rich", "13.0", 6, Scope.OPTIONAL),
        ("pypi/numpy", "1.26", 8, Scope.RUNTIME),
        ("pypi/pytest", "*", 10, Scope.DEVELOPMENT),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("[tool.black]\nline-length = 88\n", {}, id="settings of a tool"),
        pytest.param('[build-system]\nrequires = ["setuptools"]\n', {}, id="a build backend"),
        pytest.param(
            '[tool.pdm.dev-dependencies]\nt = ["pytest", "-e file:///own"]\n',
            {"pypi/pytest": ""},
            id="groups of PDM",
        ),
        pytest.param(
            '[tool.uv]\ndev-dependencies = ["mypy"]\n', {"pypi/mypy": ""}, id="old key of uv"
        ),
    ],
)
def test_what_other_tools_declare(text: str, expected: dict[str, str]) -> None:
    assert asked_for(parse_pyproject, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[project]\nname = 'x'\n", [], id="nothing wrong"),
        pytest.param("[project]\nname = \n", [(2, "fault")], id="no value"),
        pytest.param("[project]\ndependencies = 'six'\n", [(None, "fault")], id="not a list"),
        pytest.param("project = 1\n", [(None, "fault")], id="not a table"),
        pytest.param(
            "[project]\ndependencies = [\n'a b',\n]\n", [(3, "fault")], id="not a requirement"
        ),
        pytest.param("x = " + "[" * 2000, [(None, "fault")], id="nested beyond all limits"),
        pytest.param(
            "[project]\ndynamic = ['dependencies']\n",
            [(2, "not_supported")],
            id="computed by the build",
        ),
    ],
)
def test_what_cannot_be_read_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_pyproject, text) == expected


def test_dynamic_dependencies_may_stand_in_files() -> None:
    text = """\
[project]
dynamic = ["dependencies"]
[tool.setuptools.dynamic]
dependencies = {file = ["requirements/core.in"]}
"""

    assert includes(parse_pyproject, text, "lib/pyproject.toml") == ["lib/requirements/core.in"]
    assert gaps(parse_pyproject, text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("[project]\nname = 'x'\n", "", id="nothing is built"),
        pytest.param("[project]\nname = 'x'\n[build-system]\n", "library", id="a package is built"),
        pytest.param(
            "[project]\nname = 'x'\n[build-system]\n[tool.uv]\npackage = false\n",
            "application",
            id="uv installs no package",
        ),
        pytest.param(
            "[tool.poetry]\nname = 'x'\npackage-mode = false\n",
            "application",
            id="Poetry builds no package",
        ),
    ],
)
def test_the_role_of_a_project(text: str, role: str) -> None:
    assert packages(parse_pyproject, text) == [("pkg:pypi/x", role)]


def test_a_pipfile_is_read() -> None:
    text = "[packages]\nflask = '*'\nown = {path = '.'}\n[dev-packages]\npytest = '==8.0'\n"

    assert asked_for(parse_pipfile, text) == {"pypi/flask": "*", "pypi/pytest": "==8.0"}


SETUP_CFG = """\
[metadata]
name = widgets
[options]
install_requires =
    requests>=2  # the usual
    # a remark
    six
[options.extras_require]
docs = sphinx
"""


def test_a_setup_cfg_is_read() -> None:
    found = direct(parse_setup_cfg, SETUP_CFG)

    assert [(each.purl[4:], each.requirement, each.line, each.scope) for each in found] == [
        ("pypi/requests", ">=2", 5, Scope.RUNTIME),
        ("pypi/six", "", 7, Scope.RUNTIME),
        ("pypi/sphinx", "", 9, Scope.OPTIONAL),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[flake8]\nignore = E501\n", [], id="settings of a tool"),
        pytest.param("x = 1\n", [(1, "fault")], id="no section"),
        pytest.param("[a]\nb = 1\n]]]\n", [(3, "fault")], id="no key"),
        pytest.param(
            "[options]\ninstall_requires =\n  a b\n", [(3, "fault")], id="not a requirement"
        ),
    ],
)
def test_a_bad_setup_cfg_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_setup_cfg, text) == expected


def test_setup_cfg_may_point_to_a_file() -> None:
    text = "[options]\ninstall_requires = file: requirements.in\n"

    assert includes(parse_setup_cfg, text, "setup.cfg") == ["requirements.in"]


def test_interpolation_is_not_done() -> None:
    text = "[options]\ninstall_requires = %(here)s\n"

    assert [type(found).__name__ for found in statements(parse_setup_cfg, text)] == ["Gap"]
