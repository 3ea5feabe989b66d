"""Recognisers as data, and how they fit what CI does."""

from pathlib import Path

import pytest

from osmm_scan.collectors.studies.workflows.invocations import invocations
from osmm_scan.collectors.studies.workflows.model import Act, Place
from osmm_scan.collectors.studies.workflows.recognisers import Recogniser, load_recognisers
from osmm_scan.errors import RuleError


def pack(folder: Path, text: str, name: str = "scan.yaml") -> tuple[Path, ...]:
    (folder / "recognisers").mkdir(exist_ok=True)
    (folder / "recognisers" / name).write_text(text, encoding="utf-8")
    return (folder,)


def runs(command: str) -> Act:
    words = tuple(command.split())
    return Act(place=Place("ci.yml", 1), job="a", readings=invocations(words), when={})


def uses(name: str, **inputs: str) -> Act:
    return Act(place=Place("ci.yml", 1), job="a", uses=name, inputs=inputs, when={})


def one(folder: Path, entry: str) -> Recogniser:
    """Return the recogniser of one entry, as a pack of the user's own states it."""
    text = f"means: Scans.\nrecognisers:\n- {entry}\n"
    found = load_recognisers(pack(folder, text))
    return next(by for by in found.all if by.practice == "scan")


@pytest.mark.parametrize(
    ("entry", "act", "expected"),
    [
        pytest.param("run: npm audit", runs("npm install audit"), False, id="no subcommand"),
        pytest.param("run: npm audit", runs("npm audit --help"), False, id="asks for help only"),
        pytest.param("run: npm audit", uses("npm/audit@v1"), False, id="an action is no command"),
        pytest.param("uses: acme/scan", runs("acme/scan"), False, id="a command is no action"),
        pytest.param("uses: acme/scan", uses("acme/scanner@v1"), False, id="a longer name"),
        pytest.param("run: mvn ... check", runs("mvn checks"), False, id="a longer word"),
        pytest.param("{run: t, when: {-a: b}}", runs("t"), False, id="option not given"),
        pytest.param("{run: t, when: {-a: '*'}}", runs("t"), False, id="not given is not any"),
        pytest.param("{run: t, unless: {-a: '*'}}", runs("t -a b"), False, id="unwanted option"),
        pytest.param("{uses: a/b, when: {x: y}}", uses("a/b@1", x="z"), False, id="other input"),
        pytest.param("run: npm|yarn audit", runs("yarn --cwd x audit"), True, id="choices"),
        pytest.param("run: mvn ... check|*:check", runs("mvn -B a b:check"), True, id="anywhere"),
        pytest.param("run: test-*", runs("./test-all.sh"), True, id="a star in the program"),
        pytest.param("run: t", runs("sudo t"), True, id="behind a starter"),
        pytest.param("uses: Acme/*", uses("acme/Scan@v1"), True, id="case of actions"),
        pytest.param("{run: t, when: {-a: ['', b]}}", runs("t"), True, id="not given allowed"),
        pytest.param("{run: t, when: {-a: b}}", runs("t -a=c,b"), True, id="a part of a list"),
        pytest.param("{run: t, when: {-a: 'true'}}", runs("t -a -c"), True, id="a bare option"),
        pytest.param("{uses: a/b, when: {x: y}}", uses("a/b@1", X="y"), True, id="case of inputs"),
        pytest.param("{uses: a/b, when: {x: y}}", uses("a/b", x="z\ny"), True, id="a line"),
    ],
)
def test_what_fits(tmp_path: Path, entry: str, act: Act, expected: bool) -> None:
    assert one(tmp_path, entry).fits(act) is expected


@pytest.mark.parametrize(
    ("entry", "command", "silent"),
    [
        pytest.param("run: t", "t", False, id="a tool that fails"),
        pytest.param("{run: t, silent: {-e: ['', '0']}}", "t -e 1", False, id="told to fail"),
        pytest.param("{run: t, silent: {-e: '0', -f: ''}}", "t -e 0 -f x", False, id="one of two"),
        pytest.param("{run: t, silent: true}", "t", True, id="a tool that never fails"),
        pytest.param("{run: t, silent: {-e: ['', '0']}}", "t", True, id="by default"),
        pytest.param("{run: t, silent: {-e: ['', '0']}}", "t -e 0", True, id="told not to fail"),
    ],
)
def test_what_is_silent(tmp_path: Path, entry: str, command: str, silent: bool) -> None:
    assert one(tmp_path, entry).is_silent(runs(command)) is silent


@pytest.mark.parametrize(
    ("entry", "command", "named"),
    [
        pytest.param("run: t", "t --level high", False, id="an option that names none"),
        pytest.param("{run: t, thresholds: [--level]}", "t", False, id="not given"),
        pytest.param("{run: t, thresholds: [--level]}", "t --level high", True, id="given"),
        pytest.param("{run: t, thresholds: true}", "t", True, id="always given"),
    ],
)
def test_what_names_a_threshold(tmp_path: Path, entry: str, command: str, named: bool) -> None:
    assert one(tmp_path, entry).has_threshold(runs(command)) is named


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("a: [}", ":1:5: ", id="no YAML"),
        pytest.param("- a", ":1:1: states 'means'", id="no mapping"),
        pytest.param("recognisers: []", ":1:1: states 'means'", id="no meaning"),
        pytest.param("means: x\nrecognisers: 7", ":1:1: states 'means'", id="no list"),
        pytest.param("means: x\nrecognisers: []\nx: &a b", ":3:4: anchors", id="anchors"),
    ],
)
def test_faults_of_a_file_say_where(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(RuleError) as raised:
        load_recognisers(pack(tmp_path, text))

    assert f"scan.yaml{fault}" in str(raised.value)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        pytest.param("{run: t, wen: {}}", "unknown field 'wen'", id="a misspelling"),
        pytest.param("{run: t, uses: a/b}", "a recogniser names either", id="two"),
        pytest.param("{reports: true}", "a recogniser names either", id="none"),
        pytest.param("{run: '  '}", "'run' is a text", id="a blank command"),
        pytest.param("7", "a recogniser is a mapping", id="a number"),
        pytest.param("{run: t, when: x}", "'when' maps inputs", id="a word"),
        pytest.param("{run: t, when: {-a: 0}}", "the values of '-a' in 'when' are", id="a number"),
        pytest.param("{run: t, file: x}", "'file' and 'says' belong together", id="half"),
        pytest.param("{run: t, thresholds: 1}", "'thresholds' is true or a list", id="no list"),
    ],
)
def test_faults_of_an_entry_say_where(tmp_path: Path, entry: str, fault: str) -> None:
    with pytest.raises(RuleError) as raised:
        one(tmp_path, entry)

    assert f"scan.yaml:3:3: {fault}" in str(raised.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    pack(tmp_path, "a: [}", "one.yaml")

    with pytest.raises(RuleError) as raised:
        load_recognisers(pack(tmp_path, "means: x\nrecognisers: [1, 2]\n", "two.yaml"))

    assert len(raised.value.faults) == 3


def test_a_pack_adds_to_what_is_shipped(tmp_path: Path) -> None:
    text = "means: ignored\nrecognisers: [{run: acme-scan}]\n"

    found = load_recognisers(pack(tmp_path, text, "sca.yaml"))

    assert [by.practice for by in found.of(runs("acme-scan"))] == ["sca"]
    assert [by.practice for by in found.of(runs("pip-audit"))] == ["sca"]


SHIPPED = [
    # Mentions and neighbours that are no practice
    ("npm install", ""),
    ("npm run lint", ""),
    ("go build ./...", ""),
    ("cargo clippy", ""),
    ("reuse lint", ""),
    ("mvn license:format", ""),
    ("mvn verify -DskipTests", ""),
    ("gradlew build -x test", ""),
    ("gradlew detektTest", ""),
    ("snyk auth", ""),
    ("trivy --version", ""),
    ("trivy config .", ""),
    ("cosign verify image", ""),
    ("codesign -d x", ""),
    ("renovate-config-validator", ""),
    ("test -f x", ""),
    ("docker run aquasec/trivy:latest config .", ""),
    # Dependencies
    ("npm audit --audit-level=high", "sca"),
    ("cargo deny check", "license sca"),
    ("cargo deny check licenses", "license"),
    ("cargo deny --all-features check advisories bans", "sca"),
    ("osv-scanner -r .", "sca"),
    ("trivy fs --scanners license .", "license"),
    ("./mvnw org.owasp:dependency-check-maven:check", "sca"),
    ("dotnet list package --vulnerable", "sca"),
    ("bundle exec bundle-audit check", "sca"),
    ("docker run --rm -v x:/x aquasec/trivy fs /x", "sca"),
    ("pip-licenses --allow-only=MIT", "license"),
    ("go-licenses check ./...", "license"),
    ("npx license-checker --onlyAllow MIT", "license"),
    ("mvn org.codehaus.mojo:license-maven-plugin:2.0.0:download-licenses", "license"),
    # Code and secrets
    ("semgrep ci", "sast"),
    ("uv run bandit -r src", "sast"),
    ("ruff check --select S", "sast"),
    ("gitleaks detect --source .", "secrets"),
    ("cargo fuzz run target", "dynamic"),
    ("go test -fuzz=FuzzX ./...", "dynamic"),
    # Tests
    ("npm test", "tests"),
    ("pnpm -r test", "tests"),
    ("python -m pytest -q", "tests"),
    ("mvn -B verify", "tests"),
    ("./gradlew :app:test", "tests"),
    ("cargo +nightly test --all", "tests"),
    ("bundle exec rake test", "tests"),
    ("php artisan test", "tests"),
    ("dotnet test -c Release", "tests"),
    ("make -j4 test", "tests"),
    ("docker compose up integration-tests", "tests"),
    # Releases
    ("syft . -o spdx-json", "sbom"),
    ("npx @cyclonedx/cyclonedx-npm", "sbom"),
    ("gh release upload v1 x", "publication"),
    ("npm publish --provenance", "attestation publication"),
    ("cosign sign-blob x", "attestation"),
    ("gpg --batch --detach-sign x", "attestation"),
]


@pytest.mark.parametrize(
    ("command", "practices"), [pytest.param(*row, id=row[0]) for row in SHIPPED]
)
def test_shipped_recognisers_of_commands(command: str, practices: str) -> None:
    found = {by.practice for by in load_recognisers().of(runs(command)) if not by.file}

    assert sorted(found) == practices.split()


@pytest.mark.parametrize(
    ("act", "practices"),
    [
        pytest.param(uses("actions/checkout@v4"), "", id="checkout"),
        pytest.param(uses("snyk/actions/setup@master"), "", id="set-up only"),
        pytest.param(
            uses("aquasecurity/trivy-action@v1", **{"scan-type": "config"}), "", id="settings"
        ),
        pytest.param(uses("github/codeql-action/init@v3"), "", id="preparation"),
        pytest.param(uses("actions/dependency-review-action@v4"), "sca", id="review"),
        pytest.param(
            uses("actions/dependency-review-action@v4", **{"allow-licenses": "MIT"}),
            "license sca",
            id="review of licenses",
        ),
        pytest.param(uses("github/codeql-action/analyze@v3"), "sast", id="CodeQL"),
        pytest.param(uses("gitleaks/gitleaks-action@v2"), "secrets", id="gitleaks"),
        pytest.param(uses("ossf/scorecard-action@v2"), "report scorecard", id="Scorecard"),
        pytest.param(uses("actions/attest-build-provenance@v2"), "attestation", id="provenance"),
        pytest.param(uses("anchore/sbom-action@v0"), "sbom sbom_release", id="SBOM"),
        pytest.param(uses("hook:gitleaks"), "secrets", id="a hook"),
        pytest.param(uses("template:Security/SAST.gitlab-ci.yml"), "sast", id="a template"),
    ],
)
def test_shipped_recognisers_of_actions(act: Act, practices: str) -> None:
    found = {by.practice for by in load_recognisers().of(act) if not by.file}

    assert sorted(found) == practices.split()
