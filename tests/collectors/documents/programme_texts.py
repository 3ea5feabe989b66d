"""Short documents of a programme: what a real one of each kind says."""

REAL = {
    "stakeholder_roster": """# Open source board: members and roles

| Function | Name | Role |
|---|---|---|
| Legal | Ada Lovelace | decides on licenses |
| Security | Grace Hopper | reviews releases |
| Engineering | Edsger Dijkstra | represents the developers |
| Procurement | Joan Clarke | advises on contracts |
""",
    "training_coverage": """# Training report on open source

Of the 420 engineers at the company, 378 of 420 completed the training on license compliance as of
31 March 2026. Completion is counted from the records of the learning platform, which is the source
for the whole target group of developers. The next report is due in a year.
""",
    "compliance_report": """# Compliance report for open source components, May 2026

Owner: Joan Clarke. 8 of 8 repositories are scanned every night; the goal is 8.

| Repository | Open vulnerabilities | License violations | Median age |
|---|---|---|---|
| axle | 2 high | 0 | 12 days |
| bolt | 0 | 1 | 4 days |

In total 3 findings are open, 5 fewer than in April 2026. Two exceptions expired and were closed.
""",
    "control_mapping": """# Control mapping for open source components

Each requirement of the policy maps to a control.

| Obligation | Control | Owner | Evidence |
|---|---|---|---|
| Requirement 1: known licenses in third-party components | scan of merges | platform team | log |
| Requirement 2: no vulnerable dependencies | gate before release | security team | report |
""",
    "employee_ip_guidance": """# Personal projects and intellectual property

What employees write in working hours, with company equipment or for our products belongs to the
company. Code that you write in your own time, on your own devices and not related to our business,
is yours. When in doubt, ask the legal team for permission before you publish it. Confidential
information never belongs into side projects.
""",
    "community_manager": """# The community team

The community manager welcomes newcomers, triages new issues every day and moderates the forum.
Office hours take place weekly; the newsletter appears monthly. Reach the team in the chat or by
email. Its goal is the growth and the health of all projects.
""",
    "recognition_programme": """# Award for open source contributions

Every quarter, employees nominate a colleague for contributions to upstream projects. A jury of
maintainers selects the winner, who gets a day off and a prize.

- 2026-01-15: Grace, for her work on the scheduler
- 2026-04-16: Edsger, for mentoring
- 2024-04-16: Ada, for the translation
""",
    "project_evaluation": """# Evaluation of open source projects

Before we adopt a new component, it is scored from 1 to 5 on security and tests, on activity of its
community and maintainers, and on its licenses. Projects below 3 points are rejected; all are
assessed again annually.

| Project | Score | Decision | Evaluated on |
|---|---|---|---|
| queue | 4 | adopt | 2026-02-01 |
| cache | 2 | avoid | 2026-03-01 |
""",
    "roi_metrics": """# Savings through open source

In 2025 we saved 1.2 million euros in license fees for databases; in 2024 it was 800,000 euros.

The method compares the list price of the product that was replaced with our costs of operation.
The scope are the services of two departments. Finance reviewed and confirmed the figures.
""",
    "foundation_kpis": """# Foundation report 2025

We are members of the Linux Foundation and of FINOS. In 2025, 12 of our employees were contributors
to their projects, from 9 in the previous year. The target was 10. Our staff attended 5 working
groups in total and gave 7 talks. Eight of their projects are used in production.
""",
    "executive_statement": """# Foreword

As CTO, I commit our company to open source: we support every team that contributes upstream.

Ada Lovelace, Chief Technology Officer. Dated 12 May 2026
""",
}

HOLLOW = {
    name: "\n\n".join(line for line in text.splitlines() if line.startswith("#")) + "\n\nSoon.\n"
    for name, text in REAL.items()
}
