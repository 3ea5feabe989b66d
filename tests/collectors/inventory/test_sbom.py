from __future__ import annotations

import json

import pytest

from osmm_scan.collectors.inventory.sbom import committed
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, value

CYCLONE = json.dumps({"bomFormat": "CycloneDX", "components": [{"name": "a"}]})
CYCLONE_XML = """<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata>
<component><name>self</name></component></metadata>
<components><component><name>a</name></component></components></bom>"""
TAGS = "SPDXVersion: SPDX-2.3\nPackageName: self\n\nPackageName: a\n"


def spdx(packages: int) -> str:
    return json.dumps({"spdxVersion": "SPDX-2.3", "packages": [{"name": "x"}] * packages})


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no files"),
        pytest.param({"carbom.json": CYCLONE}, False, id="another name"),
        pytest.param({"bom.json": '{"parts": [1]}'}, False, id="another kind of list"),
        pytest.param({"bom.xml": "<project/>"}, False, id="another kind of XML"),
        pytest.param({"tests/data/bom.json": CYCLONE}, False, id="data of a test"),
        pytest.param({"bom.json": '{"bomFormat": "CycloneDX"}'}, False, id="without components"),
        pytest.param({"x.spdx.json": spdx(1)}, False, id="only the package itself"),
        pytest.param({"LICENSE.spdx": "SPDXVersion: 2\nPackageName: x\n"}, False, id="a license"),
        pytest.param({"x.spdx": "PackageName: a\nPackageName: b\n"}, False, id="without a version"),
        pytest.param({"bom.json": CYCLONE}, True, id="CycloneDX as JSON"),
        pytest.param({"sbom/app.cdx.xml": CYCLONE_XML}, True, id="CycloneDX as XML"),
        pytest.param({"sbom-1.2.json": spdx(2)}, True, id="SPDX as JSON"),
        pytest.param({"x.spdx": TAGS}, True, id="SPDX as tags and values"),
        pytest.param(
            {"x.spdx.json": json.dumps({"@graph": [{"type": "software_Package"}] * 2})},
            True,
            id="SPDX 3",
        ),
        pytest.param({"bom.json": "{"}, Missing.FAULT, id="broken"),
        pytest.param({"bom.json": UNREADABLE}, Missing.FAULT, id="unreadable"),
        pytest.param({"bom.json": "{", "x.spdx": TAGS}, True, id="a readable sibling"),
    ],
)
def test_component_lists_name_components(files: Files, expected: Value | Missing) -> None:
    assert value(committed, files) == expected
