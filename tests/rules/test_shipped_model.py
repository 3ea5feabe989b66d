"""What the shipped model takes for the whole of an organisation, and what for a part of it."""

from __future__ import annotations

import pytest

from osmm_scan.engine.grades import Scene
from osmm_scan.engine.rules import load_rules
from osmm_scan.model import Visibility
from osmm_scan.resources import rules_directory


@pytest.mark.parametrize(
    ("profile", "visibility", "is_biased"),
    [
        pytest.param("company", Visibility.FULL, False, id="all of a company"),
        pytest.param("community", Visibility.PUBLIC, False, id="all of a community is public"),
        pytest.param("foundation", Visibility.PUBLIC, False, id="all of a foundation is public"),
        pytest.param("community", Visibility.CHECKOUT, False, id="any clones of a community"),
        pytest.param("company", Visibility.PUBLIC, True, id="what a company publishes"),
        pytest.param("company", Visibility.CHECKOUT, True, id="clones that somebody chose"),
    ],
)
def test_a_part_of_a_company_is_a_biased_sample(
    profile: str, visibility: Visibility, is_biased: bool
) -> None:
    model = load_rules(rules_directory()).model

    assert Scene(profile=profile, visibility=visibility).is_biased(model) is is_biased
