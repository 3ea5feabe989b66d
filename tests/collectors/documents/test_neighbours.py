"""Texts that share the words of a class and are about something else."""

import pytest

from osmm_scan.collectors.documents.recognition import recognise
from osmm_scan.collectors.documents.rubrics import load_rubrics
from tests.collectors.documents import texts

MEMBERSHIPS = """# {title}

{first} We are a member of the Linux Foundation and the Eclipse Foundation, at the silver level.
The purpose is to steer what we depend on. Our representative is the head of platform. The
membership is renewed every year.
"""

ENDS = """# {title}

A project without activity for twelve months is archived: its owners are notified, the repository
becomes read only and a banner is added to the readme. The committee decides by vote.

Archived projects keep their code.

A project that is deprecated carries the status for six months.
"""


def _quality(text: str, name: str) -> int:
    findings = recognise(text, "pages/page.md", load_rubrics(), "acme/handbook")
    return next((one.quality for one in findings if one.name == name), 0)


@pytest.mark.parametrize(
    ("title", "first", "quality"),
    [
        pytest.param("Community membership", "", 0, id="roles of contributors"),
        pytest.param(
            "Foundation memberships",
            "The network is a membership organization.",
            0,
            id="a foundation about its members",
        ),
        pytest.param("Foundation memberships", "", 2, id="what the organization belongs to"),
    ],
)
def test_memberships_are_those_of_the_organization(title: str, first: str, quality: int) -> None:
    text = MEMBERSHIPS.format(title=title, first=first)

    assert _quality(text, "foundation_membership") == quality


@pytest.mark.parametrize(
    ("title", "quality"),
    [
        pytest.param("Annual report 2025: cluster lifecycle", 0, id="a report"),
        pytest.param("Node lifecycle", 0, id="what software runs"),
        pytest.param("Project lifecycle", 2, id="projects"),
    ],
)
def test_lifecycles_are_those_of_projects(title: str, quality: int) -> None:
    assert _quality(ENDS.format(title=title), "lifecycle_policy") == quality


@pytest.mark.parametrize(
    ("text", "path", "quality"),
    [
        pytest.param(
            "This policy has been superseded.\n\n" + texts.CONSUMPTION, "use.md", 0, id="superseded"
        ),
        pytest.param(texts.CONSUMPTION, "archive/use.md", 0, id="in an archive"),
        pytest.param(texts.CONSUMPTION, "rules/use.md", 3, id="in force"),
    ],
)
def test_what_no_longer_holds_is_no_mention(text: str, path: str, quality: int) -> None:
    findings = recognise(text, path, load_rubrics(), "acme/handbook")

    assert {one.quality for one in findings if one.name == "consumption_policy"} == {quality}


def test_projects_that_are_no_longer_maintained_end_no_policy() -> None:
    text = "This is what happens to projects that are no longer maintained.\n\n" + ENDS

    assert _quality(text.format(title="Project lifecycle"), "lifecycle_policy") == 2


def test_putting_packages_into_a_registry_is_no_way_to_make_code_public() -> None:
    text = texts.OPEN_SOURCING + "\n- Maven Central\n- npmjs\n- Docker Hub\n"

    assert _quality(texts.OPEN_SOURCING, "open_sourcing_process") == 2
    assert _quality(text, "open_sourcing_process") == 0


def test_an_entry_of_a_radar_is_nothing_else() -> None:
    text = ENDS.format(title="Project lifecycle")

    assert _quality("---\nring: adopt\n---\n" + text, "lifecycle_policy") == 0
    assert _quality("---\nside: left\n---\n" + text, "lifecycle_policy") == 2


@pytest.mark.parametrize(
    ("steps", "quality"),
    [
        pytest.param(
            "Change the code in your fork.\n\nThen you can issue a pull request.",
            1,
            id="a step among others",
        ),
        pytest.param("The form is kept on file by the legal team.", 2, id="the whole matter"),
    ],
)
def test_agreements_are_more_than_a_step_for_contributors(steps: str, quality: int) -> None:
    text = f"""# Contributor license agreement

{steps}

Every contributor must sign our contributor license agreement (CLA) before a change is merged.
An employer signs the corporate CLA. The CLA ensures that we may use what you contribute.
"""

    assert _quality(text, "cla_dco_process") == quality


@pytest.mark.parametrize(
    ("clauses", "quality"),
    [
        pytest.param("The form is kept on file by the legal team.", 2, id="how it is handled"),
        pytest.param("The form shall mean what the legal team keeps.", 2, id="one turn of law"),
        pytest.param(
            "The license is perpetual.\n\nThe company shall mean the legal entity named above.",
            1,
            id="the clauses of the agreement",
        ),
    ],
)
def test_the_agreement_itself_says_nothing_of_its_handling(clauses: str, quality: int) -> None:
    text = f"""# Contributor license agreement

{clauses}

Every contributor must sign our contributor license agreement (CLA) before a change is merged.
An employer signs the corporate CLA. The CLA ensures that we may use what you contribute.
"""

    assert _quality(text, "cla_dco_process") == quality


@pytest.mark.parametrize("name", ["Open source", "OSS", "FOSS"])
def test_open_source_goes_by_its_short_names(name: str) -> None:
    text = f"""# {name} policy

Our engineers may contribute to upstream projects.

Fixes need no approval; ask your manager for approval of anything else.

Use your company email address, and never share confidential code.

Only the legal team may sign a contributor license agreement.
"""

    assert _quality(text, "contribution_policy") == 2
