"""SPDX expressions have one spelling, and open licenses must satisfy them."""

from __future__ import annotations

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.licensing import expressions, templates


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("UNLICENSED", None, id="npm's word for closed"),
        pytest.param("NOASSERTION", None, id="no statement"),
        pytest.param("BSD", None, id="a family"),
        pytest.param("MIT/Apache-2.0", None, id="no operator"),
        pytest.param("MIT OR", None, id="half an expression"),
        pytest.param("()", None, id="empty brackets"),
        pytest.param("(" * 2_000, None, id="deep"),
        pytest.param("MIT OR " * 500 + "MIT", None, id="long"),
        pytest.param("MIT WITH MIT", None, id="no exception"),
        pytest.param("mit", "MIT", id="case"),
        pytest.param("GPL-2.0+", "GPL-2.0-or-later", id="old id"),
        pytest.param("GPL-3.0", "GPL-3.0-only", id="id without a choice"),
        pytest.param(
            "GPL-2.0-with-classpath-exception",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            id="old exception",
        ),
        pytest.param("mit and (apache-2.0 or isc)", "MIT AND (Apache-2.0 OR ISC)", id="brackets"),
        pytest.param("LicenseRef-Acme OR MIT", "LicenseRef-Acme OR MIT", id="own license"),
    ],
)
def test_an_expression_has_one_spelling(written: str, expected: str | None) -> None:
    assert expressions.normalize(written) == expected


@given(st.text(alphabet="MIT ANDORWH()+-2.0apche\n", max_size=60))
def test_any_text_is_an_expression_or_none(written: str) -> None:
    spelled = expressions.normalize(written)

    assert spelled is None or expressions.normalize(spelled) == spelled


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("BUSL-1.1", False, id="closed"),
        pytest.param("MIT AND BUSL-1.1", False, id="both are needed"),
        pytest.param("LicenseRef-Acme AND BUSL-1.1", False, id="closed whatever the other is"),
        pytest.param("curl", None, id="on no list, and restricting nothing"),
        pytest.param("MIT AND curl", None, id="one is on no list"),
        pytest.param("CC-BY-NC-SA-4.0", False, id="closed by its family"),
        pytest.param("LicenseRef-Acme", None, id="not listed"),
        pytest.param("MIT AND LicenseRef-Acme", None, id="one is not listed"),
        pytest.param("LicenseRef-Acme OR BUSL-1.1", None, id="a choice that may be open"),
        pytest.param("MIT OR BUSL-1.1", True, id="a choice"),
        pytest.param("MIT OR LicenseRef-Acme", True, id="a choice with an unknown"),
        pytest.param("GPL-2.0-only WITH Classpath-exception-2.0", True, id="with an exception"),
        pytest.param("Apache-2.0+", True, id="or later"),
    ],
)
def test_open_licenses_must_satisfy_it(expression: str, expected: bool | None) -> None:
    assert expressions.is_open(expression) is expected


@pytest.mark.parametrize(
    ("parts", "choice", "expected"),
    [
        pytest.param([], False, None, id="nothing"),
        pytest.param(["MIT", "MIT"], False, "MIT", id="the same twice"),
        pytest.param(["MIT", "ISC"], True, "ISC OR MIT", id="any"),
        pytest.param(["MIT", "ISC OR Zlib"], False, "(ISC OR Zlib) AND MIT", id="all"),
    ],
)
def test_several_become_one(parts: list[str], choice: bool, expected: str | None) -> None:
    assert expressions.combine(parts, choice=choice) == expected


def test_ids_leave_exceptions_out() -> None:
    found = expressions.ids("MIT OR GPL-2.0-only WITH Classpath-exception-2.0")

    assert found == ("GPL-2.0-only", "MIT")


def test_what_is_listed_as_restricted_is_a_license_and_not_open() -> None:
    known = templates.library().licenses

    for pattern in expressions.restricted():
        named = [known[license_id] for license_id in fnmatch.filter(known, pattern)]
        assert named, pattern
        assert not any(one.is_open for one in named), pattern
