"""Whether a practice is wired, judged from what CI does."""

from textwrap import dedent

import pytest

from osmm_scan.collectors.studies.workflows.model import (
    ON_CHANGE,
    ON_RELEASE,
    ON_SCHEDULE,
    REGULARLY,
    Occasion,
)
from osmm_scan.collectors.studies.workflows.practices import Demand, Verdict, practices
from tests.fakes import FakeRepository, observe

CI = ".github/workflows/ci.yml"
HOOKS = ".pre-commit-config.yaml"


def judge(
    practice: str,
    files: dict[str, str],
    demand: Demand = Demand.HEARD,
    occasions: tuple[Occasion, ...] = REGULARLY,
) -> Verdict:
    found = practices(observe(FakeRepository({name: dedent(files[name]) for name in files})))
    return found.judge(practice, occasions, demand=demand)


def job(steps: str, on: str = "[push, pull_request]", more: str = "") -> dict[str, str]:
    return {CI: f"on: {on}\njobs: {{a: {{{more} steps: [{steps}]}}}}"}


TRIVY = "{uses: aquasecurity/trivy-action@v1, with: {exit-code: 1}}"
QUIET = "{uses: aquasecurity/trivy-action@v1}"
UPLOAD = "{uses: github/codeql-action/upload-sarif@v3}"


@pytest.mark.parametrize(
    ("files", "state"),
    [
        pytest.param({}, "no", id="no CI"),
        pytest.param(job("{run: 'echo trivy fs .'}"), "no", id="only mentioned"),
        pytest.param(job("# x\n {uses: a/b@v1}"), "no", id="something else"),
        pytest.param(job(TRIVY, "workflow_dispatch"), "no", id="by hand only"),
        pytest.param(job(TRIVY, more="if: false,"), "no", id="switched off"),
        pytest.param(job(TRIVY, more="continue-on-error: true,"), "no", id="cannot fail"),
        pytest.param(job(QUIET), "no", id="never fails by itself"),
        pytest.param(job(TRIVY, "{push: {tags: ['*']}}"), "no", id="for releases only"),
        pytest.param(job(TRIVY, more="if: vars.SCAN,"), "unknown", id="a setting decides"),
        pytest.param({CI: "a: [}"}, "unknown", id="damaged"),
        pytest.param(
            {CI: "on: push\njobs: {a: {uses: acme/ci/.github/workflows/x.yml@v1}}"},
            "unknown",
            id="kept elsewhere",
        ),
        pytest.param({".travis.yml": "script: npm audit"}, "unknown", id="perhaps left behind"),
        pytest.param(job(TRIVY), "yes", id="fails"),
        pytest.param(job(TRIVY, "{schedule: [{cron: 0 0 * * *}]}"), "yes", id="by schedule"),
        pytest.param(job(f"{QUIET}, {UPLOAD}"), "yes", id="does not fail, but is heard"),
        pytest.param(job("{uses: fossas/fossa-action@v1}"), "yes", id="reports by itself"),
        pytest.param({**job(TRIVY), ".github/workflows/x.yml": "a: [}"}, "yes", id="with a fault"),
        pytest.param({".gitlab-ci.yml": "a: {script: [npm audit]}"}, "yes", id="another system"),
    ],
)
def test_a_scan_of_dependencies(files: dict[str, str], state: str) -> None:
    verdict = judge("sca", files)

    assert (verdict.proof is not None, verdict.is_no) == (state == "yes", state == "no")


def test_an_upload_in_another_job_carries_nothing() -> None:
    files = {CI: f"on: push\njobs: {{a: {{steps: [{QUIET}]}}, b: {{steps: [{UPLOAD}]}}}}"}

    assert judge("sca", files).is_no


def test_the_best_proof_is_cited() -> None:
    files = {
        ".github/workflows/a.yml": f"on: push\njobs: {{a: {{steps: [{TRIVY}]}}}}",
        ".github/workflows/b.yml": f"on: pull_request\njobs: {{a: {{steps: [{TRIVY}]}}}}",
    }
    proof = judge("sca", files).proof

    assert proof is not None
    assert str(proof.act.place) == ".github/workflows/b.yml:2"


def test_why_it_is_unknown() -> None:
    verdict = judge("sca", {CI: "on: push\njobs: {a: {uses: acme/ci/.github/workflows/x.yml@v1}}"})

    assert verdict.unknown is not None
    assert verdict.unknown.why == (
        f"{CI}:2 runs acme/ci/.github/workflows/x.yml, which is kept elsewhere"
    )


@pytest.mark.parametrize(
    ("occasions", "is_there"),
    [
        pytest.param(ON_SCHEDULE, False, id="schedule"),
        pytest.param(ON_CHANGE, True, id="change"),
    ],
)
def test_the_occasion_counts(occasions: tuple[Occasion, ...], is_there: bool) -> None:
    assert (judge("sca", job(TRIVY), occasions=occasions).proof is not None) is is_there


@pytest.mark.parametrize(
    ("files", "stops"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param(job("{run: pre-commit run --all-files || true}"), False, id="cannot fail"),
        pytest.param(job("{run: pre-commit run --all-files}", "push"), False, id="too late"),
        pytest.param(job("{uses: pre-commit/action@v3}"), True, id="an action"),
        pytest.param(job("{run: uvx pre-commit run -a}"), True, id="a command"),
    ],
)
def test_hooks_stop_a_proposal_when_ci_runs_them_too(files: dict[str, str], stops: bool) -> None:
    hook = {HOOKS: "repos: [{repo: x, hooks: [{id: gitleaks}]}]"}

    verdict = judge("secrets", {**files, **hook}, Demand.FAILS, (Occasion.PROPOSAL,))

    assert (verdict.proof is not None) is stops


@pytest.mark.parametrize(
    ("pom", "is_there"),
    [
        pytest.param({}, False, id="no file"),
        pytest.param({"pom.xml": "<!-- <artifactId>maven-gpg-plugin -->"}, False, id="comment"),
        pytest.param({"web/pom.xml": "<artifactId>maven-gpg-plugin</artifactId>"}, False, id="web"),
        pytest.param({"pom.xml": " <artifactId>maven-gpg-plugin</artifactId>"}, True, id="plugin"),
    ],
)
def test_a_recogniser_may_ask_a_file(pom: dict[str, str], is_there: bool) -> None:
    files = {**job("{run: mvn deploy}", "release"), **pom}

    verdict = judge("attestation", files, Demand.HAPPENS, ON_RELEASE)

    assert (verdict.proof is not None) is is_there
