"""Whether a security policy names a private way to report, and what it promises."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, facts

CHANNEL = "security_policy.private_channel"
TIMED = "security_policy.timed"
MAIL = "Report vulnerabilities to security@acme.com.\n\n"
STOCK = """# Security Policy

## Supported Versions

Use this section to tell people about which versions of your project are
currently being supported with security updates.

| Version | Supported          |
| ------- | ------------------ |
| 5.1.x   | :white_check_mark: |
| 4.0.x   | :white_check_mark: |

## Reporting a Vulnerability

Use this section to tell people how to report a vulnerability.
"""
INSIGHTS = """header:
  schema-version: 2.0.0
project:
  vulnerability-reporting:
    reports-accepted: true
    contact:
      email: security@acme.com
"""


def found(text: str | None, **more: str) -> dict[str, Evidence]:
    policy = {} if text is None else {"SECURITY.md": text}
    return facts(community_health, FakeRepository({"a": "", **policy, **more}))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="none"),
        pytest.param("# Security Policy\n\nTODO", id="to do"),
        pytest.param(STOCK, id="stock text"),
        pytest.param(
            "# Security Policy\n\nSee the [sample policies](https://example.org/sample) for ideas.",
            id="samples",
        ),
        pytest.param("We take security very seriously in all our many products.", id="words"),
        pytest.param("Report vulnerabilities to security@example.com.", id="example address"),
        pytest.param(
            "Report vulnerabilities in [the tracker](https://github.com/acme/widgets/issues).",
            id="public tracker",
        ),
    ],
)
def test_policies_without_a_private_channel(text: str | None) -> None:
    item = found(text)

    assert (item[CHANNEL].value, item[TIMED].value) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MAIL, id="address"),
        pytest.param("Mail security [at] acme [dot] com.", id="address for people only"),
        pytest.param(
            "Use [private reports](https://github.com/acme/widgets/security/advisories/new).",
            id="host's form",
        ),
        pytest.param(
            "[report]:\n//github.com/a/b/security/advisories/new\nSee [report].", id="label"
        ),
        pytest.param('Press "Report a vulnerability" in the Security tab.', id="words"),
        pytest.param(
            "Disclose bugs privately via [GitHub](https://github.com/acme/widgets/security).",
            id="host, privately",
        ),
        pytest.param("Report on https://hackerone.com/acme.", id="bounty programme"),
        pytest.param("Report bugs by email to one of [us](https://acme.com/team).", id="by mail"),
    ],
)
def test_policies_with_a_private_channel(text: str) -> None:
    assert found(text)[CHANNEL].value is True


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("| 5.1.x | yes |\n| 4.0.x | yes |", id="rows"),
        pytest.param("Use this section to tell people about versions.\n\n| 2 | yes |", id="text"),
    ],
)
def test_a_channel_beside_the_stock_versions_counts(table: str) -> None:
    item = found(f"{MAIL}## Supported Versions\n\n{table}\n\nWe reply within 2 days.")

    assert (item[CHANNEL].value, item[TIMED].value) == (True, False)


@pytest.mark.parametrize(
    ("text", "timed"),
    [
        pytest.param(MAIL, False, id="no promise"),
        pytest.param(f"{MAIL}We reply within 48 hours.", False, id="no versions"),
        pytest.param(f"{MAIL}Only the latest release gets security fixes.", False, id="no time"),
        pytest.param(
            f"{MAIL}We reply within 2 days. Unreleased code may hold fixes to problems that were "
            "present in the latest release.",
            False,
            id="other words about a release",
        ),
        pytest.param(
            f"{MAIL}We publish after 90 days. Only the latest release gets fixes.",
            False,
            id="time of disclosure",
        ),
        pytest.param(
            f"{MAIL}You will hear from us within three business days.\n\n"
            "## Supported versions\n\n| 2.x | yes |",
            True,
            id="table of versions",
        ),
        pytest.param(
            f"{MAIL}We answer within two working days.\n\n"
            "| Version | Supported |\n|---|---|\n| 1.3.x | yes |",
            True,
            id="table without a heading",
        ),
        pytest.param(
            f"{MAIL}Receipt is acknowledged in at most 5 working days.\n\n"
            "Security fixes are made for the latest minor version only.",
            True,
            id="in words",
        ),
        pytest.param(
            "We reply within 2 days. Only the latest release gets fixes.", False, id="no channel"
        ),
    ],
)
def test_policies_that_promise(text: str, timed: bool) -> None:
    assert found(text)[TIMED].value is timed


def test_a_policy_that_is_elsewhere_is_unknown() -> None:
    item = found("How to report vulnerabilities is told here:\n\nhttps://acme.com/trust")

    assert (item[CHANNEL].missing, item[TIMED].missing) == (Missing.NOT_COLLECTED,) * 2


LONG = "We take it seriously and thank everybody for their effort. " * 20


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param(LONG, None, id="nothing"),
        pytest.param(f"{LONG}\n\n[Our blog](https://acme.com/blog)", None, id="another link"),
        pytest.param(f"{LONG}\n\n[Reporting a vulnerability](#report)", None, id="this page"),
        pytest.param(
            f"{LONG}\n\n[Submit a vulnerability](https://acme.com/trust)",
            Missing.NOT_COLLECTED,
            id="where to report",
        ),
    ],
)
def test_a_long_policy_may_lead_to_the_place_at_which_to_report(
    text: str, missing: Missing | None
) -> None:
    assert found(text)[CHANNEL].missing is missing


def test_a_policy_elsewhere_in_the_repository_is_read() -> None:
    item = found("See [security](docs/sec.md).", **{"docs/sec.md": f"# Security\n\n{MAIL}"})

    assert (item[CHANNEL].value, item[CHANNEL].source.path) == (True, "docs/sec.md")


def test_security_insights_name_a_contact() -> None:
    item = found(None, **{".github/security-insights.yml": INSIGHTS})

    assert (item[CHANNEL].value, item[CHANNEL].source.line) == (True, 7)


def test_an_unreadable_policy_is_unknown() -> None:
    reason = Unobserved(Missing.TRUNCATED, "SECURITY.md is too large")

    item = facts(community_health, FakeRepository({"SECURITY.md": reason}))

    assert item[CHANNEL].missing is Missing.TRUNCATED
