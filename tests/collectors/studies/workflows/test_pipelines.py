"""CI systems other than GitHub Actions, read more weakly."""

from textwrap import dedent

import pytest

from osmm_scan.collectors.studies.workflows.model import Act, Occasion, Truth
from osmm_scan.collectors.studies.workflows.study import automation
from tests.fakes import FakeRepository, observe

GITLAB = ".gitlab-ci.yml"


def acts(path: str, text: str) -> tuple[Act, ...]:
    return automation(observe(FakeRepository({path: dedent(text)}))).acts


def commands(path: str, text: str) -> list[str]:
    return [" ".join(act.readings[0]) for act in acts(path, text) if act.readings]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(GITLAB, "# test: {script: [scan]}", id="commented out"),
        pytest.param(GITLAB, ".hidden: {script: [scan]}", id="a hidden job"),
        pytest.param(GITLAB, "a: {description: scan}", id="another key"),
        pytest.param(GITLAB, "a: {script: [1, null, {}]}", id="no text"),
        pytest.param("Jenkinsfile", "// sh 'scan'\n  * sh 'scan'\n", id="comments of Jenkins"),
        pytest.param("Jenkinsfile", "sh 'scan", id="a text that does not end"),
        pytest.param(".circleci/config.yml", "jobs: {a: {docker: [{image: scan}]}}", id="image"),
    ],
)
def test_what_runs_nothing(path: str, text: str) -> None:
    assert commands(path, text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(GITLAB, "a: {script: [scan .]}", id="GitLab"),
        pytest.param(GITLAB, "a: {script: scan .}", id="GitLab, one text"),
        pytest.param(GITLAB, "a: {extends: .h}\n.h: {script: [scan .]}", id="GitLab, extended"),
        pytest.param(GITLAB, ".h: &h {script: [scan .]}\na:\n  <<: *h", id="GitLab, merged"),
        pytest.param(GITLAB, "a: {script: [!reference [.h, x], scan .]}", id="GitLab, a tag"),
        pytest.param("Jenkinsfile", "steps { sh 'scan .' }", id="Jenkins"),
        pytest.param("Jenkinsfile", 'sh(script: """\nscan .\n""")', id="Jenkins, long"),
        pytest.param(
            ".circleci/config.yml", "jobs: {a: {steps: [run: {command: scan .}]}}", id="CircleCI"
        ),
        pytest.param("azure-pipelines.yml", "steps: [{script: scan .}, {bash: ''}]", id="Azure"),
        pytest.param(".travis.yml", "script: [scan .]", id="Travis"),
        pytest.param(".drone.yml", "a: b\n---\nsteps: [{commands: [scan .]}]", id="Drone"),
        pytest.param("appveyor.yml", "test_script: [{cmd: scan .}]", id="AppVeyor"),
        pytest.param(".cirrus.yml", "task: {check_script: scan .}", id="Cirrus"),
        pytest.param(".buildkite/pipeline.yml", "steps: [{command: scan .}]", id="Buildkite"),
        pytest.param(".tekton/a.yaml", "spec: {steps: [{script: scan .}]}", id="Tekton"),
        pytest.param("buildspec.yml", "phases: {build: {commands: [scan .]}}", id="CodeBuild"),
    ],
)
def test_commands_are_found(path: str, text: str) -> None:
    assert commands(path, text) == ["scan ."]


def test_lines_are_those_of_the_commands() -> None:
    gitlab = acts(GITLAB, "a:\n  script:\n  - one\n  - |\n    two\n    three\n")
    jenkins = acts("Jenkinsfile", "node {\n  sh '''\n    one\n  '''\n}\n")

    assert [act.place.line for act in gitlab] == [3, 5, 6]
    assert [act.place.line for act in jenkins] == [3]


@pytest.mark.parametrize(
    ("job", "when"),
    [
        pytest.param("when: never", set(), id="never"),
        pytest.param("rules: [{when: never}]", set(), id="a rule that says never"),
        pytest.param("when: manual", {Occasion.OTHER}, id="by hand"),
        pytest.param("rules: [{if: $A, when: manual}]", {Occasion.OTHER}, id="a rule: by hand"),
        pytest.param("only: [tags]", {Occasion.RELEASE}, id="tags"),
        pytest.param("only: {refs: [schedules]}", {Occasion.SCHEDULE}, id="schedules"),
        pytest.param("rules: [{if: $CI_COMMIT_TAG}]", {Occasion.RELEASE}, id="a rule: tags"),
        pytest.param(
            """rules: [{if: '$CI_PIPELINE_SOURCE == "schedule"'}, {when: never}]""",
            {Occasion.SCHEDULE},
            id="a rule: schedules",
        ),
        pytest.param("only: [main]", {Occasion.PUSH, Occasion.PROPOSAL}, id="a branch"),
        pytest.param("stage: test", {Occasion.PUSH, Occasion.PROPOSAL}, id="usual"),
    ],
)
def test_when_a_job_of_gitlab_runs(job: str, when: set[Occasion]) -> None:
    found = acts(GITLAB, f"a:\n  script: [scan]\n  {job}\n")

    assert {name for name, often in found[0].when.items() if often is Truth.ALWAYS} == when


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        pytest.param("a: {script: [scan], allow_failure: true}", False, id="GitLab"),
        pytest.param("steps: [{script: scan, continueOnError: true}]", False, id="Azure"),
        pytest.param("steps: [{commands: [scan], failure: ignore}]", False, id="Drone"),
        pytest.param("a: {script: [scan]}", True, id="usual"),
    ],
)
def test_jobs_that_may_fail_unnoticed(text: str, fails: bool) -> None:
    assert acts(GITLAB if text.startswith("a") else ".drone.yml", text)[0].fails is fails


@pytest.mark.parametrize(
    ("path", "text", "uses"),
    [
        pytest.param(
            GITLAB,
            "include: [{template: Security/SAST.gitlab-ci.yml}, {local: x.yml}]",
            ["template:Security/SAST.gitlab-ci.yml"],
            id="a template",
        ),
        pytest.param(GITLAB, "include: {project: acme/ci}", ["project:acme/ci"], id="a project"),
        pytest.param(GITLAB, "include: x.yml", [], id="a file of its own"),
        pytest.param("Jenkinsfile", "buildPlugin(a: 1)", ["library:buildPlugin"], id="plugin"),
        pytest.param("Jenkinsfile", "@Library('x@1') _", ["library:x@1"], id="a library"),
        pytest.param("azure-pipelines.yml", "a: [{task: X@1}]", ["task:X@1"], id="a task"),
        pytest.param(".circleci/config.yml", "orbs: {a: x/y@1}", ["orb:x/y@1"], id="an orb"),
    ],
)
def test_what_is_used(path: str, text: str, uses: list[str]) -> None:
    assert [act.uses for act in acts(path, text)] == uses


def test_jobs_that_extend_each_other_end() -> None:
    assert commands(GITLAB, "a: {extends: b, script: [scan]}\nb: {extends: a}") == ["scan", "scan"]


@pytest.mark.parametrize("unit", [" ", "\t", "sh(", "sh '", "@Library([", "- ", "<<:", "//"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    for path in ("Jenkinsfile", GITLAB):
        assert len(acts(path, "@Library(sh" + unit * 100_000)) < 100_001
