"""Which names and addresses are the same person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.studies.identities import login, marks, same_people
from osmm_scan.sources.repository import Person

ADA = Person("Ada Lovelace", "ada@acme.com")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Person("Grace Hopper", "grace@acme.com"), id="other name and address"),
        pytest.param(Person("Grace Hopper", "ada@users.noreply.github.com"), id="account alone"),
        pytest.param(Person("Ada", "ada@other.com"), id="first name alone"),
        pytest.param(Person("", ""), id="nobody"),
    ],
)
def test_different_people_stay_apart(other: Person) -> None:
    identities = same_people([ADA, other])

    assert identities[ADA] != identities[other]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Person("A. Lovelace", "ADA@acme.com"), id="same address"),
        pytest.param(Person("ada  lovelace", "1+al@users.noreply.github.com"), id="same name"),
    ],
)
def test_one_person_is_recognized(other: Person) -> None:
    identities = same_people([ADA, other])

    assert identities[ADA] == identities[other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Person("root", "root@a"), Person("unknown", "root@a"), id="machines"),
        pytest.param(Person("Your Name", "a@a"), Person("Your Name", "b@b"), id="never filled in"),
    ],
)
def test_what_machines_fill_in_joins_nobody(one: Person, other: Person) -> None:
    identities = same_people([one, other])

    assert identities[one] != identities[other]


def test_identities_join_over_a_third() -> None:
    bridge = Person("Ada Lovelace", "12+ada@users.noreply.github.com")
    account = Person("ada", "12+ada@users.noreply.github.com")

    identities = same_people([ADA, account, bridge])

    assert len(set(identities.values())) == 1


def test_a_word_that_is_also_the_address_is_an_account() -> None:
    assert "@octocat" in set(marks(Person("octocat", "octocat@acme.com")))


@pytest.mark.parametrize(
    ("address", "account"),
    [
        pytest.param("ada@acme.com", None, id="real address"),
        pytest.param("ada@users.noreply.github.com", "ada", id="old form"),
        pytest.param("12+Ada@users.noreply.github.com", "ada", id="form with a number"),
        pytest.param("12+ada@users.noreply.ghe.acme.com", "ada", id="enterprise host"),
    ],
)
def test_noreply_addresses_name_accounts(address: str, account: str | None) -> None:
    assert login(address) == account


@given(st.lists(st.builds(Person, st.text("ab ", max_size=9), st.sampled_from(["", "a@b", "c@d"]))))
def test_order_changes_nothing(people: list[Person]) -> None:
    assert same_people(people) == same_people(reversed(people))
