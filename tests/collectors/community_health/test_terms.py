"""Under which terms contributions come in."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.collectors.community_health.agreements import terms
from osmm_scan.collectors.studies.prose import read
from osmm_scan.model import Missing
from tests.fakes import FakeRepository, facts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Please send a pull request.", id="nothing"),
        pytest.param("No CLA is required.", id="no agreement"),
        pytest.param("You do not need to sign a contributor license agreement.", id="denied"),
        pytest.param("Signed-off-by: we do not use this", id="not used"),
        pytest.param("This project is released under the MIT license.", id="outbound only"),
        pytest.param("The class is declared here.", id="word that begins like it"),
    ],
)
def test_texts_without_terms(text: str) -> None:
    assert list(terms(read(text))) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Sign the Contributor License Agreement.", "cla", id="named"),
        pytest.param("We require a CLA from all of you.", "cla", id="short"),
        pytest.param("Use EasyCLA to agree.", "cla", id="service"),
        pytest.param("We use the DCO.", "dco", id="short"),
        pytest.param("All commits must be signed with `git commit -s`.", "dco", id="command"),
        pytest.param("Please sign off every commit.", "dco", id="in words"),
        pytest.param(
            "By contributing, you agree that your work is licensed under its MIT License.",
            "inbound_outbound",
            id="by contributing",
        ),
        pytest.param(
            "Contributions to this project are released to the public under the same license.",
            "inbound_outbound",
            id="same license",
        ),
        pytest.param("We follow inbound=outbound.", "inbound_outbound", id="by its name"),
    ],
)
def test_texts_with_terms(text: str, kind: str) -> None:
    assert list(terms(read(f"# x\n\n{text}"))) == [(kind, 3)]


def test_farewell_to_one_agreement_leaves_the_other() -> None:
    text = "Commits need a Signed-off-by trailer. Goodbye CLA."

    assert [kind for kind, _ in terms(read(text))] == ["dco"]


def test_terms_of_all_documents_are_joined() -> None:
    files = {
        "CONTRIBUTING.md": "We use the DCO. See [patches](docs/patches.md).",
        "docs/patches.md": "By submitting patches you agree to the terms of the MIT license.",
        ".github/pull_request_template.md": "- [ ] I signed the CLA",
    }

    item = facts(community_health, FakeRepository(files))["terms.kind"]

    assert item.value == ("cla", "dco", "inbound_outbound")


def test_no_terms_are_an_empty_set() -> None:
    found = facts(community_health, FakeRepository({"README.md": "Widgets."}))

    assert (found["terms.declared"].value, found["terms.kind"].value) == (False, ())


def test_terms_in_a_guide_elsewhere_are_unknown() -> None:
    files = {"CONTRIBUTING.md": "Read [our guide](https://acme.com/contributing)."}

    found = facts(community_health, FakeRepository(files))

    assert found["terms.declared"].missing is Missing.NOT_COLLECTED
