"""People listed in documents."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.people.named import people, teams
from osmm_scan.collectors.people.rosters import rostered
from tests.fakes import FakeRepository


def named(files: dict[str, str]) -> list[set[str]]:
    found = [one for roster in rostered(FakeRepository(files)) for one in roster]
    return [set(marks) for marks in (*people(found), teams(found)) if marks]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"MAINTAINERS.md": "# Maintainers"}, id="empty"),
        pytest.param({"docs/x/MAINTAINERS.md": "- Ada Lovelace"}, id="too deep"),
        pytest.param({"AUTHORS": "Ada Lovelace <ada@acme.com>"}, id="authors are not in office"),
        pytest.param({"MAINTAINERS.md": "## Emeritus\n\n- @ada"}, id="out of office"),
        pytest.param({"MAINTAINERS.md": "- Ada Lovelace (retired) @ada"}, id="retired"),
        pytest.param({"MAINTAINERS.md": "Write to help@acme.com."}, id="address of a function"),
        pytest.param({"MAINTAINERS.md": "- Submit a Pull Request\n- Code Review"}, id="advice"),
        pytest.param({"MAINTAINERS.md": "| Full Name | GitHub Handle |"}, id="heads of columns"),
        pytest.param({"MAINTAINERS.md": "- @dependabot[bot]\n- @acme-bot"}, id="machines"),
        pytest.param(
            {"MAINTAINERS.md": "We thank @ada " + "very " * 12 + "much."},
            id="within a sentence",
        ),
        pytest.param({"README.md": "## Sponsors\n\n- @ada"}, id="another section"),
    ],
)
def test_nobody_is_named(files: dict[str, str]) -> None:
    assert named(files) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        pytest.param(
            "Ada Lovelace <ada@acme.com>", {"ada@acme.com", "name:ada lovelace"}, id="pair"
        ),
        pytest.param("* Ada 'Countess' Lovelace @al", {"@al", "name:ada lovelace"}, id="nickname"),
        pytest.param("- [Ada](https://github.com/ada), Acme", {"@ada"}, id="profile"),
        pytest.param(
            "- Ada Lovelace ([@ada](https://github.com/ada)), Acme Labs",
            {"@ada", "name:ada lovelace"},
            id="name and profile",
        ),
        pytest.param(
            "- [ada](https://github.com/ada) - **Ada Lovelace**",
            {"@ada", "name:ada lovelace"},
            id="name behind",
        ),
        pytest.param(
            "| @ada | Ada Lovelace | @acme | ada@acme.com |",
            {"@ada", "ada@acme.com", "name:ada lovelace"},
            id="row of a table",
        ),
        pytest.param(
            "| Piet de Wael | @pietdw | Harbor Tools |",
            {"@pietdw", "name:piet de wael"},
            id="small words within a name",
        ),
        pytest.param("- Ada Lovelace", {"name:ada lovelace"}, id="name alone"),
        pytest.param(
            "M:\tAda Lovelace <ada@acme.com>",
            {"ada@acme.com", "name:ada lovelace"},
            id="as in Linux",
        ),
        pytest.param("- @acme/widgets", {"@acme/widgets"}, id="team"),
    ],
)
def test_one_is_named(text: str, marks: set[str]) -> None:
    assert named({"MAINTAINERS.md": text}) == [marks]


def test_lines_of_a_plain_file_are_people() -> None:
    text = "Ada Lovelace <ada@acme.com>\nGrace Hopper <grace@navy.mil>\n"

    rosters = rostered(FakeRepository({"MAINTAINERS": text}))

    assert [(one.line, len(one.marks)) for roster in rosters for one in roster] == [(1, 2), (2, 2)]


def test_several_accounts_of_a_line_are_people() -> None:
    assert named({"MAINTAINERS.md": "Current: @ada, @grace"}) == [{"@ada"}, {"@grace"}]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("README.md", "# W\n## Core Team\n- @ada\n## License\n- @eve", id="readme"),
        pytest.param("GOVERNANCE.md", "# Maintainers\n- @ada\n# Emeritus\n- @eve", id="governance"),
        pytest.param("docs/GOVERNANCE.md", "## Current maintainers\n### One\n- @ada", id="deeper"),
    ],
)
def test_sections_of_other_documents(path: str, text: str) -> None:
    assert named({path: text}) == [{"@ada"}]


def test_people_who_share_a_mark_are_one() -> None:
    files = {
        "MAINTAINERS.md": "- Ada Lovelace @ada",
        "README.md": "## Maintainers\n- Ada Lovelace <ada@acme.com>\n- Grace Hopper",
    }

    assert named(files) == [{"@ada", "ada@acme.com", "name:ada lovelace"}, {"name:grace hopper"}]
