"""What a repository's CI does by itself."""

from textwrap import dedent

import pytest

from osmm_scan.collectors import ci_automation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Remote
from tests.fakes import FakeRepository, observe

CI = ".github/workflows/ci.yml"
REMOTE = Remote("github.com", "acme", "widgets")


def evidence(files: dict[str, str | Unobserved], remote: Remote | None = REMOTE) -> list[Evidence]:
    plain = {name: dedent(text) if isinstance(text, str) else text for name, text in files.items()}
    return list(ci_automation.collect(observe(FakeRepository(plain, remote=remote))))


def fact(key: str, files: dict[str, str | Unobserved], remote: Remote | None = REMOTE) -> Evidence:
    found = [item for item in evidence(files, remote) if item.key == key]
    assert len(found) == 1
    return found[0]


def job(step: str, on: str = "push") -> dict[str, str | Unobserved]:
    return {CI: f"on: {on}\njobs: {{a: {{steps: [{step}]}}}}"}


def test_every_fact_is_yielded_exactly_once() -> None:
    keys = [item.key for item in evidence({}) if item.key in ci_automation.FACTS]

    assert sorted(keys) == sorted(ci_automation.FACTS)


def test_details_are_declared() -> None:
    files = {**job("{run: npm audit || true}"), "x/osv-scanner.toml": "", ".gitlab-ci.yml": "a: [}"}

    keys = {item.key for item in evidence(files)} - ci_automation.FACTS.keys()

    assert keys == ci_automation.DETAILS.keys()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({CI: "# on: push"}, False, id="comments only"),
        pytest.param({"vendor/x/.travis.yml": "script: make"}, False, id="somebody else's"),
        pytest.param({".github/dependabot.yml": "version: 2"}, False, id="another file"),
        pytest.param({CI: "a: [}"}, None, id="damaged"),
        pytest.param(job("{run: make}"), True, id="a workflow"),
        pytest.param({"Jenkinsfile": "sh 'make'"}, True, id="another system"),
    ],
)
def test_any_ci(files: dict[str, str | Unobserved], expected: bool | None) -> None:
    assert fact("ci.any", files).value is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no CI"),
        pytest.param(job("{run: ruff check}"), False, id="lint only"),
        pytest.param(job("{run: pytest || true}"), False, id="cannot fail"),
        pytest.param(job("{run: pytest}", "{schedule: [{cron: 0 0 * * *}]}"), False, id="nightly"),
        pytest.param(
            {
                **job("{run: npm test}"),
                "package.json": '{"scripts": {"test": "echo no && exit 1"}}',
            },
            False,
            id="the stub of npm",
        ),
        pytest.param({"OWNERS": "reviewers:\n- ada\n"}, False, id="owners of another kind"),
        pytest.param({"OWNERS": "approvers:\n- ada\n"}, None, id="run by Prow"),
        pytest.param({".gitreview": "[gerrit]\nhost=x\n"}, None, id="run by Gerrit"),
        pytest.param({".travis.yml": "script: pytest"}, None, id="perhaps by Travis"),
        pytest.param({CI: Unobserved(Missing.FAULT, "x")}, None, id="unreadable"),
        pytest.param(job("{run: uv run pytest}"), True, id="tests"),
        pytest.param({**job("{run: pytest}"), "OWNERS": "approvers:"}, True, id="tests and Prow"),
    ],
)
def test_tests_on_change(files: dict[str, str | Unobserved], expected: bool | None) -> None:
    assert fact("ci.tests", files).value is expected


def test_the_deciding_step_is_cited() -> None:
    found = fact("ci.tests", {CI: "on: push\njobs:\n  a:\n    steps:\n    - run: pytest\n"})

    assert (found.source.path, found.source.line) == (CI, 5)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(job("{run: reuse lint}"), False, id="own headers are no dependencies"),
        pytest.param(job("{run: license-checker --summary}"), False, id="only listed"),
        pytest.param(job("{run: license-checker --failOn GPL}"), True, id="checked"),
    ],
)
def test_licenses_of_dependencies(files: dict[str, str | Unobserved], expected: bool) -> None:
    assert fact("license.scanned_in_ci", files).value is expected


@pytest.mark.parametrize(
    ("files", "remote", "expected"),
    [
        pytest.param({}, REMOTE, False, id="nothing"),
        pytest.param(job("{uses: actions/checkout@v4}"), REMOTE, False, id="somebody else's"),
        pytest.param(job("{uses: acme/widgets@v1}"), REMOTE, False, id="its own action"),
        pytest.param(job("{uses: acmecorp/x@v1}"), REMOTE, False, id="a longer name"),
        pytest.param({"renovate.json": "github>acme/widgets"}, REMOTE, False, id="itself"),
        pytest.param({"renovate.json": "github>acmecorp/x"}, REMOTE, False, id="a longer owner"),
        pytest.param(job("{uses: acme/scan@v1}"), None, None, id="owner unknown"),
        pytest.param({CI: "a: [}"}, REMOTE, None, id="damaged"),
        pytest.param(job("{uses: Acme/scan@v1}"), REMOTE, True, id="an action"),
        pytest.param(
            {CI: "on: push\njobs: {a: {uses: acme/ci/.github/workflows/x.yml@v1}}"},
            REMOTE,
            True,
            id="a workflow",
        ),
        pytest.param(
            {
                ".pre-commit-config.yaml": "repos: [{repo: https://github.com/acme/hooks, "
                "hooks: [{id: x}]}]"
            },
            REMOTE,
            True,
            id="a hook",
        ),
        pytest.param({"renovate.json": '["github>acme/presets:js"]'}, REMOTE, True, id="a preset"),
        pytest.param({"renovate.json": '["local>acme"]'}, REMOTE, True, id="the default preset"),
        pytest.param(
            {".copier-answers.yml": "_src_path: gh:acme/template"}, REMOTE, True, id="a template"
        ),
        pytest.param({".gitlab-ci.yml": "include: {project: acme/ci}"}, REMOTE, True, id="GitLab"),
    ],
)
def test_shared_parts(
    files: dict[str, str | Unobserved], remote: Remote | None, expected: bool | None
) -> None:
    assert fact("baseline.shared", files, remote).value is expected


@pytest.mark.parametrize(
    ("on", "step", "expected"),
    [
        pytest.param("push", "{uses: ossf/scorecard-action@v2}", False, id="on change only"),
        pytest.param("{schedule: [{cron: 0 0 * * 1}]}", "{run: pytest}", False, id="no report"),
        pytest.param(
            "{schedule: [{cron: 0 0 1 1 *}]}",
            "{uses: ossf/scorecard-action@v2}",
            False,
            id="yearly",
        ),
        pytest.param(
            "{schedule: [{cron: 0 0 * * 1}]}", "{uses: ossf/scorecard-action@v2}", True, id="weekly"
        ),
        pytest.param(
            "{schedule: [{cron: 0 0 1 */3 *}]}", "{run: ort report}", True, id="quarterly"
        ),
    ],
)
def test_reports_by_schedule(on: str, step: str, expected: bool) -> None:
    assert fact("reporting.scheduled", job(step, on)).value is expected


def test_a_check_that_does_not_count_says_why() -> None:
    found = evidence(job("{run: npm audit || true}, {run: pytest}", "workflow_dispatch"))

    assert [item.value for item in found if item.key == "ci.ineffective"] == [
        "sca: it cannot fail, and its findings go nowhere",
        "tests: it does not run by itself",
    ]


def test_what_is_damaged_is_shown() -> None:
    found = fact("ci.fault", {CI: "a: [}"})

    assert (found.missing, found.source.path) == (Missing.FAULT, CI)
    assert found.why.startswith(f"{CI}:1: ")
