"""CODEOWNERS as GitHub reads it, and OWNERS."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.people.owners import code_owners, default_owner, listed_owners
from osmm_scan.errors import Unobserved
from tests.fakes import FakeRepository

ALIASES = """aliases:
  leads:
    - ada   # Ada Lovelace <ada@acme.com>
    - grace
"""


def rules(text: str) -> list[tuple[str, list[str]]]:
    found = code_owners(FakeRepository({"CODEOWNERS": text}))
    return [(rule.pattern, [min(owner.marks) for owner in rule.owners]) for rule in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# * @ada", id="comment"),
        pytest.param("!docs @ada", id="negation is not supported"),
        pytest.param("[a-z].py @ada", id="ranges are not supported"),
        pytest.param(r"\#x @ada", id="escaped hash is not supported"),
        pytest.param("* ada", id="not an account"),
        pytest.param("* @acme/a/b", id="not a team"),
    ],
)
def test_lines_that_github_skips(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("* @Ada", [("*", ["@ada"])], id="account"),
        pytest.param("* @acme/Widgets", [("*", ["@acme/widgets"])], id="team"),
        pytest.param("*.py ada@acme.com", [("*.py", ["ada@acme.com"])], id="address"),
        pytest.param("* @ada @grace # both", [("*", ["@ada", "@grace"])], id="several"),
        pytest.param("docs/", [("docs/", [])], id="nobody, on purpose"),
        pytest.param("* @ada bad", [("*", ["@ada"])], id="one of them is wrong"),
    ],
)
def test_lines_that_github_reads(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("*.py @ada", None, id="not for everything"),
        pytest.param("* @ada\n*", None, id="taken back"),
        pytest.param("* @ada\n*.py @grace", 1, id="first"),
        pytest.param("* @ada\n/** @grace", 2, id="last one wins"),
    ],
)
def test_the_default_owner(text: str, line: int | None) -> None:
    rule = default_owner(code_owners(FakeRepository({"CODEOWNERS": text})))

    assert (rule.line if rule else None) == line


def test_the_first_place_wins_and_the_name_must_be_exact() -> None:
    files = {
        "docs/CODEOWNERS": "* @docs",
        "CODEOWNERS": "* @top",
        ".github/codeowners": "* @small",
    }

    assert code_owners(FakeRepository(files))[0].path == "CODEOWNERS"


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("labels:\n- sig/x", [], id="no people"),
        pytest.param("emeritus_approvers:\n- ada", [], id="out of office"),
        pytest.param("approvers:\n- ada\nreviewers:\n- grace", ["@ada", "@grace"], id="roles"),
        pytest.param("approvers:\n- leads", ["@ada", "@grace"], id="alias"),
        pytest.param('filters:\n  ".*":\n    approvers: [ada]', ["@ada"], id="filter"),
        pytest.param("ada@acme.com\n*", ["ada@acme.com"], id="one address on each line"),
        pytest.param("approvers:\n- k8s-ci-robot", [], id="machine"),
    ],
)
def test_owners_files(text: str, accounts: list[str]) -> None:
    home = FakeRepository({"OWNERS": text, "OWNERS_ALIASES": ALIASES})

    assert [min(owner.marks) for owner in listed_owners(home)] == accounts


def test_comments_tell_who_an_account_is() -> None:
    text = "approvers:\n- ada  # Ada Lovelace <ada@acme.com>"

    (found,) = listed_owners(FakeRepository({"OWNERS": text}))

    assert found.marks == {"@ada", "ada@acme.com", "name:ada lovelace"}
    assert found.line == 2


def test_a_damaged_file_is_unknown() -> None:
    with pytest.raises(Unobserved, match="OWNERS:1"):
        listed_owners(FakeRepository({"OWNERS": "a: b: c"}))
