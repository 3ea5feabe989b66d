"""Findings that a repository lets pass."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

import pytest

from osmm_scan.collectors.ci_automation.exceptions import exceptions
from osmm_scan.collectors.studies.changes import OLDEST_DAYS
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from osmm_scan.sources.repository import Change
from tests.fakes import FakeRepository, change, observe

OSV = """\
    [[IgnoredVulns]]
    id = "GHSA-1"
    ignoreUntil = 2026-01-01T00:00:00Z
    reason = "not reachable"
    [[IgnoredVulns]]
    id = "GHSA-2"
    [[PackageOverrides]]
    name = "lib"
    ignore = true
    reason = "internal"
    effectiveUntil = 2027-01-01
    """
SUPPRESSIONS = """\
    <suppressions xmlns="https://jeremylong.github.io/DependencyCheck/dependency-suppression.1.3.xsd">
      <suppress until="2026-01-01Z"><notes>no fix yet</notes><cve>CVE-1</cve></suppress>
      <suppress><notes/><cve>CVE-2</cve></suppress>
    </suppressions>
    """
TRIVY = """\
    # not reachable
    CVE-1
    CVE-2

    CVE-3 exp:2026-01-01
    CVE-4 # accepted
    """


ALL_DATED = """\
    [[IgnoredVulns]]
    id = "GHSA-1"
    ignoreUntil = 2027-01-01T00:00:00Z
    reason = "not reachable"
    """


def counts(
    files: dict[str, str | Unobserved], changes: Iterable[Change] = ()
) -> dict[str, Value | None]:
    plain = {name: dedent(text) if isinstance(text, str) else text for name, text in files.items()}
    found = exceptions(observe(FakeRepository(plain, changes=changes)))
    return {item.key: item.value for item in found if item.key != "exceptions.file"}


def numbers(name: str, text: str) -> tuple[Value | None, ...]:
    """Return total, reasoned, expired, and whether there is a register."""
    found = counts({name: text})
    keys = ("total", "reasoned", "expired", "register")
    return tuple(found[f"exceptions.{key}"] for key in keys)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("README.md", "CVE-1", id="another file"),
        pytest.param("tests/osv-scanner.toml", OSV, id="a test"),
        pytest.param("vendor/x/.trivyignore", TRIVY, id="somebody else's"),
        pytest.param("osv-scanner.toml", "", id="empty"),
        pytest.param(".trivyignore", "# CVE-1\n", id="comments only"),
        pytest.param("checkstyle-suppressions.xml", "<!DOCTYPE a>", id="another tool's"),
        pytest.param("deny.toml", '[licenses]\nallow = ["MIT"]', id="rules, no exceptions"),
        pytest.param(".snyk", "ignore: {}", id="an empty list"),
        pytest.param("package.json", "{}", id="no list"),
    ],
)
def test_where_there_are_none(name: str, text: str) -> None:
    assert numbers(name, text) == (0, 0, 0, False)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("a/osv-scanner.toml", OSV, (3, 2, 1, True), id="OSV"),
        pytest.param(".trivyignore", TRIVY, (4, 2, 1, True), id="Trivy"),
        pytest.param(
            ".trivyignore.yaml",
            "vulnerabilities: [{id: a, statement: x, expired_at: 2026-01-01}, {id: b}]",
            (2, 1, 1, True),
            id="Trivy in YAML",
        ),
        pytest.param(
            "deny.toml",
            '[advisories]\nignore = ["A", {id = "B", reason = "x"}]',
            (2, 1, 0, True),
            id="cargo-deny",
        ),
        pytest.param(
            ".snyk",
            "ignore: {A: [{'*': {reason: x, expires: 2026-01-01T00:00:00Z}}, {'y': }]}",
            (2, 1, 1, True),
            id="Snyk",
        ),
        pytest.param(".grype.yaml", "ignore: [{vulnerability: A}]", (1, 0, 0, False), id="grype"),
        pytest.param("suppression.xml", SUPPRESSIONS, (2, 1, 1, True), id="Dependency-Check"),
        pytest.param(
            "audit-ci.jsonc",
            '{"allowlist": ["A", /* x */ {"B": {"active": true, "notes": "x"}}]}',
            (2, 1, 0, True),
            id="audit-ci",
        ),
        pytest.param(".nsprc", '{"1": {"notes": "x"}, "2": false}', (1, 1, 0, True), id="npm"),
        pytest.param(
            ".safety-policy.yml",
            "security: {ignore-vulnerabilities: {1: {reason: x, expires: '2027-01-01'}}}",
            (1, 1, 0, True),
            id="safety",
        ),
        pytest.param(
            "doc/dependency_decisions.yml",
            "- - :permit\n  - MIT\n  - :who: ada\n    :why: fine\n",
            (1, 1, 0, True),
            id="license_finder",
        ),
        pytest.param(
            "a.openvex.json",
            '{"statements": [{"vulnerability": {"name": "A"}, "status": "not_affected",'
            ' "justification": "x"}, {"status": "fixed"}]}',
            (1, 1, 0, True),
            id="OpenVEX",
        ),
        pytest.param(
            ".osmm-scan.yml",
            "waivers: [{item: a, reason: x, expiry: 2026-01-01}]",
            (1, 1, 1, True),
            id="our own",
        ),
        pytest.param(
            ".ort.yml",
            "resolutions: {vulnerabilities: [{id: A, reason: X}]}",
            (1, 1, 0, True),
            id="ORT",
        ),
        pytest.param(
            ".github/dependency-review-config.yml",
            "allow-ghsas: [A]",
            (1, 0, 0, False),
            id="review",
        ),
    ],
)
def test_exceptions_of_tools(name: str, text: str, expected: tuple[Value, ...]) -> None:
    assert numbers(name, text) == expected


@pytest.mark.parametrize(
    ("files", "quality"),
    [
        pytest.param({}, 0, id="none"),
        pytest.param({".trivyignore": "CVE-1\nCVE-2\n"}, 0, id="bare names"),
        pytest.param({".trivyignore": "CVE-1 exp:2026-01-01\nCVE-2\nCVE-3\n"}, 1, id="few say"),
        pytest.param({".trivyignore": TRIVY}, 2, id="half of them say why"),
        pytest.param({"osv-scanner.toml": OSV}, 2, id="most say why"),
        pytest.param({"osv-scanner.toml": ALL_DATED}, 2, id="all say why and until when"),
        pytest.param(
            {"osv-scanner.toml": ALL_DATED, "CODEOWNERS": "* @acme/security\n"}, 3, id="and owned"
        ),
        pytest.param(
            {"osv-scanner.toml": ALL_DATED, "CODEOWNERS": Unobserved(Missing.FAULT, "damaged")},
            {"low": 2, "high": 3},
            id="perhaps owned",
        ),
        pytest.param({"osv-scanner.toml": OSV, ".snyk": "a: ["}, None, id="one is damaged"),
    ],
)
def test_a_register_is_worth_what_it_says(
    files: dict[str, str | Unobserved], quality: Value | None
) -> None:
    assert counts(files)["exceptions.quality"] == quality


@pytest.mark.parametrize(
    ("files", "age"),
    [
        pytest.param({".trivyignore": "CVE-1\n"}, None, id="no register"),
        pytest.param({".trivyignore": TRIVY}, 10, id="a register"),
        pytest.param({"osv-scanner.toml": OSV}, {"low": OLDEST_DAYS}, id="not changed for years"),
        pytest.param({"osv-scanner.toml": OSV, ".trivyignore": TRIVY}, 10, id="the newest"),
    ],
)
def test_a_register_is_as_old_as_its_last_change(
    files: dict[str, str | Unobserved], age: Value | None
) -> None:
    assert counts(files, [change(".trivyignore", "2026-06-20", 1)])["exceptions.age_days"] == age


def test_what_lets_everything_pass_has_no_reason() -> None:
    text = "ignore: [{vulnerability: '*', reason: x, until: 2027-01-01}]"

    assert numbers(".grype.yaml", text) == (1, 0, 0, False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("osv-scanner.toml", "a = ", id="TOML"),
        pytest.param("osv-scanner.toml", "a = " + "[" * 5_000, id="brackets in TOML"),
        pytest.param(".snyk", "a: [}", id="YAML"),
        pytest.param("audit-ci.json", "{", id="JSON"),
        pytest.param("audit-ci.json", "[" * 100_000, id="brackets in JSON"),
        pytest.param("suppression.xml", "<a>dependency-suppression", id="XML"),
        pytest.param(
            "suppression.xml",
            '<!DOCTYPE a [<!ENTITY x "y">]><a>dependency-suppression</a>',
            id="entities in XML",
        ),
    ],
)
def test_what_is_damaged_is_unknown(name: str, text: str) -> None:
    assert set(counts({name: text}).values()) == {None}


def test_a_damaged_file_hides_no_register() -> None:
    files: dict[str, str | Unobserved] = {
        "a/osv-scanner.toml": OSV,
        "b/osv-scanner.toml": Unobserved(Missing.FAULT, "x"),
    }

    assert counts(files) == {
        "exceptions.register": True,
        "exceptions.total": None,
        "exceptions.reasoned": None,
        "exceptions.expired": None,
        "exceptions.quality": None,
        "exceptions.age_days": None,
    }
