from __future__ import annotations

import re

import pytest

from osmm_scan.collectors.inventory.files import first, is_product, is_side, nearest
from osmm_scan.errors import Unobserved
from tests.fakes import FakeRepository, observe

YAML = re.compile(r".*\.yaml")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("node_modules/x/package.json", False, id="vendored"),
        pytest.param("examples/x/package.json", False, id="an example"),
        pytest.param("tests/data/package.json", False, id="a test"),
        pytest.param("generator/templates/app/package.json", False, id="to be copied"),
        pytest.param("{{ cookiecutter.name }}/pyproject.toml", False, id="to be filled in"),
        pytest.param("core/src/funTest/a/package.json", False, id="a source set of tests"),
        pytest.param("ci/e2e-ports/x/vcpkg.json", False, id="a module of tests"),
        pytest.param("src/latest/package.json", True, id="a word that ends alike"),
        pytest.param("package.json", True, id="at the top"),
        pytest.param("web/package.json", True, id="a part"),
        pytest.param("template.json", True, id="a name is no folder"),
    ],
)
def test_only_the_product_counts(path: str, expected: bool) -> None:
    assert is_product(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Dockerfile", False, id="at the top"),
        pytest.param("src/docs.py", False, id="a name is no folder"),
        pytest.param(".devcontainer/Dockerfile", True, id="to work in"),
        pytest.param("site/docs/package.json", True, id="the documentation"),
    ],
)
def test_side_folders_serve_the_work(path: str, expected: bool) -> None:
    assert is_side(path) is expected


def test_files_near_the_root_come_first() -> None:
    files = dict.fromkeys(["b/c.yaml", "z.yaml", "a/b.yaml", "tests/t.yaml", "a.txt"], "")

    chosen = nearest(observe(FakeRepository(files)), YAML, 2)

    assert (chosen.paths, chosen.beyond) == (("z.yaml", "a/b.yaml"), 1)
    with pytest.raises(Unobserved, match="1 more settings lie farther from the root"):
        chosen.require_all("settings")


def test_what_lies_beside_the_product_is_passed_over() -> None:
    files = dict.fromkeys(["docs/a.yaml", "deep/down/b.yaml"], "")

    assert first(observe(FakeRepository(files)), YAML) == "deep/down/b.yaml"
    assert first(observe(FakeRepository({})), YAML) is None
