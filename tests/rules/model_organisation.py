"""An organization that does all that a scan can see: clones, GitHub's answers, earlier scans.

What a clone shows is written in files and history; only what the host alone knows is an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from osmm_scan.collectors import collect
from osmm_scan.collectors.organisation import ORGANISATION_FACTS
from osmm_scan.model import Evidence, Source, Value
from osmm_scan.settings import Estate, Member
from osmm_scan.sources.hosting import Advisory, Protection, Request, Requests
from osmm_scan.sources.repository import Remote
from tests.collectors.documents import texts
from tests.collectors.hosting.hosts import FakeHost, nature, reply, request, requests, review
from tests.fakes import AS_OF, FakeRepository, change, commit, observe, tag
from tests.rules import handbook

OWNER = "acme"
CHANGED = "2026-06-25"
PROJECTS = tuple(f"{OWNER}/{name}" for name in ("axle", "bolt", "cog", "dial", "edge", "fuse"))
NAMES = (*PROJECTS, f"{OWNER}/.github", f"{OWNER}/handbook")
_EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "organisation"
_DAYS = [f"2026-{month:02}-{day:02}" for month in range(1, 7) for day in (3, 10, 17, 24)]
_PEOPLE = (
    "Ibrahim Osei <ibrahim-osei@acme.com>",
    "Yuki Tanabe <yuki-tanabe@acme.com>",
    "Piet de Wael <pietdw@haven-logistiek.com>",
)

_RELEASES = (tag("v1.1.0", "2026-05-20", annotated=True, signed=True), tag("v1.0.0"))
# Two of each, for a domain of one person may be their own.
_GUESTS = tuple(
    f"Guest {name} {given} <{given}@{name}-systems.com>"
    for given in ("ada", "bo")
    for name in "abcdefghij"
)
_BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"

_REGISTER = """\
[[IgnoredVulns]]
id = "GHSA-aaaa-bbbb-cccc"
ignoreUntil = 2026-12-31
reason = "The parser is not called; accepted by @ibrahim-osei."
"""

_CHECKS = """\
name: Checks
on:
  pull_request:
  schedule:
    - cron: "0 5 * * 1"
permissions: {}
jobs:
  checks:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: actions/dependency-review-action@3d3c42e5aac5ba805825da76410c181273ba90b1
        if: github.event_name == 'pull_request'
        with:
          fail-on-severity: high
          allow-licenses: MIT, BSD-3-Clause, Apache-2.0
      - uses: gitleaks/gitleaks-action@3d3c42e5aac5ba805825da76410c181273ba90b1
      - uses: ossf/scorecard-action@3d3c42e5aac5ba805825da76410c181273ba90b1
        with:
          results_file: results.sarif
          results_format: sarif
      - uses: github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e
        with:
          sarif_file: results.sarif
  baseline:
    uses: acme/workflows/.github/workflows/baseline.yml@3d3c42e5aac5ba805825da76410c181273ba90b1
"""

_DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service
spec:
  template:
    spec:
      containers:
        - name: service
          image: registry.acme.example/service@sha256:{digest}
"""

_ADOPTERS = "# Adopters\n\n| Organisation | Use |\n|---|---|\n" + "\n".join(
    f"| {name} | in production |"
    for name in ("Haven Logistiek", "Quayside Tools", "Port of Almere", "Noordzee Rail")
)

_ASSESSMENT = """\
# Threat model

Date: 2026-03-01

## Assets
The signing key, with which carriers prove who sent a document, and the documents of customers, in
which prices and addresses stand. Both are read and written by the parser, which takes input from
everybody, and by the signer, which takes input from the parser alone.
## Threats
- Tampering: somebody changes a document on the way. Mitigation: signatures over all of its fields.
- Spoofing: somebody pretends to be a carrier. Mitigation: certificates.
- Denial of service: a huge document. Mitigation: limits.
## Trust boundaries
Between the network and the parser, and between the parser and the signer.
"""

_EXPORT = """\
core.workflow(
    name = "export",
    destination = git.github_pr_destination(url = "https://github.com/acme/axle"),
    authoring = authoring.overwrite("Acme <oss@acme.com>"),
    transformations = [core.verify_match("secret", verify_no_match = True)],
)
"""

_FORM = """\
name: Request to publish a project
description: Ask the open source office for approval to open source a project
labels: [oss-request]
body:
  - type: input
    attributes: {label: Name of the project}
  - type: textarea
    attributes: {label: What the project does}
  - type: dropdown
    attributes: {label: License, options: [MIT, Apache-2.0]}
"""

_TOOLS = ("cryptography", "httpx", "lxml", "pydantic", "pytest", "python-dateutil", "structlog")

_RADAR = json.dumps(
    {
        "entries": [
            {
                "title": name,
                "quadrant": "tools",
                "timeline": [{"moved": 0, "ringId": ring, "date": f"20{25 + ring % 2}-03-01"}],
            }
            for ring, names in enumerate(
                (_TOOLS, ("attrs", "rich", "click"), [f"tool-{one}" for one in range(9)], ("six",))
            )
            for name in names
        ]
        + [
            {"title": f"idea-{month}", "timeline": [{"ringId": 2, "date": f"2026-0{month}-01"}]}
            for month in range(1, 6)
        ]
    },
    indent=1,
)

_OUTREACH = {
    "profile/README.md": """# Acme

Our open source is shown at [our site](https://opensource.acme.com/). Follow us on
[Mastodon](https://mastodon.social/@acme).
""",
    "blog/2026-05-20-axle-2.md": "# Axle 2 is there\n\nIt reads documents twice as fast.\n",
    "talks.md": "# Talks\n\n- 2026-02-01: Axle in practice, FOSDEM\n",
    "TRADEMARK.md": """# Use of our names and logos

You may say that your product works with ours, and use our name in articles, talks and tutorials.
Do not use our logo on your own products, in your domain, or in a way that suggests that we endorse
what you do. Do not change its colors. Ask the open source office when you are not sure.
""",
}

_INVENTORY = json.dumps(
    [{"url": f"https://github.com/{name}", "team": "integration", "tier": 1} for name in NAMES]
)

_ANSWERS = "\n## Projects\n\n| Project | Days until the first answer |\n|---|---|\n" + "\n".join(
    f"| {name.partition('/')[2]} | 2 |" for name in NAMES
)

_COMPLIANCE = (
    """# Compliance report for open source components, June 2026

Owner: Joan Clarke. All repositories are scanned every night; the goal is no high finding older than
60 days.

| Repository | Open vulnerabilities | License violations | Median age |
|---|---|---|---|
"""
    + "\n".join(f"| {name.partition('/')[2]} | 0 high | 0 | 12 days |" for name in NAMES)
    + """

In total 3 findings are open, 5 fewer than in May 2026. Two exceptions expired and were closed.
"""
)

_DECISION = """\
# {number}. Use library {number} for events

Date: 2026-0{month}-{day:02}

## Context

We need a library. An open source option and a commercial product were compared.

## Considered options

* PostgreSQL, open source
* Kafka, open source
* A commercial product

## Decision

We use PostgreSQL, an open source database that we know.

## Consequences

One system less.
"""

_FACTS = """\
Owner: Ada Lovelace. Scope: this document applies to all employees. Approved 2026-03-01. Next review
2027-03-01.
"""

_TARGETS = f"""\
# Upstream projects that matter to us

{_FACTS}
These open source projects are critical for our services. We contribute and invest in them. Our
goal: five merged changes for each project until 2026-12-31.

| Project | Why | Owner | Goal |
|---|---|---|---|
| Kubernetes | we depend on it in every service | Ada | 5 merged pull requests by 2026-12-31 |
| Backstage | our catalog runs on it | Grace | 5 merged pull requests by 2026-12-31 |
| PostgreSQL | all our data | Joan | a maintainer by 2026-12-31 |
| OpenTelemetry | we depend on it for tracing | Ada | 5 merged pull requests by 2026-12-31 |
| Envoy | the gateway of every service | Grace | 5 merged pull requests by 2026-12-31 |
| Python | our language | Joan | 5 merged pull requests by 2026-12-31 |
"""

_WHOLE: Mapping[str, Value] = {
    "affiliates.active": 12,
    "affiliates.declared": True,
    "affiliates.hidden": 0,
    "foundations.active_share": 1.0,
    "foundations.examined": 3,
    "foundations.given": {"low": 5},
    "foundations.given_active": {"low": 5},
    "foundations.highest_tier": {"low": 3},
    "foundations.maintainers": {"low": 6},
    "foundations.memberships": {"low": 3},
    "foundations.participation": 0.9,
    "foundations.years": {"low": 4},
    "sponsorships.active": 6,
    "upstream.accepted_share": 0.9,
    "upstream.closed": 66,
    "upstream.contributor_share": 0.5,
    "upstream.dependency_share": {"low": 0.6, "high": 1.0},
    "upstream.maintained": {"low": 12},
    "upstream.maintainers": {"low": 4},
    "upstream.merge_days": 3.5,
    "upstream.merged": 60,
    "upstream.noncode": 75,
    "upstream.per_person": 5.0,
    "upstream.retained_share": 0.8,
    "upstream.reviewers": 3,
    "upstream.strategic": 5,
    "upstream.strategic_derived": False,
    "upstream.strategic_share": {"low": 0.8, "high": 1.0},
    "upstream.targets": 8,
}
_ESTATE = Estate(domains=("acme.com",), roster=(Member(login="ibrahim-osei"),))
_NOTHING: Mapping[str, Value] = {"affiliates.declared": False, "upstream.strategic_derived": False}


def repositories(*, hollow: bool) -> dict[str, tuple[FakeRepository, FakeHost]]:
    """Return every repository with what its host answers; hollow files say nothing, and
    whoever wrote them is alone."""
    named = {name: _project() for name in PROJECTS}
    named[f"{OWNER}/handbook"] = _handbook()
    named[f"{OWNER}/.github"] = _defaults()
    return {
        name: (
            _clone(name, {path: _shell(path, text) for path, text in files.items()}, alone=True)
            if hollow
            else _clone(name, files),
            _quiet() if hollow else _busy(),
        )
        for name, files in named.items()
    }


@cache
def evidence(*, hollow: bool) -> tuple[Evidence, ...]:
    """Return what the collectors make of all this."""
    found = [
        one
        for repository, host in repositories(hollow=hollow).values()
        for one in collect(
            replace(observe(repository, hosting=host), estate=Estate() if hollow else _ESTATE)
        )
    ]
    return (*found, *_answers(hollow=hollow))


def _project() -> dict[str, str]:
    files = _read("waybill") | {
        ".github/workflows/checks.yml": _CHECKS,
        "ADOPTERS.md": _ADOPTERS,
        "docs/security/threat-model.md": _ASSESSMENT,
        "osv-scanner.toml": _REGISTER,
        "Dockerfile": "FROM python:3.13-slim\nCOPY . /app\nRUN pip install /app\n"
        'ENTRYPOINT ["python", "-m", "waybill"]\n',
        "deploy/deployment.yaml": _DEPLOYMENT.format(digest="8b" * 32),
    }
    return files


def _handbook() -> dict[str, str]:
    return {
        **handbook.DOCUMENTS,
        "docs/upstream.md": texts.CONTRIBUTION.replace("projects\n", f"projects\n\n{_FACTS}", 1),
        "docs/releasing.md": texts.OPEN_SOURCING.replace("project\n", f"project\n\n{_FACTS}", 1),
        "LICENSE": (_EXAMPLE / "waybill" / "LICENSE").read_text(encoding="utf-8"),
        "MAINTAINERS.md": _read("waybill")["MAINTAINERS.md"],
        "catalog-info.yaml": _read("waybill")["catalog-info.yaml"],
        "SECURITY.md": _read("waybill")["SECURITY.md"],
        "CONTRIBUTING.md": _read("waybill")["CONTRIBUTING.md"],
        "README.md": _read("waybill")["README.md"],
        "ROADMAP.md": _read("waybill")["ROADMAP.md"],
        "copy.bara.sky": _EXPORT,
        "radar/radar.json": _RADAR,
        "reports/report-2025.md": handbook.DOCUMENTS["reports/report-2025.md"] + _ANSWERS,
        "inventory/repositories.json": _INVENTORY,
        "reports/compliance-2026-06.md": _COMPLIANCE,
        "docs/upstream-targets.md": _TARGETS,
        ".github/ISSUE_TEMPLATE/request.yml": _FORM,
        ".github/workflows/checks.yml": _CHECKS,
        **{
            f"docs/adr/{number:04}-use-library.md": _DECISION.format(
                number=number, month=number % 6 + 1, day=number + 1
            )
            for number in range(24)
        },
    }


def _defaults() -> dict[str, str]:
    return (
        _read(".github")
        | _OUTREACH
        | {path: text for path, text in _handbook().items() if "/" not in path}
    )


def _clone(name: str, files: Mapping[str, str], *, alone: bool = False) -> FakeRepository:
    guests = () if alone else _GUESTS
    people = _PEOPLE[:1] if alone else _PEOPLE
    commits = [commit(CHANGED, who, "Fix a typing error (#99)") for who in guests]
    commits.append(commit("2026-06-05", _BOT, "Bump httpx from 0.27 to 0.28"))
    for number, day in enumerate(reversed(_DAYS)):
        who = people[number % len(people)]
        commits.append(
            commit(day, who, f"Improve step {number} (#{number + 1})\n\nSigned-off-by: {who}")
        )
    return FakeRepository(
        files,
        name=name,
        commits=commits,
        tags=_RELEASES if name in PROJECTS else (),
        remote=Remote("github.com", *name.split("/")),
        changes=[change(path, CHANGED) for path in files],
    )


def _shell(path: str, text: str) -> str:
    """Return a text without its substance: headings stay, settings are gone."""
    if path.endswith(".md"):
        heads = [line for line in text.splitlines() if line.startswith("#")]
        return "\n\n".join(heads) + "\n\nSoon.\n"
    return "" if path.endswith(".json") else "# Soon.\n"


def _busy() -> FakeHost:
    protection = Protection(pull_requests=True, reviews=1, checks=True, by_organisation=True)
    return FakeHost(
        nature=nature(description="Reads, checks and signs waybills"),
        topics=("logistics", "waybill"),
        protection=protection,
        changes=requests(*_changes()),
        issues=requests(*_issues()),
        releases=(),
        private_reporting=True,
        advisories=(
            Advisory(id="GHSA-1", published=change("", "2026-02-01").committed, fixed=True),
        ),
    )


def _quiet() -> FakeHost:
    return FakeHost(
        nature=nature(has_issues=False),
        topics=(),
        protection=Protection(pull_requests=False, reviews=0, checks=False, by_organisation=False),
        changes=Requests((), False),
        issues=Requests((), False),
        releases=(),
        private_reporting=False,
        advisories=(),
    )


def _changes() -> tuple[Request, ...]:
    people = [
        request(day, "olga", review(f"{day}T12:00"), merged=f"{day}T15:00", merged_by="ada")
        for day in reversed(_DAYS)
    ]
    updates = [
        request(
            day,
            "dependabot[bot]",
            merged=f"{day}T15:00",
            merged_by="ada",
            is_outside=False,
        )
        for day in reversed(_DAYS)
    ]
    return (*people, *updates)


def _issues() -> tuple[Request, ...]:
    return tuple(request(day, "piet", reply(f"{day}T18:00")) for day in reversed(_DAYS))


def _answers(*, hollow: bool) -> tuple[Evidence, ...]:
    """Return what GitHub and landscape files tell of the organization as a whole."""
    source = Source(url=f"https://github.com/{OWNER}")
    return tuple(
        Evidence(
            key=key,
            subject=OWNER,
            value=_NOTHING.get(key, 0) if hollow else _WHOLE[key],
            source=source,
            observed_at=AS_OF,
        )
        for key in sorted(ORGANISATION_FACTS.keys() & _WHOLE)
    )


def _read(name: str) -> dict[str, str]:
    folder = _EXAMPLE / name
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
