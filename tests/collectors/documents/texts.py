"""Short documents of each kind: what a real one says, and what only looks like it."""

CONSUMPTION = """# Policy: using open source

Owner: head of platform. Version 2.0, last reviewed 2026-02-01.

## Scope

This policy applies to all employees who choose or operate software.

## Rules

- Components under an approved license may be used without approval.
- Copyleft licenses need approval by the legal team.
- Components with known critical vulnerabilities must not be used.
- Every use is recorded in the inventory.

## Exceptions

The head of platform grants exceptions in writing.
"""

CONTRIBUTION = """# Policy for contributing to open source projects

Employees may contribute fixes to upstream projects without approval. New features need approval
from your manager. Use your company email address. Never include confidential data or code covered
by patents. The legal team signs every contributor license agreement. The code of conduct of the
project applies, and you represent the company.
"""

CONTRIBUTION_GERMAN = """# Richtlinie: Beiträge zu Open Source Projekten

Diese Richtlinie gilt für alle Mitarbeiter. Beiträge zu Open Source Projekten brauchen die Freigabe
der Rechtsabteilung; kleine Korrekturen sind ohne Freigabe erlaubt. Urheber ist der Mitarbeiter.
Geschäftsgeheimnisse und Patente dürfen nicht in Beiträge gelangen. Vor dem Unterschreiben eines CLA
wird die Rechtsabteilung gefragt. Jeder Beitrag zählt als Arbeitszeit und wird im Team besprochen.
"""

CONTRIBUTING = """# Contributing

Thank you for your interest in contributing to this open source project! Fork the repository, create
a branch and open a pull request. Contributions need approval by a maintainer. By contributing you
agree to the contributor license agreement. Never include confidential data in your contribution,
use your work email address, and follow the code of conduct.
"""

LICENSES = """# Licenses for third-party components

| Class | Licenses | Use |
|---|---|---|
| Allowed | MIT, BSD-3-Clause, Apache-2.0 | internal use and distributed products |
| Restricted | LGPL-2.1, MPL-2.0 | distributed products need an exception |
| Prohibited | AGPL-3.0, SSPL-1.0 | never |

Prohibited licenses are never used. Ask the legal team when a license is not listed.
"""

OPEN_SOURCING = """# How to open source a project

Step 1: open a request for approval with the open source team; your director approves.
Step 2: legal checks intellectual property, trademarks and patents.
Step 3: security scans the git history for secrets and credentials.
Step 4: choose the license, write README and CONTRIBUTING documentation.
Step 5: name two maintainers and create the public repository in our GitHub organization.
Step 6: we announce it on the blog.
"""

STRATEGY = """# Open source strategy 2026

Owner: chief technology officer. Approved 2026-01-10. This strategy applies to all units.

## Purpose
Open source saves us from building what is no advantage.
## Where we stand today
Most of what we run is open source.
## Objectives
We use open source first. We contribute back upstream. We publish and lead what partners need.
## Measures
The metric is services with an inventory; the target is 95 % until 2026-12-31.
"""

SECURITY = """# Security policy

Please report a vulnerability privately to security@acme.example, not in public issues. We answer
within three business days and publish a fix. Supported versions: 2.x.
"""

GOVERNANCE = """# Governance

Contributors become reviewers, reviewers become maintainers when two maintainers nominate them.
Maintainers are responsible for releases. Decisions are taken by lazy consensus, else by majority
vote. Inactive maintainers step down and become emeritus. Conflicts are escalated to the committee.
"""

RADAR = (
    '{"entries": ['
    + ", ".join(
        f'{{"label": "tool {number}", "ring": "{ring}"}}'
        for number, ring in enumerate(("adopt", "trial", "assess", "HOLD", "adopt", "hold"))
    )
    + "]}"
)

HOLLOW = {
    "consumption_policy": "# Policy: using open source\n\nWe love open source and use it.\n",
    "contribution_policy": "# Policy for contributing to open source\n\nPlease do contribute.\n",
    "license_policy": "# Licenses\n\nAllowed licenses will be listed here.\n",
    "open_sourcing_process": "# How to open source a project\n\nAsk somebody first.\n",
    "strategy": "# Open source strategy\n\nOpen source is our strategy.\n",
    "security_policy": "# Security policy\n\nSecurity matters a lot to us.\n",
    "project_governance": "# Governance\n\nThis project is governed openly.\n",
    "tech_radar": "# Technology radar\n\nOur radar will show technologies.\n",
}
