"""What GitHub tells of repositories is read as it is meant; what it hides or garbles is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github import gathering
from osmm_scan.sources.github.gathering import chosen, gather
from osmm_scan.sources.github.hosted import Hosted
from osmm_scan.sources.github.inventory import Line, list_repositories
from osmm_scan.sources.hosting import Account, Protection
from tests.github_fake.faults import page, shaped
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import Node, World

DAY = "2026-05-01T00:00:00Z"
OPEN = Protection(pull_requests=False, reviews=0, checks=False, by_organisation=False)


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub(World()) as server:
        yield server


def told(github: FakeGitHub, **fields: Any) -> Hosted:
    """Return what is told of one repository with these fields."""
    world = github.world
    acme = world.organizations.get("acme") or world.organization("acme")
    branch = {"name": "main", "target": {"__typename": "Commit", "oid": "a" * 40}}
    known = {"defaultBranchRef": branch, "pullRequests": [], "issues": [], **fields}
    world.repository(acme, "widgets", **known)
    api = github.client()
    lines = list_repositories(api, "acme").lines
    return gather(api, lines, frozenset(line.id for line in lines))[lines[0].id]


def branch(**fields: Any) -> Node:
    return {"name": "main", "target": {"__typename": "Commit", "oid": "a" * 40}, **fields}


def rule(kind: str, source: str = "Repository", **parameters: Any) -> Node:
    named = {"__typename": "PullRequestParameters", **parameters} if parameters else None
    return {
        "type": kind,
        "parameters": named,
        "repositoryRuleset": {"source": {"__typename": source}},
    }


def classic(**fields: Any) -> Node:
    return {
        "requiredApprovingReviewCount": None,
        "requiredStatusCheckContexts": [],
        "requiresCodeOwnerReviews": False,
        **fields,
    }


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(branch(), OPEN, id="nothing asked"),
        pytest.param(branch(rules=[rule("DELETION")]), OPEN, id="a rule about other things"),
        pytest.param(
            branch(rules=[rule("PULL_REQUEST", requiredApprovingReviewCount=2)]),
            Protection(pull_requests=True, reviews=2, checks=False, by_organisation=False),
            id="reviews by a ruleset",
        ),
        pytest.param(
            branch(rules=[rule("REQUIRED_STATUS_CHECKS", "Organization")]),
            Protection(pull_requests=False, reviews=0, checks=True, by_organisation=True),
            id="checks by a ruleset of the organisation",
        ),
        pytest.param(
            branch(rules=[rule("DELETION", "Organization"), rule("PULL_REQUEST")]),
            Protection(pull_requests=True, reviews=0, checks=False, by_organisation=False),
            id="the organisation asks for something else",
        ),
        pytest.param(branch(refUpdateRule=classic()), OPEN, id="classic, asking nothing"),
        pytest.param(
            branch(refUpdateRule=classic(requiredStatusCheckContexts=["ci"])),
            Protection(pull_requests=False, reviews=0, checks=True, by_organisation=False),
            id="classic checks",
        ),
        pytest.param(
            branch(
                refUpdateRule=classic(requiredApprovingReviewCount=1),
                rules=[rule("WORKFLOWS")],
            ),
            Protection(pull_requests=True, reviews=1, checks=True, by_organisation=False),
            id="both together",
        ),
    ],
)
def test_protection_is_what_both_kinds_ask(
    github: FakeGitHub, head: Node, expected: Protection
) -> None:
    assert told(github, defaultBranchRef=head).protection() == expected


def test_hidden_protection_may_be_any(github: FakeGitHub) -> None:
    github.world.refused["Ref.refUpdateRule"] = "FORBIDDEN"

    with pytest.raises(Unobserved) as caught:
        told(github).protection()

    assert caught.value.missing is Missing.NO_ACCESS


def test_visible_rules_prove_protection_whatever_is_hidden(github: FakeGitHub) -> None:
    github.world.refused["Ref.refUpdateRule"] = "FORBIDDEN"

    assert told(github, defaultBranchRef=branch(rules=[rule("PULL_REQUEST")])).protection()


def person(login: str, kind: str = "User") -> Node:
    return {"__typename": kind, "login": login}


def test_pull_requests_are_read_with_reviews_and_comments(github: FakeGitHub) -> None:
    review = {
        "author": person("ada"),
        "authorAssociation": "MEMBER",
        "state": "APPROVED",
        "submittedAt": "2026-05-02T00:00:00Z",
    }
    pending = {**review, "submittedAt": None}
    comment = {
        "author": person("acme-ci", "Bot"),
        "authorAssociation": "NONE",
        "createdAt": "2026-05-01T01:00:00Z",
    }
    change = {
        "number": 7,
        "createdAt": DAY,
        "closedAt": "2026-05-03T00:00:00Z",
        "mergedAt": "2026-05-03T00:00:00Z",
        "authorAssociation": "FIRST_TIME_CONTRIBUTOR",
        "author": None,
        "mergedBy": person("ada"),
        "reviews": [review, pending],
        "comments": [comment],
    }

    (found,) = told(github, pullRequests=[change]).changes().newest

    assert (found.number, found.author, found.is_outside, found.has_more) == (7, None, True, False)
    assert found.merged_by == Account("ada")
    assert [(one.by, one.is_insider, one.is_review) for one in found.reactions] == [
        (Account("acme-ci", is_robot=True), False, False),
        (Account("ada"), True, True),
    ]


def test_older_issues_and_further_comments_are_known_to_exist(github: FakeGitHub) -> None:
    comment = {"author": None, "authorAssociation": "NONE", "createdAt": DAY}
    issue = {
        "createdAt": DAY,
        "authorAssociation": "MEMBER",
        "author": person("ada"),
        "comments": [comment] * 6,
    }
    issues = [
        {**issue, "number": number, "createdAt": f"2026-05-{number:02}T00:00:00Z"}
        for number in range(1, 31)
    ]

    found = told(github, issues=issues).issues()

    assert (len(found.newest), found.has_older) == (20, True)
    assert found.newest[0].number == 30
    assert found.newest[0].has_more
    assert not found.newest[0].is_outside


def test_drafts_are_no_releases(github: FakeGitHub) -> None:
    release = {"tagName": "v1", "publishedAt": DAY, "releaseAssets": [{"name": "a.whl"}]}
    draft = {**release, "tagName": "v2", "isDraft": True, "publishedAt": None}

    (found,) = told(github, releases=[release, draft]).releases()

    assert (found.tag, found.files) == ("v1", ("a.whl",))


def test_advisories_and_private_reports_come_by_rest(github: FakeGitHub) -> None:
    base = "/repos/acme/widgets"
    advisory = {"ghsa_id": "GHSA-1", "state": "published", "published_at": DAY}
    fixed = [{"patched_versions": "1.2"}]
    github.world.rest[f"{base}/private-vulnerability-reporting"] = {"enabled": True}
    github.world.rest[f"{base}/security-advisories"] = [
        {**advisory, "vulnerabilities": fixed},
        {**advisory, "ghsa_id": "GHSA-2", "vulnerabilities": [{"patched_versions": None}]},
        {**advisory, "ghsa_id": "GHSA-3", "state": "draft", "published_at": None},
    ]

    found = told(github)

    assert found.private_reporting() is True
    assert [(one.id, one.fixed) for one in found.advisories()] == [
        ("GHSA-1", True),
        ("GHSA-2", False),
    ]


QUESTIONS: dict[str, Callable[[Hosted], object]] = {
    "PullRequests": Hosted.changes,
    "Issues": Hosted.issues,
    "Releases": Hosted.releases,
}


@pytest.mark.parametrize("operation", QUESTIONS)
def test_answers_of_another_shape_are_faults(github: FakeGitHub, operation: str) -> None:
    odd = {"id": "R_acme_widgets", "pullRequests": 7, "issues": 7, "releases": {"nodes": [7]}}
    github.next(shaped({"data": {"nodes": [odd]}}), operation=operation, times=9)

    found = told(github)

    with pytest.raises(Unobserved) as caught:
        QUESTIONS[operation](found)
    assert caught.value.missing is Missing.FAULT
    assert not found.is_settled


def test_one_refused_question_leaves_the_others(github: FakeGitHub) -> None:
    github.world.refused["Repository.issues"] = "FORBIDDEN"

    found = told(github)

    assert found.changes().newest == ()
    with pytest.raises(Unobserved) as caught:
        found.issues()
    assert caught.value.missing is Missing.NO_ACCESS
    assert found.is_settled


def test_a_page_of_html_is_no_answer(github: FakeGitHub) -> None:
    github.next(page(), operation="Issues", times=9)

    with pytest.raises(Unobserved):
        told(github).issues()


def test_what_is_at_rest_is_not_asked_about(github: FakeGitHub) -> None:
    found = told(github, isArchived=True)

    assert {one.operation for one in github.questions} == {"RepositoryList"}
    with pytest.raises(Unobserved) as caught:
        found.changes()
    assert caught.value.missing is Missing.NOT_SUPPORTED


def lines(github: FakeGitHub, **repositories: Node) -> tuple[Line, ...]:
    acme = github.world.organization("acme")
    for name, fields in repositories.items():
        github.world.repository(acme, name, **fields)
    return list_repositories(github.client(), "acme").lines


def test_the_most_watched_are_asked_one_by_one(github: FakeGitHub) -> None:
    listed = lines(
        github,
        small={"stargazerCount": 1},
        large={"stargazerCount": 9},
        hidden={"stargazerCount": 99, "visibility": "PRIVATE"},
        fork={"stargazerCount": 99, "isFork": True},
        idle={"stargazerCount": 99, "pushedAt": "2020-01-01T00:00:00Z"},
    )

    assert chosen(listed, since=1_750_000_000, limit=1) == {"R_acme_large"}
    assert chosen(listed, since=1_750_000_000) == {"R_acme_large", "R_acme_small"}


def test_many_repositories_share_a_question(github: FakeGitHub) -> None:
    listed = lines(github, **{f"r{number}": {} for number in range(30)})
    github.questions.clear()

    found = gather(github.client(), listed, frozenset())

    assert len(found) == 30
    assert len([one for one in github.questions if one.operation == "PullRequests"]) == 2
    assert not [one for one in github.questions if one.operation is None]
    assert gathering.ONE_BY_ONE >= 100


def suites(*pages: str | None) -> Node:
    """Return a branch on whose newest commit workflows with these pages ran, or other checks."""
    runs = [page and {"workflow": {"resourcePath": page}} for page in pages]
    target = {
        "__typename": "Commit",
        "oid": "a" * 40,
        "checkSuites": [{"workflowRun": one} for one in runs],
    }
    return {"name": "main", "target": target}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param([], (), id="nothing"),
        pytest.param([None], (), id="a check that is no workflow"),
        pytest.param(["/b", None, "/a", "/b"], ("/a", "/b"), id="each once"),
    ],
)
def test_workflows_that_ran_are_listed(
    github: FakeGitHub, pages: list[str | None], expected: tuple[str, ...]
) -> None:
    assert told(github, defaultBranchRef=suites(*pages)).runs() == expected


@pytest.mark.parametrize("is_on", [True, False])
def test_administrators_see_whether_alerts_are_on(github: FakeGitHub, is_on: bool) -> None:
    found = told(github, viewerCanAdminister=True, hasVulnerabilityAlertsEnabled=is_on)

    assert found.alerts() is is_on


def test_others_are_not_asked_about_alerts(github: FakeGitHub) -> None:
    found = told(github, hasVulnerabilityAlertsEnabled=True)

    with pytest.raises(Unobserved) as caught:
        found.alerts()

    assert caught.value.missing is Missing.NO_ACCESS
    assert "Alerts" not in [one.operation for one in github.questions]


def test_refused_alerts_hide_nothing_else(github: FakeGitHub) -> None:
    github.world.refused["Repository.hasVulnerabilityAlertsEnabled"] = "FORBIDDEN"
    found = told(github, viewerCanAdminister=True)

    with pytest.raises(Unobserved):
        found.alerts()
    assert found.changes().newest == ()
