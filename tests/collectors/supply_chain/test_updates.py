"""Whether updates of dependencies come by themselves."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.supply_chain.updates import updates
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Commit
from tests.fakes import FakeRepository, commit, observe

BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"
RECENT = commit("2026-06-01", BOT, "Bump x")
OLD = commit("2026-01-01", BOT, "Bump x")
DEPENDABOT = ".github/dependabot.yml"
NPM = "version: 2\nupdates:\n- package-ecosystem: npm\n  directory: /\n"
ACTIONS = NPM.replace("npm", "github-actions")
PACKAGE = {"package.json": '{"dependencies": {"left-pad": "1"}}'}


def found(
    files: dict[str, str | Unobserved], history: list[Commit] | Unobserved | None = None
) -> list[Evidence]:
    commits = [commit("2026-05-01")] if history is None else history
    return list(updates(observe(FakeRepository(files, commits=commits))))


def automated(files: dict[str, str | Unobserved], history: list[Commit] | Unobserved) -> Evidence:
    return next(item for item in found(files, history) if item.key == "updates.automated")


@pytest.mark.parametrize(
    ("files", "history", "expected"),
    [
        pytest.param({}, [], False, id="nothing"),
        pytest.param({}, [OLD], False, id="a bot of long ago"),
        pytest.param({DEPENDABOT: "version: 2\nupdates: []"}, [], False, id="hollow"),
        pytest.param({DEPENDABOT: ACTIONS, **PACKAGE}, [RECENT], False, id="actions only"),
        pytest.param({DEPENDABOT: NPM}, [OLD], None, id="configured, nothing merged lately"),
        pytest.param({DEPENDABOT: "a: [}"}, [], None, id="damaged"),
        pytest.param({}, Unobserved(Missing.TRUNCATED, "shallow"), None, id="history unknown"),
        pytest.param({DEPENDABOT: NPM}, [RECENT], True, id="configured and merged"),
        pytest.param({}, [RECENT], True, id="configured elsewhere, and merged"),
        pytest.param({DEPENDABOT: ACTIONS}, [RECENT], True, id="actions, and nothing else in use"),
        pytest.param(
            {DEPENDABOT: "a: [}", "renovate.json": "{}"}, [RECENT], True, id="one of two damaged"
        ),
    ],
)
def test_updates(
    files: dict[str, str | Unobserved], history: list[Commit] | Unobserved, expected: object
) -> None:
    assert automated(files, history).value is expected


def test_a_workflow_of_its_own_is_a_configuration() -> None:
    workflow = "on: {schedule: [{cron: 0 0 * * *}]}\njobs: {a: {steps: [{run: renovate}]}}"

    item = automated({".github/workflows/a.yml": workflow}, [])

    assert item.why.startswith(".github/workflows/a.yml:2 configures updates, but none by a bot")


@pytest.mark.parametrize(
    ("path", "text", "covered"),
    [
        pytest.param(DEPENDABOT, "updates: []", [], id="no version"),
        pytest.param(DEPENDABOT, "version: 2", [], id="no entries"),
        pytest.param(DEPENDABOT, NPM.replace("  directory: /\n", ""), [], id="no place"),
        pytest.param(DEPENDABOT, f"{NPM}  open-pull-requests-limit: 0\n", [], id="limit of zero"),
        pytest.param(".dependabot/config.yml", "version: 1", [], id="a version no longer read"),
        pytest.param("renovate.json", '{"enabled": false}', [], id="switched off"),
        pytest.param("renovate.json", "[]", [], id="no configuration"),
        pytest.param("package.json", '{"a": "\\"renovate\\""}', [], id="a package that says so"),
        pytest.param(".pyup.yml", "update: false", [], id="pyup switched off"),
        pytest.param(DEPENDABOT, NPM, [("npm", 3)], id="Dependabot"),
        pytest.param(
            "renovate.json", "{}", [("everything that the bot knows", 1)], id="Renovate by default"
        ),
        pytest.param(
            ".github/renovate.json5",
            "// why\n{\n\tpaths: ['**/*.ts'], // x\n\tenabledManagers: ['npm', 'pip'],\n}\n",
            [("npm", 4), ("pip", 4)],
            id="Renovate in JSON5",
        ),
        pytest.param(
            "package.json",
            '{\n"renovate": {}\n}',
            [("everything that the bot knows", 2)],
            id="Renovate in a package",
        ),
        pytest.param(".scala-steward.conf", "", [("sbt", 1)], id="Scala Steward"),
    ],
)
def test_what_is_covered(path: str, text: str, covered: list[tuple[str, int]]) -> None:
    items = [item for item in found({path: text}) if item.key == "updates.covered"]

    assert [(item.value, item.source.line) for item in items] == covered


def test_a_hollow_configuration_says_why() -> None:
    items = found({DEPENDABOT: "version: 2\nupdates: []"})

    assert ("updates.hollow", "no entry of 'updates' asks for updates") in [
        (item.key, item.value) for item in items
    ]


def test_a_damaged_configuration_says_where() -> None:
    items = found({"renovate.json": '{"a": [}'})

    assert [item.why for item in items if item.key == "updates.hollow"] == [
        "renovate.json:1: did not find expected node content"
    ]
