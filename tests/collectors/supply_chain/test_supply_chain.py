"""How a repository guards what it builds from and what it ships."""

from __future__ import annotations

from typing import Any

import pytest

from osmm_scan.collectors import supply_chain
from osmm_scan.model import Evidence
from osmm_scan.sources.repository import Remote
from tests.collectors.hosting.hosts import FakeHost
from tests.fakes import FakeRepository, observe

CI = ".github/workflows/ci.yml"
GITHUB = Remote("github.com", "acme", "widgets")
GITLAB = Remote("gitlab.com", "acme", "widgets")


def evidence(files: dict[str, str], remote: Remote | None = GITLAB) -> list[Evidence]:
    return list(supply_chain.collect(observe(FakeRepository(files, remote=remote))))


def value(key: str, files: dict[str, str], remote: Remote | None = None) -> object:
    found = [item for item in evidence(files, remote) if item.key == key]
    assert len(found) == 1
    return found[0].value


def job(steps: str, on: str = "[push, pull_request]") -> dict[str, str]:
    return {CI: f"on: {on}\njobs: {{a: {{steps: [{steps}]}}}}"}


def gitlab(*commands: str) -> dict[str, str]:
    lines = "".join(f"  - {command}\n" for command in commands)
    return {".gitlab-ci.yml": f"a:\n  script:\n{lines}"}


def test_every_fact_is_yielded_exactly_once() -> None:
    keys = [item.key for item in evidence({}) if item.key in supply_chain.FACTS]

    assert sorted(keys) == sorted(supply_chain.FACTS)


def test_details_are_declared() -> None:
    files = {
        **job("{uses: other/x@v1}"),
        ".github/dependabot.yml": "version: 2\nupdates: []",
        "renovate.json": "{}",
        "THREAT_MODEL.md": "word " * 100,
    }

    keys = {item.key for item in evidence(files)} - supply_chain.FACTS.keys()

    assert keys == supply_chain.DETAILS.keys()


@pytest.mark.parametrize(
    "key", ["sca.wired", "sast.wired", "secrets.scanned", "secrets.preventive"]
)
@pytest.mark.parametrize(
    ("files", "remote", "expected"),
    [
        pytest.param({}, GITLAB, False, id="another forge"),
        pytest.param({}, None, False, id="no host at all"),
        pytest.param({}, Remote("git.acme.example", "a", "b"), False, id="an own server"),
        pytest.param({}, GITHUB, None, id="GitHub may do it by a setting"),
        pytest.param({".github/CODEOWNERS": "* @a"}, None, None, id="perhaps at GitHub"),
    ],
)
def test_what_only_the_host_may_know(
    key: str, files: dict[str, str], remote: Remote | None, expected: object
) -> None:
    assert value(key, files, remote) is expected


@pytest.mark.parametrize("key", ["sca.wired", "sast.wired", "secrets.scanned"])
def test_an_enterprise_server_of_any_name_may_do_it(key: str) -> None:
    there = FakeRepository({}, remote=Remote("git.acme.example", "a", "b"))
    seen = supply_chain.collect(observe(there, hosting=FakeHost()))

    assert [item.value for item in seen if item.key == key] == [None]


CODEQL = "/acme/a/actions/workflows/github-code-scanning/codeql"
AUDIT = "on: push\njobs: {a: {runs-on: x, steps: [{run: npm audit}]}}\n"
UNREAD = {"bitbucket-pipelines.yml": "image: [", ".github/workflows/a.yml": "on: ["}


@pytest.mark.parametrize(
    ("key", "files", "settings", "expected"),
    [
        pytest.param("sast.wired", {}, {}, None, id="hidden runs"),
        pytest.param("sast.wired", {}, {"runs": ()}, None, id="nothing ran, yet it may be on"),
        pytest.param(
            "sast.wired", {}, {"runs": ("/acme/a/actions/workflows/codeql.yml",)}, None, id="a file"
        ),
        pytest.param("sast.wired", {}, {"runs": (CODEQL,)}, True, id="default set-up ran"),
        pytest.param("sca.wired", {}, {"runs": (CODEQL,)}, None, id="hidden alerts"),
        pytest.param("sca.wired", {}, {"alerts": True}, True, id="alerts are on"),
        pytest.param("sca.wired", {}, {"alerts": False}, False, id="alerts are off"),
        pytest.param(
            "sca.wired", {CI: AUDIT}, {"alerts": False}, True, id="off, but in a pipeline"
        ),
        pytest.param("sca.wired", UNREAD, {"alerts": False}, None, id="off, files unread"),
        pytest.param("sca.wired", UNREAD, {"alerts": True}, True, id="on, files unread"),
    ],
)
def test_settings_that_the_host_shows(
    key: str, files: dict[str, str], settings: dict[str, Any], expected: object
) -> None:
    there = FakeRepository(files, remote=GITHUB)
    seen = supply_chain.collect(observe(there, hosting=FakeHost(**settings)))

    assert [item.value for item in seen if item.key == key] == [expected]


@pytest.mark.parametrize(
    ("key", "files"),
    [
        pytest.param("sca.wired", gitlab("npm audit"), id="dependencies"),
        pytest.param("sast.wired", gitlab("semgrep ci"), id="code"),
        pytest.param("secrets.scanned", gitlab("gitleaks detect"), id="secrets"),
        pytest.param("secrets.preventive", gitlab("gitleaks detect"), id="secrets, before a merge"),
        pytest.param("dynamic.tested", gitlab("cargo fuzz run x"), id="fuzzing"),
        pytest.param("scorecard.adopted", gitlab("scorecard --repo=x"), id="Scorecard"),
    ],
)
def test_scans_that_are_wired(key: str, files: dict[str, str]) -> None:
    assert value(key, files, GITLAB) is True


def test_a_hook_that_people_may_leave_out_prevents_nothing() -> None:
    files = {".pre-commit-config.yaml": "repos: [{repo: x, hooks: [{id: gitleaks}]}]"}

    assert value("secrets.scanned", files, GITLAB) is True
    assert value("secrets.preventive", files, GITLAB) is False


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"src/fuzzy.py": ""}, False, id="a word that begins so"),
        pytest.param({"vendor/x/fuzz/a.c": ""}, False, id="somebody else's"),
        pytest.param({"fuzz/fuzz_targets/a.rs": ""}, None, id="targets that may run elsewhere"),
        pytest.param({"src/parse_fuzz_test.go": ""}, None, id="a test of Go"),
    ],
)
def test_fuzz_targets_alone(files: dict[str, str], expected: object) -> None:
    assert value("dynamic.tested", files) is expected


REVIEW = "{uses: actions/dependency-review-action@v4}"
STRICT = "{uses: actions/dependency-review-action@v4, with: {fail-on-severity: high}}"


@pytest.mark.parametrize(
    ("files", "blocks", "thresholds"),
    [
        pytest.param({}, False, False, id="no check"),
        pytest.param(job(STRICT, "push"), False, False, id="too late"),
        pytest.param(job("{run: npm audit || true}"), False, False, id="cannot fail"),
        pytest.param(job("{uses: fossas/fossa-action@v1}, {run: exit 1}"), None, False, id="fails"),
        pytest.param({CI: "a: [}"}, None, None, id="damaged"),
        pytest.param(job(REVIEW), None, False, id="without a limit"),
        pytest.param(job(STRICT), None, True, id="with a limit"),
        pytest.param(job("{run: cargo deny check licenses}"), None, True, id="a list of licenses"),
    ],
)
def test_a_gate_is_at_best_unknown(
    files: dict[str, str], blocks: object, thresholds: object
) -> None:
    assert value("gate.blocks", files) is blocks
    assert value("gate.thresholds", files) is thresholds


PUSH = "{uses: docker/build-push-action@v6, with: {push: true, sbom: true, provenance: true}}"
DRY = "{uses: docker/build-push-action@v6, with: {sbom: true}}"


@pytest.mark.parametrize(
    ("files", "sbom", "attested"),
    [
        pytest.param({}, False, False, id="nothing"),
        pytest.param(job("{run: syft .}", "release"), False, False, id="made, not published"),
        pytest.param(job("{run: cosign sign x}", "pull_request"), False, False, id="a rehearsal"),
        pytest.param(job("{run: cosign sign x}", "[push, pull_request]"), False, False, id="test"),
        pytest.param(
            job("{run: cosign sign x}", "{push: {branches: [main]}}"), False, False, id="no release"
        ),
        pytest.param(job(DRY, "release"), False, False, id="an image that is not pushed"),
        pytest.param(
            {
                ".github/workflows/a.yml": "on: release\njobs: {a: {steps: [{run: syft .}]}}",
                ".github/workflows/b.yml": "on: release\njobs: {a: {steps: [{run: npm publish}]}}",
            },
            False,
            False,
            id="published by another workflow",
        ),
        pytest.param({CI: "a: [}"}, None, None, id="damaged"),
        pytest.param(job(PUSH, "release"), True, True, id="an image with both"),
        pytest.param(
            job("{run: syft .}, {run: gh release upload v1 x}", "{push: {tags: ['v*']}}"),
            True,
            False,
            id="made and uploaded",
        ),
        pytest.param(
            job("{run: cosign sign x}, {run: docker push x}", "workflow_dispatch"),
            False,
            True,
            id="released by hand",
        ),
    ],
)
def test_what_releasing_adds(files: dict[str, str], sbom: object, attested: object) -> None:
    assert value("sbom.published", files) is sbom
    assert value("release.attested", files) is attested


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        pytest.param("gradle/wrapper/gradle-wrapper.jar", "x", True, id="the starter of Gradle"),
        pytest.param("tests/data/a.exe", "x", True, id="test data"),
        pytest.param("vendor/a.so", "x", True, id="somebody else's"),
        pytest.param("a.dll", "", True, id="empty"),
        pytest.param("notes.so.md", "x", True, id="another ending"),
        pytest.param("bin/Tool.EXE", "x", False, id="a program"),
        pytest.param("lib/a.jar", "x", False, id="a library"),
    ],
)
def test_compiled_files(path: str, content: str, expected: bool) -> None:
    assert value("tree.no_binaries", {path: content}) is expected
