from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory import purls
from osmm_scan.collectors.studies.structured import Malformed


@pytest.mark.parametrize(
    ("purl", "expected"),
    [
        pytest.param(purls.pypi("Zope.Interface_x"), "pkg:pypi/zope-interface-x", id="Python"),
        pytest.param(purls.npm("react"), "pkg:npm/react", id="JavaScript"),
        pytest.param(purls.npm("@acme/ui"), "pkg:npm/%40acme/ui", id="JavaScript with a scope"),
        pytest.param(purls.maven("org.acme", "ui"), "pkg:maven/org.acme/ui", id="Java"),
        pytest.param(
            purls.golang("github.com/acme/ui/v2"), "pkg:golang/github.com/acme/ui/v2", id="Go"
        ),
        pytest.param(purls.composer("acme/ui"), "pkg:composer/acme/ui", id="PHP"),
        pytest.param(
            purls.swift("https://token@github.com/Acme/UI.git"),
            "pkg:swift/github.com/acme/UI",
            id="Swift without credentials",
        ),
        pytest.param(
            purls.swift("git@github.com:Acme/UI"), "pkg:swift/github.com/acme/UI", id="Swift by SSH"
        ),
        pytest.param(
            purls.github_action("Acme/Setup/deep"), "pkg:githubactions/acme/setup", id="an action"
        ),
        pytest.param(purls.docker("library/python"), "pkg:docker/python", id="an official image"),
        pytest.param(purls.docker("acme/ui"), "pkg:docker/acme/ui", id="an image"),
        pytest.param(
            purls.docker("ghcr.io/acme/ui"),
            "pkg:docker/acme/ui?repository_url=ghcr.io",
            id="an image elsewhere",
        ),
        pytest.param(
            purls.terraform("registry.terraform.io/acme/x"), "pkg:terraform/acme/x", id="Terraform"
        ),
        pytest.param(purls.terraform("aws"), "pkg:terraform/hashicorp/aws", id="Terraform, short"),
        pytest.param(purls.named("cargo", "serde"), "pkg:cargo/serde", id="a flat name"),
    ],
)
def test_packages_have_purls(purl: str, expected: str) -> None:
    assert purl == expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="empty"),
        pytest.param("  ", id="blank"),
        pytest.param("x" * 1000, id="too long"),
        pytest.param("\ud800", id="half a character"),
    ],
)
def test_a_name_that_cannot_be_one_is_malformed(name: str) -> None:
    with pytest.raises(Malformed):
        purls.named("cargo", name)
