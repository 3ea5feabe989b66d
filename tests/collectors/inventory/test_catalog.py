from __future__ import annotations

import json

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.catalog import has_business_class, has_owner, has_record
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value


def backstage(
    owner: str = "payments", kind: str = "service", lifecycle: str = "production", meta: str = ""
) -> str:
    return f"""\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: widgets
{meta}
spec:
  type: {kind}
  lifecycle: {lifecycle}
  owner: {owner}
"""


PUBLIC_CODE = """\
publiccodeYmlVersion: '0.4'
softwareType: standalone/web
developmentStatus: stable
maintenance:
  contacts:
  - name: Ada Lovelace
  - name: Grace Hopper
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no files"),
        pytest.param({"app.yaml": backstage()}, False, id="another name"),
        pytest.param({"examples/catalog-info.yaml": backstage()}, False, id="an example"),
        pytest.param({"catalog-info.yaml": ""}, False, id="empty"),
        pytest.param({"catalog-info.yaml": "kind: Component\n"}, False, id="of another tool"),
        pytest.param({"catalog-info.yaml": backstage(kind="''")}, False, id="without a type"),
        pytest.param({"catalog-info.yaml": backstage(lifecycle="unknown")}, False, id="no status"),
        pytest.param({"catalog-info.yaml": backstage(owner="guests")}, False, id="a scaffold"),
        pytest.param(
            {"catalog-info.yaml": backstage(owner='"${{ values.owner }}"')}, False, id="a template"
        ),
        pytest.param({"catalog-info.yaml": backstage()}, True, id="Backstage"),
        pytest.param(
            {"catalog-info.yaml": f"kind: Location\n---\n{backstage()}"}, True, id="a second record"
        ),
        pytest.param({"a/x.catalog-info.yml": backstage()}, True, id="of a part"),
        pytest.param({"publiccode.yml": PUBLIC_CODE}, True, id="publiccode"),
        pytest.param({"sub/publiccode.yml": PUBLIC_CODE}, False, id="publiccode below the top"),
        pytest.param(
            {"codemeta.json": '{"applicationCategory": "x", "developmentStatus": "active"}'},
            True,
            id="codemeta",
        ),
        pytest.param({"codemeta.json": '{"@type": "SoftwareSourceCode"}'}, False, id="no category"),
        pytest.param({".zappr.yaml": "X-Zalando-Type: code\n"}, False, id="a type alone"),
        pytest.param({".catwatch.yaml": "type: api\nstatus: active\n"}, True, id="a portfolio"),
        pytest.param(
            {"innersource.json": '{"type": "lib", "maturity": "beta"}'}, True, id="inner source"
        ),
        pytest.param({"catalog-info.yaml": "a: [\n"}, Missing.FAULT, id="broken"),
        pytest.param({"catalog-info.yaml": UNREADABLE}, Missing.FAULT, id="unreadable"),
        pytest.param(
            {"catalog-info.yaml": "a: [\n", "publiccode.yml": PUBLIC_CODE},
            True,
            id="a readable sibling",
        ),
    ],
)
def test_records_state_type_and_status(files: Files, expected: Value | Missing) -> None:
    assert value(has_record, files) == expected


def test_the_record_is_cited() -> None:
    files = {"catalog-info.yaml": f"kind: Location\n---\n{backstage()}"}

    assert answer(has_record, files) == Answer(True, "catalog-info.yaml", 3)


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        pytest.param("", False, id="no class"),
        pytest.param("  tags: [java, frontier]", False, id="other tags"),
        pytest.param("  description: strategic", False, id="prose"),
        pytest.param("  tags: [tier-1]", True, id="a tag"),
        pytest.param("  labels: {acme.example/criticality: high}", True, id="a label"),
        pytest.param("  annotations: {class: business-critical}", True, id="an annotation"),
    ],
)
def test_records_state_a_business_class(meta: str, expected: bool) -> None:
    assert value(has_business_class, {"catalog-info.yaml": backstage(meta=meta)}) is expected


def test_a_class_without_a_complete_record_does_not_count() -> None:
    text = backstage(owner="guests", meta="  tags: [tier-1]")

    assert value(has_business_class, {"catalog-info.yaml": text}) is False


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        pytest.param("", False, id="nobody"),
        pytest.param("unknown", False, id="a placeholder"),
        pytest.param("group:default/guests", False, id="a placeholder in full"),
        pytest.param("user:ada", False, id="one person"),
        pytest.param("payments", True, id="a team"),
        pytest.param("group:default/payments", True, id="a team in full"),
    ],
)
def test_a_team_owns(owner: str, expected: bool) -> None:
    assert value(has_owner, {"catalog-info.yaml": backstage(owner=owner)}) is expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        pytest.param([], False, id="nobody"),
        pytest.param([{"name": "Ada"}], False, id="one person"),
        pytest.param([{"name": "Ada"}, {"name": "Ada"}], False, id="one person twice"),
        pytest.param([{"name": "Ada"}, {"name": "todo"}], False, id="a placeholder"),
        pytest.param([{"givenName": "Ada"}, {"email": "g@example.org"}], True, id="two people"),
    ],
)
def test_two_people_own(people: list[dict[str, str]], expected: bool) -> None:
    assert value(has_owner, {"codemeta.json": json.dumps({"maintainer": people})}) is expected
