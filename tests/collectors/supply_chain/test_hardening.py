"""What is good and bad in GitHub workflows."""

from __future__ import annotations

from textwrap import indent

import pytest

from osmm_scan.collectors.supply_chain.findings import findings
from osmm_scan.collectors.supply_chain.hardening import hardening
from osmm_scan.model import Evidence
from osmm_scan.sources.repository import Remote
from tests.fakes import FakeRepository, observe

CI = ".github/workflows/ci.yml"
SHA = "a" * 40
REMOTE = Remote("github.com", "acme", "widgets")


def workflow(on: str, steps: str, more: str = "") -> dict[str, str]:
    return {CI: f"on: {on}\njobs:\n  a:\n    {more}\n    steps:\n" + indent(steps, "    ")}


def bad(files: dict[str, str]) -> list[tuple[str, int, str]]:
    found = findings(observe(FakeRepository(files, remote=REMOTE)))
    return [(one.kind.name, one.place.line, one.what) for one in found.bad]


@pytest.mark.parametrize(
    ("on", "step", "expected"),
    [
        pytest.param("push", "- uses: actions/checkout@v4", [], id="an action of GitHub"),
        pytest.param("push", "- uses: Acme/scan@v1", [], id="an action of the same owner"),
        pytest.param("push", "- uses: ./scan", [], id="a local action"),
        pytest.param("push", f"- uses: other/scan@{SHA}", [], id="pinned"),
        pytest.param("push", f"- uses: docker://x@sha256:{SHA}", [], id="a pinned image"),
        pytest.param("push", "- {run: 'echo ${{ github.sha }}'}", [], id="a harmless value"),
        pytest.param(
            "push", "- {run: 'echo $T', env: {T: '${{ github.head_ref }}'}}", [], id="by variable"
        ),
        pytest.param(
            "issues",
            """- {run: "echo ${{ contains(github.event.issue.title, 'x') }}"}""",
            [],
            id="only asked about",
        ),
        pytest.param(
            "pull_request",
            "- {uses: actions/checkout@v4, with: {ref: '${{ github.head_ref }}'}}",
            [],
            id="a proposal without privileges",
        ),
        pytest.param("pull_request_target", "- uses: actions/checkout@v4", [], id="the target"),
        pytest.param("push", "- uses: other/scan@v1", [("UNPINNED", 6, "other/scan@v1")], id="tag"),
        pytest.param(
            "push",
            f"- uses: other/x@{SHA[:7]}",
            [("UNPINNED", 6, f"other/x@{SHA[:7]}")],
            id="short",
        ),
        pytest.param("push", "- uses: docker://x:1", [("UNPINNED", 6, "docker://x:1")], id="image"),
        pytest.param(
            "issues",
            "- run: |\n    echo\n    echo ${{ github.event.issue.title }}",
            [("INJECTION", 8, "github.event.issue.title")],
            id="a title in a script",
        ),
        pytest.param(
            "push",
            "- {run: 'x ${{ github.event.commits[0].message }}'}",
            [("INJECTION", 6, "github.event.commits.*.message")],
            id="a message of a list",
        ),
        pytest.param(
            "issue_comment",
            "- {uses: actions/github-script@v7, "
            "with: {script: 'x ${{ github.event.comment.body }}'}}",
            [("INJECTION", 6, "github.event.comment.body")],
            id="a comment in a program",
        ),
        pytest.param(
            "[pull_request_target]",
            "- {uses: actions/checkout@v4, "
            "with: {ref: '${{ github.event.pull_request.head.sha }}'}}",
            [("UNTRUSTED_CODE", 6, "actions/checkout@v4")],
            id="a privileged checkout",
        ),
        pytest.param(
            "{workflow_run: {workflows: [x]}}",
            "- {uses: actions/checkout@v4, "
            "with: {ref: '${{ github.event.workflow_run.head_sha }}'}}",
            [("UNTRUSTED_CODE", 6, "actions/checkout@v4")],
            id="behind another workflow",
        ),
        pytest.param(
            "pull_request_target",
            "- run: gh pr checkout 7",
            [("UNTRUSTED_CODE", 6, "a fetch of the proposal")],
            id="by command",
        ),
        pytest.param(
            "push",
            "- {run: x, env: {ACTIONS_ALLOW_UNSECURE_COMMANDS: true}}",
            [("UNSAFE_COMMANDS", 6, "ACTIONS_ALLOW_UNSECURE_COMMANDS")],
            id="insecure commands",
        ),
    ],
)
def test_findings(on: str, step: str, expected: list[tuple[str, int, str]]) -> None:
    assert bad(workflow(on, step)) == expected


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        pytest.param("if: false", 0, id="never"),
        pytest.param("if: github.event_name == 'push'", 0, id="not for proposals"),
        pytest.param("if: github.actor != 'x'", 1, id="for some"),
    ],
)
def test_a_job_that_never_runs_for_proposals_is_no_danger(condition: str, count: int) -> None:
    step = "- {uses: actions/checkout@v4, with: {ref: '${{ github.head_ref }}'}}"

    assert len(bad(workflow("[push, pull_request_target]", step, condition))) == count


def test_a_reusable_workflow_must_be_pinned_too() -> None:
    files = {CI: "on: push\njobs:\n  a:\n    uses: x/y/.github/workflows/z.yml@main\n"}

    assert bad(files) == [("UNPINNED", 3, "x/y/.github/workflows/z.yml@main")]


def facts(files: dict[str, str]) -> dict[str, Evidence]:
    items = hardening(observe(FakeRepository(files, remote=REMOTE)))
    return {item.key: item for item in items}


@pytest.mark.parametrize(
    ("head", "job", "expected"),
    [
        pytest.param("permissions: write-all", "", False, id="everything"),
        pytest.param("permissions: read-all", "permissions: write-all", False, id="in the job"),
        pytest.param("", "", None, id="the host decides"),
        pytest.param("", "permissions: {contents: write}", True, id="in the job alone"),
        pytest.param("permissions: {}", "", True, id="nothing"),
        pytest.param("permissions: {contents: read}", "", True, id="reading"),
        pytest.param("permissions: {contents: write}", "", True, id="one job"),
    ],
)
def test_rights_of_the_token(head: str, job: str, expected: object) -> None:
    files = {CI: f"{head}\non: push\njobs:\n  a:\n    {job}\n    steps: []\n"}

    assert facts(files)["workflow.least_privilege"].value is expected


def test_rights_to_write_for_several_jobs_are_too_many() -> None:
    text = "permissions: {contents: write}\non: push\njobs: {a: {steps: []}, b: {steps: []}}"

    assert facts({CI: text})["workflow.least_privilege"].value is False


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, None, id="no workflow"),
        pytest.param({CI: "a: [}"}, None, id="damaged"),
        pytest.param(
            {CI: f"permissions: {{}}\non: push\njobs: {{a: {{steps: [{{uses: x/y@{SHA}}}]}}}}"},
            1.0,
            id="all good",
        ),
        pytest.param(
            {CI: "permissions: write-all\non: push\njobs: {a: {steps: [{uses: x/y@v1}]}}"},
            0.3333,
            id="no dangerous trigger, nothing else",
        ),
        pytest.param(
            {CI: f"on: push\njobs: {{a: {{steps: [{{uses: x/y@v1}}, {{uses: x/y@{SHA}}}]}}}}"},
            {"low": 0.5, "high": 0.8333},
            id="the host decides on rights",
        ),
    ],
)
def test_the_index(files: dict[str, str], expected: object) -> None:
    assert facts(files)["workflow.hardening"].value == expected


def test_without_workflows_nothing_is_unsafe() -> None:
    items = facts({})

    assert [items[key].value for key in ("workflow.safe", "workflow.sanitized")] == [True, True]


def test_a_damaged_workflow_may_hide_what_is_unsafe() -> None:
    items = facts({CI: "a: [}", ".github/workflows/b.yml": "on: push\njobs: {}"})

    assert items["workflow.safe"].value is None


def test_what_is_unsafe_is_cited_beside_a_damaged_workflow() -> None:
    items = facts({**workflow("push", "- uses: x/y@v1"), ".github/workflows/z.yml": "a: [}"})

    safe = items["workflow.safe"]
    assert (safe.value, safe.source.path, safe.source.line) == (False, CI, 6)
    assert items["workflow.sanitized"].value is None
    assert items["workflow.finding"].value == (
        "action of others that is not pinned to a commit: x/y@v1"
    )


def test_findings_without_number_are_cut() -> None:
    step = "- {run: '" + "${{ github.head_ref }}" * 600 + "'}"
    items = list(hardening(observe(FakeRepository(workflow("push", step), remote=REMOTE))))

    assert sum(item.key == "workflow.finding" for item in items) == 500
