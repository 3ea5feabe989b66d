"""Whether a code of conduct names somebody to turn to."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, facts

PLEDGE = "We pledge to make our community welcoming for everybody who takes part in it.\n\n"


def contact(text: str, path: str = "CODE_OF_CONDUCT.md", **more: str) -> Evidence:
    return facts(community_health, FakeRepository({path: text, **more}))["conduct.contact"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(PLEDGE, id="no contact"),
        pytest.param(f"{PLEDGE}Report to [INSERT CONTACT METHOD].", id="stock placeholder"),
        pytest.param(f"{PLEDGE}Report to conduct@example.com.", id="example address"),
        pytest.param(
            f"{PLEDGE}Report to [INSERT EMAIL]. Ask @acme/conduct.", id="placeholder beside a team"
        ),
        pytest.param(
            f"{PLEDGE}Report it to the maintainers. Adapted from the "
            "[Contributor Covenant](https://www.contributor-covenant.org/version/2/1/).",
            id="attribution only",
        ),
    ],
)
def test_texts_without_a_contact(text: str) -> None:
    assert contact(text).value is False


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(f"{PLEDGE}Report to conduct@acme.com.", 3, id="address"),
        pytest.param(f"{PLEDGE}Report to\nconduct+x/y@acme.com.", 4, id="address with a slash"),
        pytest.param(f"{PLEDGE}Report with [this form](https://acme.com/form).", 3, id="form"),
        pytest.param(f"{PLEDGE}Report violations to @acme/conduct.", 3, id="team"),
        pytest.param(
            "We follow the [CNCF text](https://github.com/cncf/foundation/blob/main/code-of-conduct.md).",
            1,
            id="known text of a foundation",
        ),
    ],
)
def test_texts_with_a_contact(text: str, line: int) -> None:
    item = contact(text)

    assert (item.value, item.source.line) == (True, line)


def test_a_pointer_within_the_repository_is_followed() -> None:
    item = contact(
        "See [our conduct](policies/conduct.md).",
        **{"policies/conduct.md": f"{PLEDGE}Write to help@acme.com."},
    )

    assert (item.value, item.source.path) == (True, "policies/conduct.md")


def test_a_pointer_out_of_the_repository_is_unknown() -> None:
    item = contact("Our conduct is at [the site](https://acme.com/conduct).")

    assert item.missing is Missing.NOT_COLLECTED


def test_the_other_spelling_of_the_name_counts() -> None:
    assert contact("Write to help@acme.com.", "code-of-conduct.md").value is True


def test_no_text_has_no_contact() -> None:
    assert facts(community_health, FakeRepository({"a": ""}))["conduct.contact"].value is False
