"""Members are found in landscape files by domain first, and never by half a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.sources.landscapes import (
    SIZE_LIMIT,
    Membership,
    domain_of,
    matching,
    parse_landscape,
    plain,
    read_landscape,
)

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
    return read_landscape(path).members


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

    assert [(one.name, one.domain, one.tier) for one in read_landscape(path).members] == [
        ("a", "", 1)
    ]


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


def listing(item: str, category: str = "LF Members") -> bytes:
    """Return a file with one entry."""
    group = f"{{name: Silver, items: [{{name: Acme, {item}}}]}}"
    return f"landscape: [{{name: {category}, subcategories: [{group}]}}]".encode()


@pytest.mark.parametrize(
    ("item", "category", "expected"),
    [
        pytest.param("logo: a.svg", "LF Members", [("lf", 2)], id="its own"),
        pytest.param("logo: a.svg", "Members", [("file", 2)], id="without a name"),
        pytest.param("second_path: 7", "LF Members", [("lf", 2)], id="no path"),
        pytest.param("second_path: Tools / All", "LF Members", [("lf", 2)], id="another path"),
        pytest.param(
            "second_path: [Project Membership / The Linux Foundation]",
            "LF Members",
            [("lf", 2)],
            id="its own once more",
        ),
        pytest.param(
            "second_path: Project Membership / Cloud Native Computing Foundation (CNCF)",
            "LF Members",
            [("lf", 2), ("cncf", 1)],
            id="short name behind",
        ),
        pytest.param(
            "second_path: [Project Membership / FINOS (The Fintech Open Source Foundation)]",
            "LF Members",
            [("lf", 2), ("finos", 1)],
            id="short name before",
        ),
        pytest.param(
            "second_path: [Project Membership / LF Energy]",
            "LF Members",
            [("lf", 2), ("lf energy", 1)],
            id="no short name",
        ),
    ],
)
def test_members_of_several_foundations(
    item: str, category: str, expected: list[tuple[str, int]]
) -> None:
    members = parse_landscape(listing(item, category), "file").members

    assert [(one.foundation, one.tier) for one in members] == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("repo_url: 'https://github.com/a/b'", {}, id="only shown there"),
        pytest.param("project: archived, repo_url: 'https://github.com/a/b'", {}, id="given up"),
        pytest.param("project: sandbox", {}, id="no repository"),
        pytest.param("project: sandbox, repo_url: 'https://evil.example/a/b'", {}, id="elsewhere"),
        pytest.param("project: sandbox, repo_url: 'https://github.com/a'", {}, id="half a name"),
        pytest.param(
            "project: sandbox, repo_url: 'https://github.com/A/B.git'", {"lf": {"a/b"}}, id="hosted"
        ),
        pytest.param(
            "project: sandbox, project_org: 'https://github.com/a'", {"lf": {"a"}}, id="all of it"
        ),
        pytest.param(
            "project: sandbox, additional_repos: [{repo_url: 'https://github.com/a/b'}, 7]",
            {"lf": {"a/b"}},
            id="another repository",
        ),
        pytest.param(
            "second_path: [Project Group / LF Energy (LFE)], repo_url: 'https://github.com/a/b',"
            " extra: {annotations: {project_org: 'https://github.com/c'}}",
            {"lfe": {"a/b", "c"}},
            id="by another foundation",
        ),
    ],
)
def test_projects_of_foundations(item: str, expected: dict[str, set[str]]) -> None:
    assert parse_landscape(listing(item), "file").hosted == expected


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        pytest.param("'2020-02-01'", date(2020, 2, 1), id="a day"),
        pytest.param("2020-02-01", date(2020, 2, 1), id="without quotes"),
        pytest.param("soon", None, id="no day"),
        pytest.param("7", None, id="a number"),
    ],
)
def test_members_joined_on_a_day(joined: str, expected: date | None) -> None:
    (member,) = parse_landscape(listing(f"joined: {joined}"), "file").members

    assert member.joined == expected


def test_entries_that_say_that_they_are_members_keep_their_names() -> None:
    content = listing("logo: a.svg").replace(b"Acme", b"Acme (member)")

    assert parse_landscape(content, "file").members[0].name == "acme"


def test_a_large_file_is_refused() -> None:
    with pytest.raises(UsageError, match="larger than"):
        parse_landscape(b"#" * (SIZE_LIMIT + 1), "file")
