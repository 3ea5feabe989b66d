"""Members are found in landscape files by domain first, and never by half a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.sources.landscapes import Membership, domain_of, matching, plain, read_landscape

FILE = """\
landscape:
  - category:
    name: Tools
    subcategories:
      - subcategory:
        name: Gold
        items:
          - item:
            name: Acme
            homepage_url: https://acme.example/tool
  - category:
    name: FINOS M\u0435mbers
    subcategories:
      - subcategory:
        name: Platinum
        items:
          - item:
            name: Acme, Inc.
            homepage_url: https://www.acme.example/
          - item:
            name: Acme Bank
            homepage_url: https://acmebank.example
      - subcategory:
        name: Associate
        items:
          - item:
            name: Beta
            homepage_url: https://labs.beta.example
      - subcategory:
        name: Silver
        items:
"""


@pytest.fixture
def listed(tmp_path: Path) -> tuple[Membership, ...]:
    path = tmp_path / "finos.yml"
    path.write_text(FILE, encoding="utf-8")
    return read_landscape(path)


@pytest.mark.parametrize(
    ("domains", "names", "found"),
    [
        pytest.param((), (), [], id="nothing known of the organisation"),
        pytest.param((), ("Acme",), [], id="half a name"),
        pytest.param(("example",), (), ["acme inc", "acme bank", "beta"], id="everybody's domain"),
        pytest.param(("bank.example",), (), [], id="half a domain"),
        pytest.param(("acme.example",), (), ["acme inc"], id="domain"),
        pytest.param(("ACME.example",), (), ["acme inc"], id="in any case"),
        pytest.param(("beta.example",), (), ["beta"], id="domain above"),
        pytest.param((), ("ACME Inc",), ["acme inc"], id="whole name"),
        pytest.param(("acme.example",), ("Acme Inc",), ["acme inc"], id="both, once"),
    ],
)
def test_members_match(
    listed: tuple[Membership, ...],
    domains: tuple[str, ...],
    names: tuple[str, ...],
    found: list[str],
) -> None:
    assert [one.name for one in matching(listed, domains=domains, names=names)] == found


def test_members_have_tiers_and_projects_are_none(listed: tuple[Membership, ...]) -> None:
    assert [(one.domain, one.tier) for one in listed] == [
        ("acme.example", 4),
        ("acmebank.example", 4),
        ("labs.beta.example", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("- a", id="a list"),
        pytest.param("landscape: 7", id="no list inside"),
        pytest.param("landscape: [", id="no YAML"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=r"other\.yml"):
        read_landscape(path)


def test_odd_entries_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.yml"
    path.write_text(
        "landscape: [7, {name: Members, subcategories: [3, {items: [x, {name: A}]}]}]",
        encoding="utf-8",
    )

    assert [(one.name, one.domain, one.tier) for one in read_landscape(path)] == [("a", "", 1)]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        pytest.param("", "", id="none"),
        pytest.param("https://[bad", "", id="no address"),
        pytest.param("acme.example", "acme.example", id="bare"),
        pytest.param("https://www.Acme.example:443/x", "acme.example", id="whole"),
    ],
)
def test_domains_of_addresses(address: str, domain: str) -> None:
    assert domain_of(address) == domain


def test_names_are_plain() -> None:
    assert plain("  \u0410cme\u2122, Inc. ") == "acmetm inc"
