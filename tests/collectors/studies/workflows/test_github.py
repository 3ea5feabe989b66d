"""Workflows as GitHub reads them."""

from textwrap import dedent

import pytest

from osmm_scan.collectors.studies.workflows.github import read_action, read_workflow
from osmm_scan.collectors.studies.workflows.model import Workflow
from osmm_scan.strict_yaml import YamlFault

PATH = ".github/workflows/ci.yml"


def workflow(text: str) -> Workflow:
    found = read_workflow(PATH, dedent(text))
    assert found is not None
    return found


def test_a_file_of_comments_is_no_workflow() -> None:
    assert read_workflow(PATH, "# on: push\n") is None


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param("- on: push", 1, "a workflow must be a mapping", id="a list"),
        pytest.param("on:\njobs: {}", 1, "names no event", id="no event"),
        pytest.param("on: push", 1, "'jobs' must be a mapping", id="no jobs"),
        pytest.param("on: push\njobs:\n  a: 1", 3, "the job 'a' must be", id="a job of one value"),
        pytest.param("on: push\njobs:\n  a:\n    steps: x", 4, "must be a list", id="steps"),
        pytest.param("on: push\njobs:\n  a:\n    steps:\n    - x", 5, "a step must be", id="step"),
        pytest.param("on: push\n\ton: x", 2, "a tab character", id="no YAML"),
        pytest.param("on: push\non: x", 2, "appears twice", id="a key twice"),
        pytest.param("a: &a {}\nb: {<<: *a}", 2, "merge keys", id="merge keys, unknown to GitHub"),
        pytest.param("on: " + "[" * 10_000, 1, "nested deeper", id="brackets without end"),
    ],
)
def test_what_is_no_workflow_says_where(text: str, line: int, problem: str) -> None:
    with pytest.raises(YamlFault, match=problem) as fault:
        read_workflow(PATH, text)

    assert fault.value.line == line


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param("push", ["push"], id="a word, which is no yes"),
        pytest.param("[push, pull_request]", ["push", "pull_request"], id="a list"),
        pytest.param("{push: , schedule: [{cron: 0 0 * * *}]}", ["push", "schedule"], id="filters"),
    ],
)
def test_events(events: str, expected: list[str]) -> None:
    found = workflow(f"on: {events}\njobs: {{}}")

    assert sorted(trigger.event for trigger in found.triggers) == sorted(expected)


def test_filters_that_are_not_written_are_none() -> None:
    push = workflow("on: {push: {branches: main, tags: []}}\njobs: {}").trigger("push")

    assert push is not None
    assert (push.branches, push.tags, push.paths) == (("main",), (), None)


def test_a_workflow_with_everything() -> None:
    found = workflow(
        """\
        name: Build
        on: push
        permissions: read-all
        defaults: {run: {shell: bash, working-directory: web}}
        env: &shared {A: b}
        jobs:
          first:
            needs: second
            runs-on: [self-hosted, linux]
            permissions: {contents: write}
            continue-on-error: ${{ matrix.odd }}
            steps:
            - uses: acme/scan@v1
              with: {deep: true, level: 3}
              env: *shared
            - name: Test
              if: always()
              run: |
                make
                make test
          second:
            if: false
            uses: ./.github/workflows/other.yml
            with: {a: b}
        """
    )
    first, second = found.jobs
    scan, test = first.steps

    assert found.name == "Build"
    assert found.permissions is not None
    assert found.permissions.scopes == {"*": "read"}
    assert (first.line, first.needs, first.continue_on_error) == (
        7,
        ("second",),
        "${{ matrix.odd }}",
    )
    assert first.permissions is not None
    assert first.permissions.may_write
    assert (scan.line, scan.uses, scan.with_) == (
        13,
        "acme/scan@v1",
        {"deep": "true", "level": "3"},
    )
    assert scan.env == {"A": "b"}
    assert (test.line, test.run_line, test.condition) == (16, 19, "always()")
    assert (test.shell, test.folder) == ("bash", "web")
    assert (second.condition, second.uses) == ("false", "./.github/workflows/other.yml")


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        pytest.param("runs: {using: node20, main: x.js}", None, id="a program"),
        pytest.param("runs: {using: composite}", 0, id="no steps"),
        pytest.param("runs: {using: composite, steps: [{run: a}, {run: b}]}", 2, id="steps"),
    ],
)
def test_composite_actions(text: str, steps: int | None) -> None:
    found = read_action(text)

    assert (None if found is None else len(found)) == steps
