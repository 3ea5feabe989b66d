"""Published projects, their adopters, their plans and how openly they are made."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import published
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Commit, Remote
from tests.fakes import FakeRepository, commit, facts, tag

ACME = Remote("github.com", "acme", "widgets")
ADA, GRACE = "Ada Lovelace <ada@acme.com>", "Grace Hopper <grace@navy.mil>"
NIKLAUS = "Niklaus Wirth <nw@gmail.com>"
SHALLOW = Unobserved(Missing.NOT_COLLECTED, "the clone is shallow")
WORKFLOW = ".github/workflows/release.yml"


def found(files: dict[str, str | Unobserved], **more: object) -> dict[str, Evidence]:
    return facts(published, FakeRepository({"a": "", **files}, remote=ACME, **more))


def several(number: int, message: str, author: str = ADA) -> list[Commit]:
    return [commit("2026-05-01", author, f"{message}\n\n{index}") for index in range(number)]


@pytest.mark.parametrize(
    ("files", "more", "value"),
    [
        pytest.param({}, {}, False, id="nothing"),
        pytest.param({}, {"commits": [commit("2026-05-01", ADA)]}, False, id="one person"),
        pytest.param({WORKFLOW: "run: npm test"}, {}, False, id="workflow of another kind"),
        pytest.param({WORKFLOW: "# run: npm publish"}, {}, False, id="comment"),
        pytest.param({WORKFLOW: "run: npm publish --dry-run"}, {}, False, id="rehearsal"),
        pytest.param({}, {"tags": [tag("v1.0.0")], "commits": SHALLOW}, True, id="release"),
        pytest.param({WORKFLOW: "- run: npm publish"}, {}, True, id="package"),
        pytest.param(
            {WORKFLOW: "- uses: pypa/gh-action-pypi-publish@v1"}, {}, True, id="package by action"
        ),
        pytest.param({"publiccode.yml": ""}, {}, True, id="declared"),
        pytest.param(
            {},
            {"commits": [commit("2026-05-01", ADA), commit("2026-05-02", GRACE)]},
            True,
            id="outsider",
        ),
    ],
)
def test_published_projects(files: dict[str, str], more: dict[str, object], value: bool) -> None:
    assert found(files, **more)["published.project"].value is value


@pytest.mark.parametrize(
    ("files", "commits"),
    [
        pytest.param({}, SHALLOW, id="no history"),
        pytest.param({}, [commit("2026-05-01", ADA), commit("2026-05-01", NIKLAUS)], id="freemail"),
        pytest.param({WORKFLOW: Unobserved(Missing.NOT_COLLECTED, "x")}, [], id="unread workflow"),
    ],
)
def test_what_may_be_a_project_is_unknown(files: dict[str, object], commits: object) -> None:
    assert found(files, commits=commits)["published.project"].missing is Missing.NOT_COLLECTED


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("# Adopters\n\nPlease add your organisation.", 0, id="nobody yet"),
        pytest.param("- Acme", 0, id="the owner"),
        pytest.param("| Company | Contact |\n|---|---|\n", 0, id="head of a table"),
        pytest.param("- Globex: charts\n- Initech\n- globex", 2, id="items"),
        pytest.param("| Name | Use |\n|---|---|\n| Globex | x |\n| Initech | y |", 2, id="rows"),
        pytest.param("# Users\n## Globex\n- *Launched*: May\n## Initech\nx", 2, id="headings"),
    ],
)
def test_adopters(text: str, number: int) -> None:
    assert found({"ADOPTERS.md": text})["adopters.outside_orgs"].value == number


def test_without_a_list_there_are_no_adopters() -> None:
    assert found({"src/users.md": "- Globex"})["adopters.outside_orgs"].value == 0


@pytest.mark.parametrize(
    ("files", "stated"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"ROADMAP.md": "# Roadmap\n\nTODO"}, False, id="hollow"),
        pytest.param({"src/roadmap.md": "We plan " * 20}, False, id="deep inside"),
        pytest.param({"README.md": "## Roadmap\n"}, False, id="empty section"),
        pytest.param({"docs/project-roadmap.md": "We plan to do it " * 5}, True, id="document"),
        pytest.param({"README.md": "## Roadmap\n\nCharts of pies."}, True, id="section"),
        pytest.param(
            {"README.md": "[Plans](https://github.com/acme/widgets/milestones)"}, True, id="link"
        ),
    ],
)
def test_plans(files: dict[str, str], stated: bool) -> None:
    assert found(files)["roadmap.stated"].value is stated


@pytest.mark.parametrize(
    ("commits", "share", "is_open"),
    [
        pytest.param(several(20, "Fix"), 0.0, True, id="made here"),
        pytest.param(
            [*several(15, "Fix"), *several(5, "Sync from internal")], 0.25, True, id="partly"
        ),
        pytest.param(several(20, "Fix\n\nPiperOrigin-RevId: 1"), 1.0, False, id="copied here"),
        pytest.param(
            [
                *several(19, "Fix\n\nPiperOrigin-RevId: 1"),
                commit("2026-05-01", ADA, "x\n\nPiperOrigin-RevId: 1\nCOPYBARA_INTEGRATE_REVIEW=y"),
            ],
            1.0,
            True,
            id="outside changes are taken up",
        ),
        pytest.param(several(20, "Make release 1.2.3"), 1.0, False, id="dumps"),
        pytest.param(
            [*several(15, "Fix"), *several(5, "Release 1.2.3")], 0.0, True, id="plain releases"
        ),
    ],
)
def test_synchronisations(commits: list[Commit], share: float, is_open: bool) -> None:
    item = found({}, commits=commits)

    assert item["development.bulk_sync_share"].value == share
    assert item["development.open_history"].value is is_open


def test_few_commits_do_not_tell_how_changes_come_in() -> None:
    item = found({}, commits=several(19, "Fix"))

    assert item["development.open_history"].missing is Missing.NOT_SUPPORTED


@pytest.mark.parametrize(
    ("files", "commits", "low", "high"),
    [
        pytest.param({}, several(20, "Fix"), 0.0, 0.667, id="no trace of reviews"),
        pytest.param({}, several(20, "Fix (#1)"), 0.333, 0.667, id="reviewed"),
        pytest.param(
            {"README.md": "## Roadmap\n\nPies."}, several(20, "Fix (#1)"), 0.667, 1.0, id="planned"
        ),
        pytest.param(
            {}, several(20, "Fix (#1)\n\nGitOrigin-RevId: 1"), 0.0, 0.333, id="synchronised"
        ),
        pytest.param(
            {"ROADMAP.md": Unobserved(Missing.FAULT, "damaged")},
            several(20, "Fix (#1)"),
            0.333,
            1.0,
            id="plans that cannot be read",
        ),
    ],
)
def test_openness_has_limits(
    files: dict[str, str], commits: list[Commit], low: float, high: float
) -> None:
    item = found(files, commits=commits)["development.open"]

    assert item.value == {"low": low, "high": high}
