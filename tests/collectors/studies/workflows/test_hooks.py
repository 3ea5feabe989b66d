"""Hooks that run when people commit."""

from textwrap import dedent

from osmm_scan.collectors.studies.workflows.model import Act, Occasion, Truth
from osmm_scan.collectors.studies.workflows.study import automation
from tests.fakes import FakeRepository, observe

CONFIGURATION = """\
    repos:
    - repo: https://example.org/gitleaks
      rev: v1
      hooks:
      - id: gitleaks
        args: [--verbose]
      - id: by-hand
        stages: [manual]
    - repo: local
      hooks:
      - id: own
        entry: uv run scan
        language: system
        args: [--all]
    - 7
    """


def acts(path: str, text: str) -> tuple[Act, ...]:
    return automation(observe(FakeRepository({path: dedent(text)}))).acts


def test_hooks_are_named_by_their_ids() -> None:
    found = acts(".pre-commit-config.yaml", CONFIGURATION)

    assert [(act.uses, act.place.line) for act in found if act.uses] == [
        ("hook:gitleaks", 5),
        ("hook:own", 11),
    ]
    assert found[0].inputs == {"repo": "https://example.org/gitleaks", "args": "--verbose"}
    assert found[0].when == {Occasion.COMMIT: Truth.ALWAYS}


def test_local_hooks_run_their_command() -> None:
    found = acts(".pre-commit-config.yaml", CONFIGURATION)

    assert ("scan", "--all") in found[-1].readings


def test_scripts_of_husky_run_at_commits() -> None:
    found = acts(".husky/pre-commit", "npx lint-staged\nscan .\n")

    assert [act.readings[-1][0] for act in found] == ["lint-staged", "scan"]
    assert found[1].when == {Occasion.COMMIT: Truth.ALWAYS}


def test_a_configuration_without_hooks_has_no_acts() -> None:
    assert acts(".pre-commit-config.yaml", "repos: none") == ()


def test_hooks_that_a_service_may_run_are_not_known_to_run() -> None:
    found = acts(".pre-commit-config.yaml", "ci: {}\nrepos: [{repo: x, hooks: [{id: a}]}]")

    assert found[0].when == {
        Occasion.COMMIT: Truth.ALWAYS,
        Occasion.PROPOSAL: Truth.SETTING,
        Occasion.PUSH: Truth.SETTING,
    }
