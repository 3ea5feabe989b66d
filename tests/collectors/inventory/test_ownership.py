from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.ownership import Owner
from osmm_scan.collectors.inventory.statements import Dependency, Package, Relation
from osmm_scan.sources.repository import Remote


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        pytest.param("pkg:pypi/widgets", "pkg:pypi/requests", False, id="others' package"),
        pytest.param("pkg:pypi/widgets", "pkg:pypi/widgets", True, id="the package itself"),
        pytest.param("pkg:pypi/widgets", "pkg:pypi/widgets-extra", False, id="a similar name"),
        pytest.param("pkg:npm/%40acme/a", "pkg:npm/%40acme/b", True, id="the same scope"),
        pytest.param("pkg:npm/%40acme/a", "pkg:npm/%40acmes/b", False, id="a longer scope"),
        pytest.param("pkg:npm/acme", "pkg:npm/other", False, id="no scope"),
        pytest.param("pkg:maven/org.acme/a", "pkg:maven/org.acme/b", True, id="the same group"),
        pytest.param("pkg:maven/org.acme/a", "pkg:maven/org.acme.x/b", True, id="a group inside"),
        pytest.param("pkg:maven/org.acme/a", "pkg:maven/org.acmes/b", False, id="a longer group"),
        pytest.param("pkg:maven/acme/a", "pkg:maven/acme/b", False, id="a group of one word"),
        pytest.param("pkg:maven/io.github/a", "pkg:maven/io.github.x/b", False, id="of everybody"),
        pytest.param(
            "pkg:golang/github.com/acme/a", "pkg:golang/github.com/Acme/b", True, id="same account"
        ),
        pytest.param(
            "pkg:golang/github.com/acme/a", "pkg:golang/github.com/other/b", False, id="a forge"
        ),
        pytest.param("pkg:golang/k8s.io/kops", "pkg:golang/k8s.io/api", True, id="own domain"),
        pytest.param("pkg:golang/widgets", "pkg:golang/golang.org/x/sys", False, id="no domain"),
        pytest.param("pkg:golang/gopkg.in/a.v1", "pkg:golang/gopkg.in/b.v1", False, id="shared"),
        pytest.param("pkg:composer/acme/a", "pkg:composer/acme/b", True, id="the same vendor"),
    ],
)
def test_packages_of_the_same_owner_are_told_apart(own: str, other: str, expected: bool) -> None:
    owner = Owner.of(None, [Package(purl=own, role=None, path="manifest")])

    assert owner.owns(_dependency(other)) is expected


@pytest.mark.parametrize(
    ("host", "purl", "expected"),
    [
        pytest.param("github.com", "pkg:githubactions/acme/setup", True, id="an own action"),
        pytest.param("github.com", "pkg:swift/github.com/acme/core", True, id="an own package"),
        pytest.param("github.com", "pkg:githubactions/actions/checkout", False, id="of others"),
        pytest.param("git.example", "pkg:githubactions/acme/setup", False, id="another host"),
    ],
)
def test_the_remote_tells_the_owner(host: str, purl: str, expected: bool) -> None:
    owner = Owner.of(Remote(host, "Acme", "widgets"), [])

    assert owner.owns(_dependency(purl)) is expected


def _dependency(purl: str) -> Dependency:
    return Dependency(purl=purl, relation=Relation.DIRECT, path="manifest")
