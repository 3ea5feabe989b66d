"""What a repository's files prove about its license."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import licensing
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from tests.collectors.licensing.texts import MIT, license_text
from tests.fakes import FakeRepository, observe

UNREADABLE = Unobserved(Missing.FAULT, "damaged object")
CODE = {"src/app.py": "print('hello')\n"}
RIDER = (
    '"Commons Clause" License Condition v1.0\n\nThe license does not grant the right to Sell.\n\n'
)


def collected(files: dict[str, str | Unobserved]) -> dict[str, Evidence]:
    found = licensing.collect(observe(FakeRepository(files)))
    return {item.key: item for item in found if item.key in licensing.FACTS}


def test_every_fact_is_yielded_once() -> None:
    found = list(licensing.collect(observe(FakeRepository({"LICENSE": MIT, **CODE}))))

    keys = [item.key for item in found if item.key in licensing.FACTS]
    assert sorted(keys) == sorted(licensing.FACTS)
    assert {item.key for item in found} <= {*licensing.FACTS, *licensing.DETAILS}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"LICENSE": ""}, id="an empty file"),
        pytest.param({"LICENSE": "TODO\n"}, id="a hollow file"),
        pytest.param({"LICENSE": "MIT\n"}, id="a name is no text"),
        pytest.param({"LICENSE": "This is NOT licensed under the MIT License.\n"}, id="a denial"),
        pytest.param({"package.json": '{"license": "MIT"}'}, id="a manifest"),
        pytest.param({"README.md": "# App\n\nLicense: MIT\n"}, id="a readme"),
        pytest.param({"vendor/lib/LICENSE": MIT}, id="somebody else's license"),
        pytest.param({"LICENSE/readme.txt": MIT}, id="a folder of that name"),
    ],
)
def test_no_license_is_proved_by_less_than_its_text(files: dict[str, str | Unobserved]) -> None:
    facts = collected({**files, **CODE})

    assert facts["license.recognized"].value is False
    assert facts["license.open"].value is not True


@pytest.mark.parametrize(
    ("files", "expression", "is_open"),
    [
        pytest.param({"LICENSE": MIT}, "MIT", True, id="a text"),
        pytest.param({"COPYING": license_text("GPL-3.0-only")}, None, True, id="COPYING"),
        pytest.param({"LICENSE": RIDER + MIT}, None, False, id="a rider"),
        pytest.param(
            {"LICENSE": license_text("BUSL-1.1")}, "BUSL-1.1", False, id="a source-available text"
        ),
    ],
)
def test_a_text_proves_a_license(
    files: dict[str, str | Unobserved], expression: str | None, is_open: bool
) -> None:
    facts = collected({**files, **CODE})

    assert facts["license.open"].value is is_open
    if expression is not None:
        assert facts["license.expression"].value == expression
    assert facts["license.recognized"].source.path == next(iter(files))


def test_a_license_that_cannot_be_read_is_unknown() -> None:
    facts = collected({"LICENSE": UNREADABLE, **CODE})

    assert facts["license.recognized"].missing is Missing.FAULT
    assert facts["license.open"].missing is Missing.FAULT


def test_a_manifest_that_says_otherwise_is_a_contradiction() -> None:
    facts = collected({"LICENSE": MIT, "package.json": '{"license": "GPL-3.0-only"}', **CODE})

    assert facts["license.contradiction"].value is True


@pytest.mark.parametrize(
    ("source", "has_headers"),
    [
        pytest.param("print('hello')\n", False, id="none"),
        pytest.param("# SPDX-License-Identifier: MIT\nprint('hello')\n", True, id="a header"),
    ],
)
def test_headers_are_read_from_the_sources(source: str, has_headers: bool) -> None:
    facts = collected({"LICENSE": MIT, "src/app.py": source})

    assert facts["license.headers"].value is has_headers


@pytest.mark.parametrize(
    ("files", "listed"),
    [
        pytest.param({}, None, id="no list"),
        pytest.param(
            {".github/dependency-review-config.yml": "allow-licenses: [MIT, Apache-2.0]\n"},
            ("Apache-2.0", "MIT"),
            id="dependency review",
        ),
        pytest.param({"deny.toml": '[licenses]\nallow = ["MIT"]\n'}, ("MIT",), id="cargo deny"),
        pytest.param(
            {".github/dependency-review-config.yml": "deny-licenses: [GPL-3.0, AGPL-3.0]\n"},
            ("!AGPL-3.0-only", "!GPL-3.0-only"),
            id="what is denied",
        ),
    ],
)
def test_a_machine_readable_list_is_policy_as_code(
    files: dict[str, str | Unobserved], listed: tuple[str, ...] | None
) -> None:
    facts = collected({"LICENSE": MIT, **files, **CODE})

    assert facts["license.policy_as_code"].value is (listed is not None)
    if listed is not None:
        assert facts["license.policy_list"].value == listed
