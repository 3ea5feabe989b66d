from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory import contents
from osmm_scan.collectors.inventory.contents import study
from osmm_scan.collectors.inventory.statements import Kind
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Remote
from tests.collectors.inventory.asking import UNREADABLE
from tests.fakes import FakeRepository, observe


def test_every_manifest_of_the_product_is_read() -> None:
    inventory = study(
        observe(
            FakeRepository(
                {
                    "README.md": "requests",
                    "requirements.txt": "requests\n",
                    "web/package.json": '{"dependencies": {"react": "19"}}',
                    "web/yarn.lock": 'react@19:\n  version "19.0.0"\n',
                    "node_modules/x/package.json": '{"dependencies": {"vendored": "1"}}',
                    "tests/requirements.txt": "tested\n",
                    ".github/workflows/ci.yml": "jobs: {a: {steps: [{uses: a/b@v1}]}}\n",
                    "Dockerfile": "FROM python:3.12\n",
                }
            )
        )
    )

    assert [(found.path, found.ecosystem, found.kind) for found in inventory.manifests] == [
        (".github/workflows/ci.yml", "githubactions", Kind.MANIFEST),
        ("Dockerfile", "docker", Kind.MANIFEST),
        ("requirements.txt", "pypi", Kind.MANIFEST),
        ("web/package.json", "npm", Kind.MANIFEST),
        ("web/yarn.lock", "npm", Kind.LOCKFILE),
    ]
    assert [found.purl for found in inventory.direct] == ["pkg:pypi/requests", "pkg:npm/react"]
    assert len(inventory.declared) == 4
    assert [found.requirement for found in inventory.locked] == ["19.0.0"]
    assert inventory.ecosystems == ("npm", "pypi")


def test_own_packages_are_no_dependencies() -> None:
    repository = FakeRepository(
        {
            "a/package.json": '{"name": "a", "dependencies": {"b": "*", "react": "19"}}',
            "b/package.json": '{"name": "b"}',
            "go.mod": "module x.example/w\nrequire (\n\tgithub.com/acme/lib v1.0.0\n)\n",
        },
        remote=Remote("github.com", "acme", "widgets"),
    )

    assert [found.purl for found in study(observe(repository)).direct] == ["pkg:npm/react"]


def test_included_requirements_are_read_once() -> None:
    repository = FakeRepository(
        {
            "requirements.txt": "-r needs/base\n-r needs/gone\n",
            "needs/base": "-r ../requirements.txt\nsix\n",
        }
    )

    assert [(found.purl, found.path) for found in study(observe(repository)).direct] == [
        ("pkg:pypi/six", "needs/base")
    ]


def test_an_unreadable_manifest_leaves_its_siblings() -> None:
    inventory = study(
        observe(
            FakeRepository(
                {
                    "package.json": UNREADABLE,
                    "a/package.json": "{\n!",
                    "requirements.txt": "six\n",
                    "Pipfile": Unobserved(Missing.TRUNCATED, "it is too large"),
                }
            )
        )
    )

    assert [found.purl for found in inventory.direct] == ["pkg:pypi/six"]
    assert [(gap.path, gap.line, gap.missing) for gap in inventory.gaps] == [
        ("Pipfile", None, Missing.TRUNCATED),
        ("a/package.json", 2, Missing.FAULT),
        ("package.json", None, Missing.FAULT),
    ]


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        pytest.param("MOST_MANIFESTS", 2, id="manifests"),
        pytest.param("MOST_BYTES", 5, id="bytes"),
        pytest.param("MOST_STATEMENTS", 2, id="statements"),
    ],
)
def test_limits_keep_what_is_nearest_to_the_root(
    limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, limit, most)
    files = {"a/b/requirements.txt": "x\n", "a/requirements.txt": "b\n", "requirements.txt": "a\n"}
    files["b/requirements.txt"] = "c\n" * 2

    inventory = study(observe(FakeRepository(files)))

    assert "pkg:pypi/a" in [found.purl for found in inventory.direct]
    assert "pkg:pypi/x" not in [found.purl for found in inventory.direct]
    assert inventory.gaps[-1].missing is Missing.TRUNCATED
    assert inventory.gaps[-1].path is None


def test_lockfiles_may_be_larger_than_manifests() -> None:
    entries = "".join(f'p{number}@^1:\n  version "1.0.{number}"\n\n' for number in range(100_000))

    inventory = study(observe(FakeRepository({"yarn.lock": entries})))

    assert len(entries) > 2 * 1024 * 1024
    assert len(inventory.locked) == 100_000
