"""All CI of a repository: what happens when, and what could not be read."""

from textwrap import dedent, indent

import pytest

from osmm_scan.collectors.studies.workflows.model import Act, Occasion, Truth
from osmm_scan.collectors.studies.workflows.study import Automation, automation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Remote
from tests.fakes import FakeRepository, observe

CI = ".github/workflows/ci.yml"
ON_PUSH = Occasion.PUSH


def study(files: dict[str, str | Unobserved], remote: Remote | None = None) -> Automation:
    plain = {path: dedent(text) if isinstance(text, str) else text for path, text in files.items()}
    return automation(observe(FakeRepository(plain, remote=remote)))


def jobs(text: str, on: str = "push") -> dict[str, str | Unobserved]:
    return {CI: f"on: {on}\njobs:\n" + indent(dedent(text), "  ")}


def scan(found: Automation) -> Act:
    """Return the one act that is called scan."""
    acts = [act for act in found.acts if any(words[0] == "scan" for words in act.readings)]
    assert len(acts) == 1
    return acts[0]


@pytest.mark.parametrize(
    ("job", "often"),
    [
        pytest.param("a: {if: false, steps: [{run: scan}]}", Truth.NEVER, id="job switched off"),
        pytest.param("a: {steps: [{run: scan, if: false}]}", Truth.NEVER, id="step switched off"),
        pytest.param(
            "a: {needs: b, steps: [{run: scan}]}\nb: {if: false, steps: []}",
            Truth.NEVER,
            id="needs a job that never runs",
        ),
        pytest.param(
            "a: {if: always(), needs: b, steps: [{run: scan}]}\nb: {if: false, steps: []}",
            Truth.ALWAYS,
            id="runs whatever it needs",
        ),
        pytest.param(
            "a: {needs: b, steps: [{run: scan}]}\nb: {needs: a, steps: []}",
            Truth.ALWAYS,
            id="jobs in a circle",
        ),
        pytest.param("a: {if: vars.A, steps: [{run: scan}]}", Truth.SETTING, id="by a setting"),
        pytest.param("a: {steps: [{run: scan, if: matrix.a}]}", Truth.SOMETIMES, id="a matrix"),
        pytest.param("a: {steps: [{run: scan}]}", Truth.ALWAYS, id="without conditions"),
    ],
)
def test_when_a_step_happens(job: str, often: Truth) -> None:
    assert scan(study(jobs(job))).when[ON_PUSH] is often


@pytest.mark.parametrize(
    ("job", "fails"),
    [
        pytest.param("a: {continue-on-error: true, steps: [{run: scan}]}", False, id="job"),
        pytest.param("a: {steps: [{run: scan, continue-on-error: true}]}", False, id="step"),
        pytest.param("a: {steps: [{run: scan || true}]}", False, id="command"),
        pytest.param("a: {steps: [{run: scan | tee x}]}", False, id="pipe in the default shell"),
        pytest.param("a: {steps: [{run: scan | tee x, shell: bash}]}", True, id="pipe in bash"),
        pytest.param(
            "a: {steps: [{id: s, run: scan, continue-on-error: true}, "
            "{run: exit 1, if: steps.s.outcome == 'failure'}]}",
            True,
            id="a later step asks for the outcome",
        ),
        pytest.param(
            "a: {continue-on-error: '${{ matrix.odd }}', steps: [{run: scan}]}", True, id="a leg"
        ),
        pytest.param("a: {steps: [{run: scan}]}", True, id="plain"),
    ],
)
def test_whether_a_failure_counts(job: str, fails: bool) -> None:
    assert scan(study(jobs(job))).fails is fails


def test_the_place_is_that_of_the_command() -> None:
    found = study(jobs("  a:\n    steps:\n    - run: |\n        make\n        scan .\n"))

    assert str(scan(found).place) == f"{CI}:7"


def test_a_script_of_another_language_is_no_shell() -> None:
    assert study(jobs("  a: {steps: [{run: scan, shell: python}]}")).acts == ()


def test_a_script_given_to_an_action_is_a_script() -> None:
    found = study(jobs("  a: {steps: [{uses: acme/retry@v1, with: {command: scan .}}]}"))

    assert scan(found).readings == (("scan", "."),)


def test_a_local_workflow_runs_when_it_is_called() -> None:
    found = study(
        {
            CI: "on: push\njobs: {a: {uses: ./.github/workflows/b.yml, with: {deep: false}}}",
            ".github/workflows/b.yml": """\
                on: workflow_call
                jobs:
                  b:
                    steps:
                    - {run: scan, if: inputs.deep}
                    - {run: other, if: '!inputs.deep'}
                """,
        }
    )
    other = next(act for act in found.acts if act.readings == (("other",),))

    assert scan(found).when[ON_PUSH] is Truth.NEVER
    assert other.when[ON_PUSH] is Truth.ALWAYS
    assert (other.place.path, other.workflow) == (".github/workflows/b.yml", CI)


def test_what_a_caller_gives_is_put_into_scripts() -> None:
    action = """\
        runs:
          using: composite
          steps:
          - {run: "${{ inputs.program }} run${{ inputs.quick == 'true' && ' --quick' || '' }}"}
        """
    found = study(
        {
            CI: "on: push\njobs: {a: {steps: [{uses: ./b, with: {program: scan, quick: true}}]}}",
            "b/action.yml": action,
        }
    )

    assert scan(found).readings == (("scan", "run", "--quick"),)


def test_a_local_workflow_that_nobody_calls_never_runs() -> None:
    found = study(
        {".github/workflows/b.yml": "on: workflow_call\njobs: {b: {steps: [{run: scan}]}}"}
    )

    assert scan(found).when == {}


def test_workflows_that_call_each_other_end() -> None:
    files: dict[str, str | Unobserved] = {
        f".github/workflows/{name}.yml": f"""\
            on: [push, workflow_call]
            jobs:
              x: {{uses: ./.github/workflows/{other}.yml}}
              y: {{uses: ./.github/workflows/{other}.yml}}
            """
        for name, other in (("a", "b"), ("b", "a"))
    }

    assert study(files).acts == ()


def test_a_local_action_is_followed() -> None:
    found = study(
        {
            **jobs("  a: {steps: [{uses: ./tools/scan, continue-on-error: true}]}"),
            "tools/scan/action.yml": "runs: {using: composite, steps: [{run: scan, shell: sh}]}",
        }
    )

    assert (scan(found).place.path, scan(found).fails) == ("tools/scan/action.yml", False)


def test_a_workflow_of_others_is_an_act_of_its_own() -> None:
    found = study(jobs("  a: {uses: acme/shared/.github/workflows/x.yml@v1}"))

    assert found.acts[0].uses == "acme/shared/.github/workflows/x.yml@v1"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        pytest.param({CI: "a: [}"}, f"{CI}:1: ", id="no YAML"),
        pytest.param({CI: "[" * 100_000}, f"{CI}:1: nested", id="brackets that kill parsers"),
        pytest.param({CI: Unobserved(Missing.TRUNCATED, "too large")}, "too large", id="size"),
        pytest.param(
            {CI: "on: push\njobs: {a: {uses: ./.github/workflows/b.yml}}"},
            f"{CI}:2: ./.github/workflows/b.yml is not among",
            id="a workflow that is not there",
        ),
        pytest.param(
            {
                CI: "on: push\njobs: {a: {steps: [{uses: ./x}]}}",
                "x/action.yml": "runs: {using: composite, steps: {}}",
            },
            "x/action.yml:1: 'steps' must be a list",
            id="an action",
        ),
        pytest.param({".gitlab-ci.yml": "a: [}"}, ".gitlab-ci.yml:1: ", id="another system"),
        pytest.param(
            {".pre-commit-config.yaml": "a: [}"}, ".pre-commit-config.yaml:1: ", id="hook"
        ),
    ],
)
def test_what_is_damaged_says_where(files: dict[str, str | Unobserved], why: str) -> None:
    found = study(files)

    assert [part.reason.why.startswith(why) for part in found.unread] == [True]


def test_one_damaged_workflow_hides_no_other() -> None:
    found = study({**jobs("  a: {steps: [{run: scan}]}"), ".github/workflows/x.yml": "a: [}"})

    assert scan(found).when[ON_PUSH] is Truth.ALWAYS
    assert [part.place.path for part in found.damaged] == [".github/workflows/x.yml"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("vendor/x/.github/workflows/ci.yml", id="somebody else's"),
        pytest.param(".github/workflows/old/ci.yml", id="in a folder below"),
        pytest.param(".github/workflows/ci.yml.disabled", id="renamed"),
        pytest.param("workflows/ci.yml", id="elsewhere"),
    ],
)
def test_workflows_elsewhere_are_none(path: str) -> None:
    assert study({path: "on: push\njobs: {a: {steps: [{run: scan}]}}"}).acts == ()


def test_calls_that_multiply_are_cut() -> None:
    calls = "".join(f"  j{n}: {{uses: ./.github/workflows/b.yml}}\n" for n in range(40))
    deeper = calls.replace("b.yml", "c.yml")
    steps = "{run: a}, " * 40
    found = study(
        {
            CI: f"on: push\njobs:\n{calls}",
            ".github/workflows/b.yml": f"on: workflow_call\njobs:\n{deeper}",
            ".github/workflows/c.yml": f"on: workflow_call\njobs: {{a: {{steps: [{steps}]}}}}",
        }
    )

    assert len(found.acts) == 50_000
    assert [part.reason.missing for part in found.unread] == [Missing.TRUNCATED]


@pytest.mark.parametrize(
    ("path", "host", "often"),
    [
        pytest.param(CI, "gitlab.com", Truth.SETTING, id="workflows at another forge"),
        pytest.param(CI, "github.com", Truth.ALWAYS, id="workflows at GitHub"),
        pytest.param(CI, "git.acme.example", Truth.ALWAYS, id="workflows at an own server"),
        pytest.param(".gitlab-ci.yml", "github.com", Truth.SETTING, id="GitLab at another forge"),
        pytest.param(".gitlab-ci.yml", "gitlab.com", Truth.ALWAYS, id="GitLab at home"),
        pytest.param(".travis.yml", "github.com", Truth.SETTING, id="Travis, left behind or not"),
        pytest.param(".circleci/config.yml", "github.com", Truth.ALWAYS, id="CircleCI"),
    ],
)
def test_who_runs_it(path: str, host: str, often: Truth) -> None:
    text = "on: push\njobs: {a: {steps: [{run: scan}]}}"
    if path != CI:
        text = "a: {script: [scan]}"

    found = study({path: text}, Remote(host, "acme", "widgets"))

    assert scan(found).when[ON_PUSH] is often


def test_systems_are_named_with_their_first_file() -> None:
    found = study(
        {
            ".gitlab-ci.yml": "",
            "Jenkinsfile": "",
            CI: "",
            ".azure-pipelines/b/x.yml": "",
            "azure-pipelines.yml": "",
        }
    )

    assert found.systems == (
        ("GitHub Actions", CI),
        ("GitLab CI", ".gitlab-ci.yml"),
        ("Jenkins", "Jenkinsfile"),
        ("Azure Pipelines", ".azure-pipelines/b/x.yml"),
    )
