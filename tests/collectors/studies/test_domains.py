"""Which organisation an address names."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.studies import domains
from osmm_scan.sources.repository import Person


@pytest.mark.parametrize(
    ("name", "address"),
    [
        pytest.param("Ada Lovelace", "ada@gmail.com", id="freemail"),
        pytest.param("Ada Lovelace", "ada@yahoo.co.uk", id="freemail of a country"),
        pytest.param("Ada Lovelace", "7+ada@users.noreply.github.com", id="noreply"),
        pytest.param("Ada Lovelace", "ada@example.org", id="example"),
        pytest.param("Ada Lovelace", "ada@laptop.local", id="machine in a network"),
        pytest.param("Ada Lovelace", "ada@localhost", id="machine"),
        pytest.param("Ada Lovelace", "ada@10.0.0.1", id="number"),
        pytest.param("Ada Lovelace", "ada", id="no address"),
        pytest.param("Ada Lovelace", "ada@acme..com", id="malformed"),
        pytest.param("Ada Lovelace", "me@lovelace.io", id="family name"),
        pytest.param("Ada Lovelace", "me@lovela.ce", id="family name over both parts"),
        pytest.param("Jan Insaurralde", "jan@insaurral.de", id="part of the family name"),
        pytest.param("Ada Lovelace", "ada@byron.name", id="domain for persons"),
    ],
)
def test_addresses_that_name_no_organisation(name: str, address: str) -> None:
    assert domains.organisation(Person(name, address)) is None


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        pytest.param("ada@acme.com", "acme.com", id="as it is"),
        pytest.param("Ada@ACME.com", "acme.com", id="case is ignored"),
        pytest.param("ada@us.acme.com", "acme.com", id="host of a company"),
        pytest.param("ada@acme.co.uk", "acme.co.uk", id="registered below co.uk"),
        pytest.param("ada@hr.acme.com.au", "acme.com.au", id="host below com.au"),
    ],
)
def test_the_registered_domain_stands_for_the_organisation(address: str, domain: str) -> None:
    assert domains.organisation(Person("Ada Lovelace", address)) == domain


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("conduct@acme.com", False, id="real"),
        pytest.param("conduct@example.com", True, id="example domain"),
        pytest.param("conduct@mail.example.org", True, id="host in an example domain"),
        pytest.param("conduct@acme.example", True, id="reserved top level"),
    ],
)
def test_placeholder_addresses_are_recognized(address: str, expected: bool) -> None:
    assert domains.is_placeholder(address) is expected
