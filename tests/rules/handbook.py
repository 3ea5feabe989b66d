"""The documents of an organization that has written down what it does, and why."""

from tests.collectors.documents import programme_texts, texts

_FACTS = "Owner: Ada Lovelace. Scope: this document applies to all units. Approved 2026-03-01.\n"

_SCORES = "\n".join(f"| tool-{number} | 4 | adopt | 2026-02-01 |" for number in range(30))

DOCUMENTS = {
    **{f"docs/{name}.md": text for name, text in programme_texts.REAL.items()},
    "docs/using.md": texts.CONSUMPTION,
    "docs/upstream.md": texts.CONTRIBUTION,
    "docs/licenses.md": texts.LICENSES,
    "docs/releasing.md": texts.OPEN_SOURCING,
    "docs/project_evaluation.md": programme_texts.REAL["project_evaluation"].replace(
        "\n\n|", f"\n\n{_FACTS}\n|", 1
    )
    + _SCORES
    + "\n",
    "docs/strategy.md": texts.STRATEGY.replace(
        "## Objectives\n",
        "## Objectives\n\n"
        "- 95 % of the services have an inventory by 2026-12-31; status: 90 % reached\n"
        "- 20 upstream projects get contributions by 2026-12-31; result: 21\n\n",
    ),
    "docs/ospo.md": f"""# Our open source office

{_FACTS}
The open source program office of Acme supports everybody who uses or publishes open source. Its
mission is to make that safe and simple. The team is led by Ada Lovelace, with two engineers. We
provide training and reviews. Contact us in the chat or by email.
""",
    "docs/charter.md": f"""# Charter of the open source board

{_FACTS}
## Mission
The board of the company decides on everything that concerns open source.
## Responsibilities
The board has the authority to approve policies and to grant exceptions.
## Members
Its members are appointed for a term of two years by the directors; the chair is elected.
## Decisions
The board decides by majority vote, with a quorum of half of the members.
## Meetings
Meetings take place monthly and their minutes are public inside the company.
## Changes
Changes of this charter need the vote of two thirds. Disputes are escalated to the directors.
""",
    "docs/roadmap.md": f"""# Roadmap of the open source programme 2026

{_FACTS}
The open source program office commits to this plan and reviews it every quarter.

| Item | Due | Owner | Status |
|---|---|---|---|
| Establish the training on license compliance | 2025-11-30 | Ada | done |
| Publish the contribution policy | 2026-02-28 | Grace | done |
| Launch the survey among contributors | 2026-05-31 | Joan | in progress |
| Host the first event of the ambassadors | 2026-09-30 | Joan | planned |
""",
    **{
        f"reports/report-{year}.md": f"""# Open source report {year}

{_FACTS}
In {year} our open source program office counted what we give and take, for all repositories.

## Methodology
The data source is the catalogue; contributions are measured by merged pull requests.
## Highlights
- The total number of contributors grew to 120, an increase of 20 percent.
- Employees made more than 1000 contributions; the target was 900.
- The average time to a review is two days, compared with three in the previous year.
- License compliance: 95 percent of the projects, from 90 percent.
- Open issues: a median of 12 days until the first answer.
## Next steps
We go on with the training.
"""
        for year in (2024, 2025)
    },
    "docs/cla.md": f"""# Contributor license agreements that we signed

{_FACTS}
Employees need the approval of the legal team before signing a contributor license agreement on our
behalf. Joiners are added to the list by their manager, and leavers are removed. Ask legal.

| Agreement | Project | Signed |
|---|---|---|
| CCLA | Apache | 2025-01-10 |
| CCLA | Python | 2025-02-10 |
| CLA | Kubernetes | 2025-03-10 |
| CLA | Eclipse | 2025-04-10 |
""",
    "docs/risk.md": f"""# Register of open source risks

{_FACTS}
We review the risks of open source quarterly, and mitigate what exceeds our appetite.

| Risk | Owner | Likelihood | Impact | Tolerance |
|---|---|---|---|---|
| Risk of known vulnerabilities in dependencies | Grace | high | high | fixed within 7 days |
| Risk of unclear licenses in open source components | Ada | low | high | none accepted |
| Risk of secrets in what we publish and contribute | Joan | low | high | none accepted |
""",
    "docs/memberships.md": f"""# Memberships in foundations

{_FACTS}
We are a silver member of the Linux Foundation and a member of FINOS. The purpose of each
membership is to secure projects that we depend on; our representative is named below. Every
membership is reviewed annually before we renew it.
""",
    "docs/education.md": f"""# Training: open source for engineers

{_FACTS}
The course has four modules of one hour with exercises. Afterwards you will know our policy.

- Module 1: licenses, copyright and compliance in open source
- Module 2: using open source components, with the inventory and the allowlist
- Module 3: security of the supply chain and vulnerabilities
- Module 4: contributing upstream, governance of communities
""",
}

DOCUMENTS |= {
    f"statements/foreword-{number}.md": f"""# Foreword of the chief executive and the CTO

{_FACTS}
As chief executive and CTO we commit our company to open source, and support part {number} of the
programme. Dated 2026-0{number}-15.
"""
    for number in range(1, 5)
}

DOCUMENTS["docs/incubation.md"] = f"""# Criteria for publishing projects

{_FACTS}
A project is published when it has a maintainer, a license and a security policy. Projects start in
the sandbox and are graduated after a review; the open source board decides by vote on each
application. Every project is reviewed annually.

## Decisions
- 2026-02-10: the scheduler was accepted into the sandbox
- 2026-05-12: the proposal for the parser was declined
"""

DOCUMENTS["docs/support.md"] = f"""# Support plan for components in production

{_FACTS}
We use these components in production; this is who to call.

| Component | Support | Contact | Until |
|---|---|---|---|
""" + "\n".join(
    f"| PostgreSQL cluster {number} | commercial contract or in-house | hotline | 2027 |"
    for number in range(12)
)

HOLLOW = {
    path: "\n\n".join(line for line in text.splitlines() if line.startswith("#")) + "\n\nSoon.\n"
    for path, text in DOCUMENTS.items()
}
