"""The repositories of the fictional Meridian Bank: facts with permalinks, checks, measures."""

from __future__ import annotations

import hashlib
from datetime import date

from osmm_scan.model import Evidence, Interval, Missing, Signal, Source, Value
from osmm_scan.verdicts import Check, CheckFinding, Readiness, Remedy, RepositoryView, Result

AS_OF = date(2026, 6, 30)
OWNER = "meridian-bank"
NAMES = (
    "atlas-ui",
    "consent-kit",
    "fx-rates",
    "ledger-bridge",
    "legacy-batch",
    "market-sim",
    "meridian-ospo",
    "risk-notebooks",
    "vault-agent",
)
PRIVATE = "legacy-batch"

# fact, path and line that prove it, what the nine repositories say (y, n or ?)
FACTS: tuple[tuple[str, str | None, int | None, str], ...] = (
    ("inventory.declared_or_none", "pyproject.toml", 14, "yyyyyyyyy"),
    ("inventory.locked", "uv.lock", 1, "yyyynyyyy"),
    ("readme.explains", "README.md", 1, "yyyynyyny"),
    ("repository.active", None, None, "yyyynyyyy"),
    ("license.recognized", "LICENSE", 1, "yyyyyyyyy"),
    ("updates.automated", ".github/dependabot.yml", 3, "yyyynyyyy"),
    ("license.scanned_in_ci", ".github/workflows/licenses.yml", 21, "yyyynyyyn"),
    ("inventory.sbom_obtainable", ".github/workflows/release.yml", 48, "ynny?yn??"),
    ("sast.wired", ".github/workflows/codeql.yml", 17, "yynynnyny"),
    ("workflow.safe", ".github/workflows/ci.yml", 9, "yynynyyny"),
    ("owners.named", ".github/CODEOWNERS", 2, "yyyynyyyy"),
    ("contributing.specific", "CONTRIBUTING.md", 12, "yyyynnyny"),
    ("terms.practised_or_required", None, None, "yy???ny?y"),
    ("conduct.contact", "CODE_OF_CONDUCT.md", 44, "yyyynyyyy"),
    ("templates.issue", ".github/ISSUE_TEMPLATE/bug.yml", 1, "ynyynnyny"),
    ("ci.tests", ".github/workflows/ci.yml", 31, "yyyynyyyy"),
    ("reviews.required", None, None, "?????????"),
    ("security_policy.private_channel", "SECURITY.md", 8, "yynnnnnnn"),
    ("release.within_12m", None, None, "ynyynnyny"),
    ("maintainers.two_active", "MAINTAINERS.md", 5, "yyny?nyny"),
    ("governance.described", "GOVERNANCE.md", 1, "ynnnnnynn"),
    ("release.signed", ".github/workflows/release.yml", 77, "n?nynn?ny"),
    ("adopters.outside_orgs", "ADOPTERS.md", 6, "nnnnnn?nn"),
)

# id, item, fact, required, title, what to do, effort
CHECKS: tuple[tuple[int, str, str, bool, str, str, str], ...] = (
    (1, "l1.using.use", "inventory.declared_or_none", True,
     "Dependencies are declared in a standard manifest",
     "Declare every dependency in the manifest of your package manager.", "S"),
    (1, "l2.software-inventory.requirements", "inventory.locked", False,
     "A lockfile pins what is built", "Commit the lockfile of your package manager.", "S"),
    (1, "l4.open-sourcing.marketing", "readme.explains", False,
     "The README says what the project is for",
     "Open README.md with what the project does and for whom.", "S"),
    (1, "l4.maintaining.health", "repository.active", False,
     "The default branch is alive", "Merge what is ready, or archive the repository.", "S"),
    (2, "l2.license-management.ip-compliance", "license.recognized", True,
     "The license text is recognized", "Add the unchanged text of your license as LICENSE.", "S"),
    (2, "l2.supply-chain-security.scanning", "updates.automated", True,
     "Dependency updates or vulnerability scanning are automated",
     "Add .github/dependabot.yml for every ecosystem in use.", "S"),
    (2, "l2.license-management.allow-list", "license.scanned_in_ci", False,
     "CI checks the licenses of dependencies",
     "Run actions/dependency-review-action with an allow-list on pull requests.", "S"),
    (2, "l2.software-inventory.tracking", "inventory.sbom_obtainable", False,
     "A software bill of materials can be obtained",
     "Generate a CycloneDX or SPDX file in the release workflow.", "M"),
    (2, "l2.supply-chain-security.testing", "sast.wired", False,
     "Code scanning runs in CI", "Turn on CodeQL or another scanner for pull requests.", "S"),
    (2, "l2.supply-chain-security.scanning", "workflow.safe", False,
     "No workflow is known to be dangerous",
     "Pin third-party actions by commit and give the token read rights only.", "S"),
    (2, "l2.software-inventory.ownership", "owners.named", False,
     "Owners are named", "Name the owning team in .github/CODEOWNERS.", "S"),
    (3, "l3.community-engagement.community", "contributing.specific", True,
     "CONTRIBUTING fits this project",
     "Say in CONTRIBUTING.md how to build, test and get a change accepted.", "S"),
    (3, "l3.contribution-compliance.policy", "terms.practised_or_required", True,
     "A DCO or CLA is practised or required",
     "Require a DCO sign-off by ruleset, or install a CLA check.", "M"),
    (3, "l3.community-engagement.community", "conduct.contact", False,
     "The code of conduct names a live contact",
     "Replace the placeholder in CODE_OF_CONDUCT.md by a monitored address.", "S"),
    (3, "l3.community-engagement.hosting", "templates.issue", False,
     "Issue templates guide reporters", "Add an issue form under .github/ISSUE_TEMPLATE/.", "S"),
    (3, "l3.publication.publication", "ci.tests", False,
     "Tests run in CI", "Run the test suite on every pull request.", "M"),
    (3, "l3.publication.publication", "reviews.required", False,
     "Changes are reviewed before they are merged",
     "Require one approving review by ruleset.", "S"),
    (4, "l4.outbound-security.vulnerabilities", "security_policy.private_channel", True,
     "A security policy offers a private channel",
     "Add SECURITY.md and turn on private vulnerability reporting.", "S"),
    (4, "l4.open-sourcing.lifecycle", "release.within_12m", True,
     "Released within a year, or a declared lifecycle status",
     "Publish a release, or state the status in README.md.", "M"),
    (4, "l4.maintaining.maintainer", "maintainers.two_active", False,
     "Two maintainers are named and active",
     "Name a second maintainer with merge rights in MAINTAINERS.md.", "M"),
    (4, "l4.incubation.open-sourcing", "governance.described", False,
     "Governance is described", "Say in GOVERNANCE.md how decisions are taken.", "S"),
    (4, "l4.outbound-security.vulnerabilities", "release.signed", False,
     "Releases are signed or attested",
     "Attest release artefacts with actions/attest-build-provenance.", "M"),
    (4, "l4.open-sourcing.marketing", "adopters.outside_orgs", False,
     "Others are known to use it", "Invite users to add themselves to ADOPTERS.md.", "L"),
)  # fmt: skip

REASONS = {
    "y": (Result.MET, "found where it is expected"),
    "n": (Result.UNMET, "looked in every usual place and found none"),
    "?": (Result.UNKNOWN, "only people with write access can see this setting"),
}


def commit_of(name: str) -> str:
    """Return a made-up commit."""
    return hashlib.sha256(name.encode()).hexdigest()[:40]


def facts_of(name: str) -> tuple[Evidence, ...]:
    """Return what was observed in one repository."""
    place = NAMES.index(name)
    return tuple(_fact(name, place, row) for row in FACTS) + _details(name)


def _fact(name: str, place: int, row: tuple[str, str | None, int | None, str]) -> Evidence:
    key, path, line, says = row
    if says[place] == "?":
        return _evidence(name, key, missing=Missing.NO_ACCESS, why=REASONS["?"][1])
    if says[place] == "n":
        return _evidence(name, key, value=False)
    return _evidence(name, key, value=True, source=_source(name, path, line))


def _evidence(
    name: str,
    key: str,
    *,
    value: Value | None = None,
    missing: Missing | None = None,
    why: str = "",
    source: Source | None = None,
) -> Evidence:
    return Evidence(
        key=key,
        subject=f"{OWNER}/{name}",
        value=value,
        missing=missing,
        why=why,
        source=source or _source(name),
        observed_at=AS_OF,
    )


def _details(name: str) -> tuple[Evidence, ...]:
    return (
        _evidence(
            name, "license.expression", value="Apache-2.0", source=_source(name, "LICENSE", 1)
        ),
        _evidence(name, "repository.languages", value=("Python", "TypeScript")),
        _evidence(name, "dco.signed_commits", value={"low": 41, "high": 57}),
    )


def _source(name: str, path: str | None = None, line: int | None = None) -> Source:
    commit = commit_of(name)
    base = f"https://github.com/{OWNER}/{name}"
    if path is None:
        return Source(url=f"{base}/tree/{commit}", commit=commit)
    anchor = "" if line is None else f"#L{line}"
    return Source(url=f"{base}/blob/{commit}/{path}{anchor}", path=path, line=line, commit=commit)


def readiness_of(name: str) -> Readiness:
    """Return which checks one repository meets."""
    place = NAMES.index(name)
    said = {key: says[place] for key, _, _, says in FACTS}
    proof = {one.key: one.id for one in facts_of(name)}
    findings = tuple(
        CheckFinding(
            check=Check(
                id=fact, level=level, item=item, title=title, fact=fact, applies=(),
                required=required, why="Whoever takes over or reuses the project relies on it.",
                remedy=Remedy(action=action, effort=effort),
            ),
            result=REASONS[said[fact]][0],
            because=REASONS[said[fact]][1],
            evidence=(proof[fact],),
        )
        for level, item, fact, required, title, action, effort in CHECKS
    )  # fmt: skip
    return Readiness(
        repository=f"{OWNER}/{name}",
        level=_ready(findings, {Result.MET}),
        possible=_ready(findings, {Result.MET, Result.UNKNOWN}),
        checks=findings,
    )


def _ready(findings: tuple[CheckFinding, ...], good: set[Result]) -> int:
    reached = 0
    for level in (1, 2, 3, 4):
        here = [one for one in findings if one.check.level == level]
        met = [one for one in here if one.result in good]
        needed = all(one.result in good for one in here if one.check.required)
        if not needed or 3 * len(met) < 2 * len(here):
            break
        reached = level
    return reached


def view_of(name: str) -> RepositoryView:
    """Return the line of one repository in the inventory."""
    return RepositoryView(
        name=f"{OWNER}/{name}",
        visibility="private" if name == PRIVATE else "public",
        archived=False,
        fork=False if name != "market-sim" else None,
        active=name != PRIVATE,
        facts={one.key: one.value for one in facts_of(name)},
    )


def signals() -> tuple[Signal, ...]:
    """Return a few measures of the estate: exact, open, without value, not collected."""
    proof = tuple(sorted(one.id for name in NAMES for one in facts_of(name)))
    return (
        Signal(
            id="license_file_coverage",
            fields={"share": Interval.exactly(1.0), "n": Interval.exactly(9)},
            n=9,
            evidence=proof[:3],
        ),
        Signal(
            id="sbom_availability",
            fields={"share": Interval(1 / 3, 2 / 3), "n": Interval.exactly(9)},
            n=9,
            unknown=3,
            evidence=proof[3:5],
        ),
        Signal(
            id="policy_doc_consumption",
            fields={
                "present": Interval.exactly(1),
                "quality": Interval.exactly(2),
                "age_days": Interval.exactly(220),
                "review_declared": Interval(0, 1),
            },
            n=1,
            evidence=proof[5:6],
        ),
        Signal(
            id="openchain_conformance_listing",
            fields={"listed": Interval.exactly(0), "age_days": None},
            n=1,
        ),
        Signal(
            id="published_footprint",
            fields={"count": Interval.exactly(6), "with_outside_contributor": Interval(2, 4)},
            n=6,
            unknown=2,
        ),
        Signal(
            id="release_cadence",
            fields={"released_12m_share": Interval.exactly(2 / 3), "n": Interval.exactly(6)},
            n=6,
        ),
        Signal(
            id="upstream_contributor_share",
            fields={"share": Interval(0.25, 0.4), "retained_share": Interval(0, 1)},
            n=40,
            unknown=6,
        ),
        Signal(
            id="upstream_merged_prs",
            fields={"count": Interval(31, float("inf")), "repos": Interval.exactly(9)},
            n=1,
        ),
        Signal(
            id="upstream_funding",
            fields={"count": Interval(0, float("inf")), "dependency_share": Interval(0, 1)},
            unknown=1,
            missing=Missing.NOT_COLLECTED,
            why="waits for data of sponsorship platforms",
        ),
    )
