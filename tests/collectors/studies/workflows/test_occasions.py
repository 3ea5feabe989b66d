"""When workflows run."""

import pytest

from osmm_scan.collectors.studies.workflows.github import read_workflow
from osmm_scan.collectors.studies.workflows.model import Occasion
from osmm_scan.collectors.studies.workflows.occasions import Event, Surroundings, events, following


def started(triggers: str, branch: str | None = "main") -> tuple[Event, ...]:
    workflow = read_workflow(".github/workflows/ci.yml", f"on: {triggers}\njobs: {{}}")
    around = Surroundings(
        branch=branch, owner="acme", name="widgets", top=frozenset({"src", ".github"})
    )
    assert workflow is not None
    return events(workflow, around)


@pytest.mark.parametrize(
    ("triggers", "occasions"),
    [
        pytest.param("workflow_call", "", id="only when called"),
        pytest.param("{workflow_run: {workflows: [CI]}}", "", id="only behind another"),
        pytest.param("{schedule: []}", "", id="a schedule without a time"),
        pytest.param("{push: {branches: [gh-pages]}}", "", id="a branch that is no target"),
        pytest.param("{push: {branches: [master]}}", "", id="the old name of the branch"),
        pytest.param("{push: {branches: ['**', '!main', '!dev*']}}", "", id="all but the target"),
        pytest.param("{push: {branches-ignore: ['*']}}", "", id="every branch ignored"),
        pytest.param("{push: {branches: [main], paths: [lib/**]}}", "", id="a path of nothing"),
        pytest.param("{pull_request: {paths: [.github/x.yml]}}", "", id="its own file only"),
        pytest.param("{pull_request: {types: [closed]}}", "", id="when it is too late"),
        pytest.param("workflow_dispatch", "other", id="by hand"),
        pytest.param("issues", "other", id="another event"),
        pytest.param("{push: {tags: ['v*']}}", "release", id="tags"),
        pytest.param("release", "release", id="a release"),
        pytest.param("{push: {branches: [main]}}", "push", id="the default branch"),
        pytest.param("{push: {branches: [main], paths: [src/**]}}", "push", id="a path that is"),
        pytest.param("{push: {branches: ['m*'], paths: ['**.py']}}", "push", id="stars"),
        pytest.param("{push: {branches: [develop]}}", "push", id="the branch of integration"),
        pytest.param("push", "push release", id="every push"),
        pytest.param("[pull_request, merge_group]", "proposal", id="proposals"),
        pytest.param("{pull_request: {types: [opened]}}", "proposal", id="a type that counts"),
        pytest.param("pull_request_target", "proposal", id="with the rights of the target"),
        pytest.param("{schedule: [{cron: 0 0 * * *}]}", "schedule", id="a schedule"),
    ],
)
def test_occasions(triggers: str, occasions: str) -> None:
    found = {event.occasion for event in started(triggers)}

    assert sorted(found) == occasions.split()


@pytest.mark.parametrize(
    ("branch", "runs"),
    [
        pytest.param("main", False, id="the branch that HEAD is on has another name"),
        pytest.param("master", True, id="the branch that HEAD is on"),
        pytest.param(None, True, id="HEAD is on no branch"),
        pytest.param("topic/x", True, id="HEAD is on a topic branch"),
    ],
)
def test_what_the_branch_of_head_tells(branch: str | None, runs: bool) -> None:
    assert bool(started("{pull_request: {branches: [master]}}", branch)) is runs


def test_a_workflow_follows_another_one() -> None:
    first = started("pull_request")
    workflow = read_workflow("a.yml", "on: {workflow_run: {workflows: [CI, Gone]}}\njobs: {}")

    assert workflow is not None
    found = following(workflow, {"CI": first})
    assert [event.occasion for event in found] == [Occasion.PROPOSAL]
    assert found[0].context.value("github.event_name") == "workflow_run"
