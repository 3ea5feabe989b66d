from __future__ import annotations

from osmm_scan.collectors import collectors, inventory
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Source
from tests.fakes import COMMIT, FakeRepository, facts, observe


def test_the_inventory_is_a_collector() -> None:
    assert "inventory" in [collector.name for collector in collectors()]


def test_every_fact_is_said_once() -> None:
    found = facts(inventory, FakeRepository({"requirements.txt": "six==1.16 --hash=sha256:aa\n"}))

    assert {key: item.value for key, item in found.items() if item.missing is None} == {
        "catalog.owned": False,
        "catalog.record": False,
        "catalog.strategic_tag": False,
        "deployment.stated": False,
        "inventory.application": False,
        "inventory.consumes": True,
        "inventory.declared_or_none": True,
        "inventory.declares": True,
        "inventory.direct": ("pkg:pypi/six",),
        "inventory.direct_count": 1,
        "inventory.ecosystems": ("pypi",),
        "inventory.locked": False,
        "inventory.locked_count": 1,
        "inventory.new_direct_12m": ("pkg:pypi/six",),
        "inventory.sbom_obtainable": True,
        "registry.internal": False,
        "runtime.declared": False,
        "sbom.committed": False,
        "service.deployable": False,
    }
    assert {key: item.missing for key, item in found.items() if item.missing} == {
        "runtime.eol_share": Missing.NOT_SUPPORTED,
    }


def test_each_manifest_is_a_detail() -> None:
    repository = FakeRepository(
        {
            "README.md": "#",
            "empty/package.json": "{}",
            "package.json": '{"dependencies": {"a": "1", "b": "1"}, "devDependencies": {"a": "1"}}',
            "yarn.lock": 'a@1:\n  version "1"\n',
        }
    )
    details = [
        (item.source.path, item.value)
        for item in inventory.collect(observe(repository))
        if item.key == "inventory.manifest"
    ]

    assert details == [
        ("package.json", {"ecosystem": "npm", "direct": 2, "locked": 0}),
        ("yarn.lock", {"ecosystem": "npm", "direct": 0, "locked": 1}),
    ]


def test_each_fault_is_a_detail_with_file_and_line() -> None:
    repository = FakeRepository(
        {
            "a/package.json": "{\n,",
            "requirements.txt": "six\na b\nc d\n",
            "setup.py": "setup(install_requires=read())\n",
            "z/package.json": Unobserved(Missing.TRUNCATED, "it is too large"),
        }
    )
    faults = [
        (item.missing, item.source)
        for item in inventory.collect(observe(repository))
        if item.key == "inventory.fault"
    ]

    assert faults == [
        (Missing.FAULT, Source(path="a/package.json", line=2, commit=COMMIT)),
        (Missing.FAULT, Source(path="requirements.txt", line=2, commit=COMMIT)),
        (Missing.NOT_SUPPORTED, Source(path="setup.py", line=1, commit=COMMIT)),
        (Missing.TRUNCATED, Source(path="z/package.json", commit=COMMIT)),
    ]


def test_the_study_is_shared() -> None:
    observer = observe(FakeRepository({"requirements.txt": "six\n"}))

    assert observer.once(inventory.study) is observer.once(inventory.study)
    assert observer.once(inventory.study).consumes() is True
