"""A text in a language without words in the rubrics is unknown, not absent."""

import pytest

from osmm_scan.collectors import documents
from osmm_scan.collectors.documents.languages import is_foreign
from osmm_scan.model import Missing
from tests.collectors.documents import texts
from tests.fakes import FakeRepository, facts

NORWEGIAN = """# Retningslinjer for bruk av åpen kildekode

Alle ansatte kan bruke komponenter med en godkjent lisens. Komponenter med kjente sårbarheter må
ikke brukes, og unntak gis skriftlig av lederen for plattformen. Bruken føres i registeret over
programvare. Retningslinjene gjelder for hele virksomheten og blir gjennomgått hvert år i mars.
Spørsmål kan stilles til gruppen for åpen kildekode, som også tar imot forslag til nye lisenser.
"""


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        pytest.param("", False, id="empty"),
        pytest.param(texts.CONSUMPTION, False, id="English"),
        pytest.param(texts.CONTRIBUTION_GERMAN, False, id="German"),
        pytest.param("æøå", False, id="too short to tell"),
        pytest.param("tool | 1 | \u2713\n" * 200, False, id="a table of words and signs"),
        pytest.param(NORWEGIAN, True, id="Norwegian"),
        pytest.param("\u6211\u4eec\u4f7f\u7528\u5f00\u6e90" * 40, True, id="Chinese"),
    ],
)
def test_languages_of_the_rubrics_are_known(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        pytest.param("document.consumption_policy", Missing.NOT_SUPPORTED, id="may be one"),
        pytest.param("document.security_policy", None, id="lies elsewhere"),
    ],
)
def test_what_may_be_a_document_in_another_language_is_unknown(
    name: str, missing: Missing | None
) -> None:
    repository = FakeRepository({"docs/policy.md": NORWEGIAN}, name="acme/handbook")

    assert facts(documents, repository)[name].missing is missing


def test_a_product_is_not_asked_for_the_rules_of_its_owner() -> None:
    files = {"docs/policy.md": NORWEGIAN, "src/main.py": "print()"}
    repository = FakeRepository(files, name="acme/widgets")

    assert facts(documents, repository)["document.consumption_policy"].missing is None
