"""Turn answers of GitHub into values of `hosting`; an answer of another shape is a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer
from osmm_scan.sources.hosting import (
    Account,
    Advisory,
    Nature,
    Protection,
    Reaction,
    Release,
    Request,
    Requests,
)

_INSIDERS = frozenset({"MEMBER", "OWNER", "COLLABORATOR"})
# Rules that hold a change up until somebody or something agrees.
_REVIEW_RULES = frozenset({"PULL_REQUEST", "MERGE_QUEUE"})
_CHECK_RULES = frozenset({"REQUIRED_STATUS_CHECKS", "WORKFLOWS", "CODE_SCANNING"})
_TEXT_LIMIT = 500


@contextmanager
def expected(what: str) -> Iterator[None]:
    """Turn what goes wrong with an answer of another shape into `Unobserved`."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        why = f"unexpected answer of the server to a question for {what}"
        raise Unobserved(Missing.FAULT, why) from error


def seconds(moment: str | None) -> int | None:
    """Return a time such as 2026-06-30T12:00:00Z as seconds since 1970."""
    return None if moment is None else int(datetime.fromisoformat(moment).timestamp())


def moment(text: str | None) -> int:
    """Return a time that must be there."""
    found = seconds(text)
    if found is None:
        raise ValueError("no time")
    return found


def nature(node: Mapping[str, Any]) -> Nature:
    """Return what a line of the inventory says a repository is."""
    with expected("the repository"):
        return Nature(
            visibility=str(node["visibility"]).lower(),
            archived=_flag(node["isArchived"]),
            fork=_flag(node["isFork"]),
            mirror=_flag(node["isMirror"]),
            description=str(node["description"] or "")[:_TEXT_LIMIT],
            has_issues=_flag(node["hasIssuesEnabled"]),
        )


def rules(answer: Answer) -> Protection:
    """Return what rulesets ask of the default branch."""
    _require_branch(answer)
    found = answer.at("defaultBranchRef", "rules")
    with expected("rulesets"):
        nodes = [node for node in (found or {"nodes": []})["nodes"] if node]
        asking = [node for node in nodes if node["type"] in _REVIEW_RULES | _CHECK_RULES]
        parameters = [node.get("parameters") or {} for node in asking]
        return Protection(
            pull_requests=any(node["type"] in _REVIEW_RULES for node in asking),
            reviews=max(
                (int(one.get("requiredApprovingReviewCount") or 0) for one in parameters), default=0
            ),
            checks=any(node["type"] in _CHECK_RULES for node in asking),
            by_organisation=any(_is_of_organisation(node) for node in asking),
        )


def classic_protection(answer: Answer) -> Protection:
    """Return what classic protection asks of the default branch."""
    _require_branch(answer)
    rule = answer.at("defaultBranchRef", "refUpdateRule")
    if rule is None:
        return Protection(pull_requests=False, reviews=0, checks=False, by_organisation=False)
    with expected("branch protection"):
        reviews = rule["requiredApprovingReviewCount"]
        return Protection(
            pull_requests=reviews is not None or _flag(rule["requiresCodeOwnerReviews"]),
            reviews=int(reviews or 0),
            checks=bool(rule["requiredStatusCheckContexts"]),
            by_organisation=False,
        )


def changes(answer: Answer) -> Requests:
    """Return the newest pull requests."""
    return _requests(answer, "pullRequests", _change)


def issues(answer: Answer) -> Requests:
    """Return the newest issues."""
    return _requests(answer, "issues", _issue)


def topics(answer: Answer) -> tuple[str, ...]:
    """Return the topics, sorted."""
    found = answer.at("repositoryTopics")
    with expected("topics"):
        return tuple(sorted(str(node["topic"]["name"]) for node in found["nodes"]))


def releases(answer: Answer) -> tuple[Release, ...]:
    """Return the newest published releases, newest first."""
    found = answer.at("releases")
    with expected("releases"):
        return tuple(
            Release(
                tag=str(node["tagName"]),
                published=moment(node["publishedAt"]),
                files=tuple(str(one["name"]) for one in node["releaseAssets"]["nodes"]),
            )
            for node in found["nodes"]
            if not node["isDraft"] and node["publishedAt"]
        )


def runs(answer: Answer) -> tuple[str, ...]:
    """Return the pages of the workflows that ran on the newest commit, sorted."""
    _require_branch(answer)
    suites = answer.at("defaultBranchRef", "target", "checkSuites")
    with expected("workflow runs"):
        found = (node["workflowRun"] for node in (suites or {"nodes": ()})["nodes"] if node)
        return tuple(sorted({str(one["workflow"]["resourcePath"]) for one in found if one}))


def alerts(answer: Answer) -> bool:
    """Return whether GitHub warns of known vulnerabilities in dependencies."""
    enabled = answer.at("hasVulnerabilityAlertsEnabled")
    with expected("alerts"):
        return _flag(enabled)


def is_administered(answer: Answer) -> bool:
    """Return whether we administer the repository."""
    return answer.at("viewerCanAdminister") is True


def private_reporting(answer: Any) -> bool:
    """Return whether the private report button is there, from a REST answer."""
    with expected("private vulnerability reporting"):
        return _flag(answer["enabled"])


def advisories(answer: Any) -> tuple[Advisory, ...]:
    """Return the published advisories of a REST answer, newest first."""
    with expected("advisories"):
        found = [
            Advisory(
                id=str(one["ghsa_id"]),
                published=moment(one["published_at"]),
                fixed=_is_fixed(one.get("vulnerabilities") or ()),
            )
            for one in _list(answer)
            if one["state"] == "published"
        ]
    return tuple(sorted(found, key=lambda one: (-one.published, one.id)))


def account(node: Mapping[str, Any] | None) -> Account | None:
    """Return who did something, None for an account that is gone."""
    if node is None:
        return None
    return Account(str(node["login"]), is_robot=node["__typename"] == "Bot")


def _require_branch(answer: Answer) -> None:
    if answer.at("defaultBranchRef") is None:
        raise Unobserved(Missing.NOT_SUPPORTED, "it has no default branch")


def _requests(answer: Answer, name: str, read: Callable[[Mapping[str, Any]], Request]) -> Requests:
    found = answer.at(name)
    with expected(name):
        nodes = [node for node in found["nodes"] if node]
        newest = tuple(sorted(map(read, nodes), key=lambda one: (-one.opened, -one.number)))
        return Requests(newest, has_older=int(found["totalCount"]) > len(newest))


def _change(node: Mapping[str, Any]) -> Request:
    reviews = [_reaction(one, "submittedAt", is_review=True) for one in _nodes(node, "reviews")]
    comments = [_reaction(one, "createdAt") for one in _nodes(node, "comments")]
    return Request(
        **_common(node, [*reviews, *comments]),
        merged=seconds(node["mergedAt"]),
        merged_by=account(node["mergedBy"]),
        has_more=_is_cut(node, "reviews") or _is_cut(node, "comments"),
    )


def _issue(node: Mapping[str, Any]) -> Request:
    comments = [_reaction(one, "createdAt") for one in _nodes(node, "comments")]
    return Request(**_common(node, comments), has_more=_is_cut(node, "comments"))


def _common(node: Mapping[str, Any], reactions: Iterable[Reaction]) -> dict[str, Any]:
    return {
        "number": int(node["number"]),
        "author": account(node["author"]),
        "is_outside": node["authorAssociation"] not in _INSIDERS,
        "opened": moment(node["createdAt"]),
        "closed": seconds(node["closedAt"]),
        "reactions": tuple(sorted(reactions, key=lambda one: one.at)),
    }


def _reaction(node: Mapping[str, Any], when: str, *, is_review: bool = False) -> Reaction:
    return Reaction(
        by=account(node["author"]),
        at=moment(node[when]),
        is_insider=node["authorAssociation"] in _INSIDERS,
        is_review=is_review,
    )


def _nodes(node: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    # A review that is not submitted yet has no time, and only its author sees it.
    nodes = (node[name] or {"nodes": ()})["nodes"]
    return [one for one in nodes if one and one.get("submittedAt", "") is not None]


def _is_cut(node: Mapping[str, Any], name: str) -> bool:
    found = node[name]
    return found is None or int(found["totalCount"]) > len(found["nodes"])


def _is_of_organisation(node: Mapping[str, Any]) -> bool:
    ruleset = node.get("repositoryRuleset") or {}
    return (ruleset.get("source") or {}).get("__typename") in {"Organization", "Enterprise"}


def _is_fixed(vulnerabilities: Iterable[Mapping[str, Any]]) -> bool:
    return any(one.get("patched_versions") for one in vulnerabilities)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not a boolean")
    return value


def _list(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
