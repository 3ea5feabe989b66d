"""Staff uses a declared domain or an account of the roster; who else may be leaves it open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from osmm_scan.collectors import provenance
from osmm_scan.collectors.studies.staff import Staff, staff
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.settings import Estate, Member
from tests.fakes import FakeRepository, commit, observe

ACME = Estate(domains=("ACME.com",))
ROSTER = replace(ACME, roster=(Member(login="Ada"),))
LEFT = replace(ACME, roster=(Member(login="ada", until=date(2020, 1, 1)), Member(login="bob")))
ADA = "Ada Lovelace <ada@acme.com>"
PRIVATE = "Ada Lovelace <ada@gmail.com>"
ACCOUNT = "Ada Lovelace <123+ada@users.noreply.github.com>"
STRANGER = "Joan Clarke <joan@gmail.com>"


def seen(estate: Estate, *authors: str, day: str = "2026-05-01") -> Staff:
    repository = FakeRepository(commits=[commit(day, who) for who in authors])
    return staff(replace(observe(repository), estate=estate))


@pytest.mark.parametrize(
    ("estate", "authors", "expected"),
    [
        pytest.param(ACME, [], Staff(0, 0), id="nobody"),
        pytest.param(ACME, ["dependabot[bot] <bot@acme.com>"], Staff(0, 0), id="bot"),
        pytest.param(ACME, ["Piet <piet@haven-logistiek.com>"], Staff(0, 0), id="works elsewhere"),
        pytest.param(ACME, ["Piet <piet@notacme.com>"], Staff(0, 0), id="ends alike"),
        pytest.param(ACME, ["Piet <piet@acme.com.evil.org>"], Staff(0, 0), id="begins alike"),
        pytest.param(ROSTER, ["Piet <piet@users.noreply.github.com>"], Staff(0, 0), id="others"),
        pytest.param(LEFT, [ACCOUNT], Staff(0, 0), id="left long ago"),
        pytest.param(ACME, [ACCOUNT], Staff(0, 1), id="account without a roster"),
        pytest.param(ACME, [STRANGER], Staff(0, 1), id="who knows"),
        pytest.param(ROSTER, [STRANGER], Staff(0, 1), id="who knows, beside a roster"),
        pytest.param(ACME, [ADA], Staff(1, 0), id="domain"),
        pytest.param(ACME, ["Ada <ada@eng.Acme.com>"], Staff(1, 0), id="below the domain"),
        pytest.param(ROSTER, [ACCOUNT], Staff(1, 0), id="account of the roster"),
        pytest.param(ACME, [ADA, ADA, PRIVATE], Staff(2, 1), id="one person, two addresses"),
        pytest.param(ACME, [ADA, STRANGER, STRANGER], Staff(1, 2), id="two people"),
        pytest.param(
            Estate(domains=("cs.uni.edu",)), ["Ada <ada@uni.edu>"], Staff(0, 1), id="above it"
        ),
    ],
)
def test_commits_are_counted_by_what_tells_whose_they_are(
    estate: Estate, authors: list[str], expected: Staff
) -> None:
    assert seen(estate, *authors) == expected


def test_what_was_before_the_window_does_not_count() -> None:
    assert seen(ACME, ADA, STRANGER, day="2020-05-01") == Staff(0, 0)


@pytest.mark.parametrize("estate", [Estate(), Estate(roster=(Member(login="ada"),))])
def test_without_a_declared_domain_nothing_is_known(estate: Estate) -> None:
    with pytest.raises(Unobserved) as caught:
        seen(estate, ADA, ACCOUNT)

    assert caught.value.missing is Missing.NOT_COLLECTED


@pytest.mark.parametrize(
    ("authors", "commits"),
    [
        pytest.param([ADA, ADA], 2, id="all of them told"),
        pytest.param([ADA, PRIVATE, STRANGER], {"low": 1, "high": 3}, id="some open"),
    ],
)
def test_facts_are_sums(authors: list[str], commits: object) -> None:
    repository = FakeRepository(commits=[commit("2026-05-01", who) for who in authors])
    observer = replace(observe(repository), estate=ACME)

    found = {one.key: one for one in provenance.collect(observer)}

    assert found["staff.identified"].value == authors.count(ADA)
    assert found["staff.commits"].value == commits
    assert not any("ada" in repr(one.value).lower() for one in found.values())
