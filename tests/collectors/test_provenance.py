"""Sign-offs, agreements and signatures."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import provenance
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Commit, Tag
from tests.fakes import FakeRepository, commit, facts, tag

SHALLOW = Unobserved(Missing.NOT_COLLECTED, "the clone is shallow")
UNREAD = Unobserved(Missing.NOT_COLLECTED, "the owner's .github repository was not read")
SIGNED = "\n\nSigned-off-by: Ada Lovelace <ada@example.org>"
REQUIRED = "terms.practised_or_required"


def history(signed: int, plain: int) -> list[Commit]:
    """Return commits with and without a sign-off, and merges and bots that must not count."""
    return [
        *(commit("2026-05-01", message=f"a{index}{SIGNED}") for index in range(signed)),
        *(commit("2026-05-01", message=f"b{index}") for index in range(plain)),
        commit("2026-05-02", message="merge", parents=2),
        commit("2026-05-03", "dependabot[bot] <support@github.com>", f"bump{SIGNED}"),
    ]


def found(files: dict[str, str | Unobserved] | None = None, **more: object) -> dict[str, Evidence]:
    return facts(provenance, FakeRepository({"README.md": "x", **(files or {})}, **more))


@pytest.mark.parametrize(
    ("signed", "plain", "practised"),
    [
        pytest.param(0, 20, False, id="never"),
        pytest.param(17, 3, False, id="mostly"),
        pytest.param(18, 2, True, id="nine of ten"),
        pytest.param(20, 0, True, id="always"),
    ],
)
def test_a_practice_is_what_nearly_all_people_do(signed: int, plain: int, practised: bool) -> None:
    item = found(commits=history(signed, plain))

    assert item["dco.practised"].value is practised
    assert item["dco.human_commits"].value == signed + plain
    assert item["dco.signed_commits"].value == signed


def test_few_commits_are_counted_but_not_judged() -> None:
    item = found(commits=history(5, 1))

    assert (item["dco.human_commits"].value, item["dco.signed_commits"].value) == (6, 5)
    assert item["dco.practised"].missing is Missing.NOT_SUPPORTED
    assert item["commits.signed_share"].missing is Missing.NOT_SUPPORTED


def test_without_history_nothing_is_known_of_commits() -> None:
    item = found(commits=SHALLOW, tags=[tag("v1.0.0", signed=True)])

    assert item["dco.human_commits"].missing is Missing.NOT_COLLECTED
    assert item["release.signed"].value is True


def test_signed_commits_are_a_share_of_those_of_people() -> None:
    made = [commit("2026-05-01", message=f"{i}", signed=i < 5) for i in range(20)]

    assert found(commits=made)["commits.signed_share"].value == 0.25


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"docs/clabot.md": "x"}, id="a document"),
        pytest.param(
            {".github/workflows/a.yml": "# uses: cla-assistant/github-action@v2"}, id="comment"
        ),
        pytest.param({".github/workflows/a.yml": "uses: actions/checkout@v4"}, id="other action"),
        pytest.param({"ci/a.yml": "uses: cla-assistant/github-action@v2"}, id="no workflow"),
    ],
)
def test_checks_that_are_not_configured(files: dict[str, str]) -> None:
    assert found(files)["cla.configured"].value is False


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        pytest.param(".clabot", "{}", None, id="cla bot"),
        pytest.param(".github/dco.yml", "require:\n  members: false", None, id="dco app"),
        pytest.param(
            ".github/workflows/cla.yml",
            "jobs:\n  a:\n    steps:\n      - uses: contributor-assistant/github-action@v2",
            4,
            id="action",
        ),
        pytest.param(".github/workflows/a.yml", "- uses: tim-actions/dco@v1", 1, id="dco action"),
        pytest.param(".github/workflows/a.yml", "x:\n- run: dco-check", 2, id="command"),
    ],
)
def test_checks_that_are_configured(path: str, text: str, line: int | None) -> None:
    item = found({path: text})["cla.configured"]

    assert (item.value, item.source.path, item.source.line) == (True, path, line)


def test_an_unreadable_workflow_may_configure_a_check() -> None:
    reason = Unobserved(Missing.FAULT, "damaged")

    assert found({".github/workflows/a.yml": reason})["cla.configured"].missing is Missing.FAULT


@pytest.mark.parametrize(
    ("files", "commits", "expected"),
    [
        pytest.param({}, history(0, 20), False, id="neither"),
        pytest.param({}, history(0, 2), False, id="neither in a young project"),
        pytest.param({}, history(19, 1), True, id="practised"),
        pytest.param({".clabot": "{}"}, SHALLOW, True, id="configured"),
        pytest.param({"CONTRIBUTING.md": "Sign the CLA."}, history(0, 20), True, id="agreement"),
        pytest.param({"CONTRIBUTING.md": "Use the DCO."}, history(1, 19), False, id="only said"),
        pytest.param(
            {"CONTRIBUTING.md": "By contributing you agree to the MIT license."},
            history(0, 20),
            False,
            id="the license only",
        ),
    ],
)
def test_terms_are_practised_or_required(
    files: dict[str, str], commits: object, expected: bool
) -> None:
    assert found(files, commits=commits)[REQUIRED].value is expected


@pytest.mark.parametrize(
    ("files", "more", "missing"),
    [
        pytest.param({}, {"commits": SHALLOW}, Missing.NOT_COLLECTED, id="no history"),
        pytest.param({}, {"commits": history(3, 0)}, Missing.NOT_SUPPORTED, id="few commits"),
        pytest.param(
            {"CONTRIBUTING.md": "Use the DCO."},
            {"commits": history(0, 3)},
            Missing.NOT_SUPPORTED,
            id="too few commits to see what is asked for",
        ),
        pytest.param(
            {}, {"commits": history(0, 20), "inherited": UNREAD}, Missing.NOT_COLLECTED, id="unread"
        ),
    ],
)
def test_terms_that_cannot_be_seen_are_unknown(
    files: dict[str, str], more: dict[str, object], missing: Missing
) -> None:
    assert found(files, **more)[REQUIRED].missing is missing


@pytest.mark.parametrize(
    ("tags", "share", "latest"),
    [
        pytest.param([tag("v1.0.0", "2026-01-01")], 0.0, False, id="unsigned"),
        pytest.param(
            [tag("v1.0.0", "2026-01-01", signed=True), tag("v1.1.0", "2026-02-01")],
            0.5,
            False,
            id="no longer",
        ),
        pytest.param(
            [tag("v1.0.0", "2026-01-01"), tag("v1.1.0", "2026-02-01", signed=True)],
            0.5,
            True,
            id="lately",
        ),
        pytest.param(
            [tag("v1.0.0", "2026-01-01", signed=True), tag("nightly", "2026-03-01")],
            1.0,
            True,
            id="builds do not count",
        ),
    ],
)
def test_signed_releases(tags: list[Tag], share: float, latest: bool) -> None:
    item = found(tags=tags)

    assert (item["tags.signed_share"].value, item["release.signed"].value) == (share, latest)


def test_without_releases_there_is_nothing_to_sign() -> None:
    item = found()

    assert item["release.signed"].missing is Missing.NOT_SUPPORTED


def test_a_release_without_a_date_cannot_be_the_latest() -> None:
    item = found(tags=[tag("v1.0.0", None, signed=True)])

    assert (item["tags.signed_share"].value, item["release.signed"].missing) == (1.0, Missing.FAULT)
