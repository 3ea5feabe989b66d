"""Nothing that people state is shown as observed, and nothing waived as met, in any format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema_rs
import pytest

from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Evidence
from osmm_scan.report import Options, formats
from osmm_scan.report.document import document
from osmm_scan.resources import templates_directory
from osmm_scan.settings import Proof, ProofKind
from osmm_scan.verdicts import Assessment, RepositoryView
from tests.engine.pack import load_pack
from tests.engine.statements import attestation, judge, waiver
from tests.fakes import AS_OF

OPTIONS = Options(flags=frozenset())
STATED = "l2.care.policy"
# These show what was found in repositories, and no grade of any item or level.
WITHOUT_GRADES = {"csv-evidence", "csv-repositories", "intoto", "sarif"}
# A baseline is no report: it holds what later grades are compared with, however they came about.
WITH_GRADES = sorted(formats().keys() - WITHOUT_GRADES - {"baseline"})


@pytest.fixture
def pack(tmp_path: Path) -> RulePack:
    return load_pack(tmp_path)


@cache
def _whole(*, attested: bool = True) -> Assessment:
    """Return an organisation with an attested item, a waived item and a waived check."""
    with TemporaryDirectory() as folder:
        pack = load_pack(Path(folder))
    unmet = Evidence(key="readme.explains", subject="acme/a", value=False, observed_at=AS_OF)
    over = waiver("l3.share.answers", reason="past", expires=AS_OF - timedelta(days=1))
    return judge(
        pack,
        evidence=[unmet],
        attestations=[attestation(grade=1, statement="We |follow| it.")] if attested else (),
        waivers=[waiver("l1.using.buying"), waiver("r1.readme", scope="acme/a"), over],
    )


def _render(name: str, *, attested: bool = True) -> str:
    return formats()[name].render(_whole(attested=attested), OPTIONS)


@pytest.mark.parametrize("name", WITH_GRADES)
def test_every_format_with_grades_says_that_some_are_attested(name: str) -> None:
    assert "attest" in _render(name).lower()
    assert _render(name) != _render(name, attested=False)


@pytest.mark.parametrize("name", sorted(WITHOUT_GRADES - {"intoto"}))
def test_formats_without_grades_show_what_was_observed(name: str) -> None:
    assert _render(name) == _render(name, attested=False)


def test_json_keeps_both_grades_apart() -> None:
    whole = json.loads(_render("json"))

    item = next(one for one in whole["items"] if one["id"] == STATED)
    (entry,) = whole["attestations"]
    assert (item["grade"], item["observed"], item["state"]) == (1, 0, "attested")
    assert (entry["id"], entry["counts"], entry["observed"]) == (item["attestation"], 1, 0)
    assert entry["effect"] == "counted"


def test_json_of_attestations_and_waivers_is_valid() -> None:
    schema = json.loads((templates_directory() / "json" / "report.schema.json").read_text("utf-8"))
    whole = json.loads(_render("json"))

    # The small pack has three levels and few items, which is all that the schema may refuse.
    for name in ("attestation", "waiver"):
        part = {"$defs": schema["$defs"], **schema["$defs"][name]}
        assert all(jsonschema_rs.validator_for(part).is_valid(one) for one in whole[f"{name}s"])


def test_waivers_say_what_they_left_out() -> None:
    whole = json.loads(_render("json"))

    effects = {one["what"]: (one["effect"], one["covers"]) for one in whole["waivers"]}
    assert effects == {
        "l1.using.buying": ("counted", ["l1.using.buying"]),
        "l3.share.answers": ("expired", []),
        "r1.readme": ("counted", ["acme/a: r1.readme"]),
    }


def test_a_table_keeps_both_grades_apart() -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(_render("csv")))}

    assert [rows[STATED][name] for name in ("grade", "observed", "state")] == ["1", "0", "attested"]
    assert rows["l1.using.buying"]["state"] == "waived"


def test_dashboards_keep_both_grades_apart() -> None:
    lines = _render("openmetrics").splitlines()

    label = f'{{target="acme",item="{STATED}"}}'
    assert f"osmm_item_grade{label} 0" in lines
    assert f"osmm_item_grade_attested{label} 1" in lines


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_people_read_both_grades_beside_each_other(name: str) -> None:
    assert "attested, observed 0" in _render(name)


@pytest.mark.parametrize("name", ["markdown", "html", "text"])
def test_people_read_what_attestations_and_waivers_did(name: str) -> None:
    shown = " ".join(_render(name).split())

    assert "in force" in shown
    assert "has expired on 2026-06-29" in shown
    assert "Head of Risk" in shown


def test_statements_tell_nothing_of_private_repositories(pack: RulePack) -> None:
    file = Proof(kind=ProofKind.FILE, value="docs/merger.md", repository="acme/a")
    link = Proof(kind=ProofKind.LINK, value="https://github.com/acme/a/blob/main/merger.md")
    whole = judge(
        pack,
        attestations=[attestation(grade=1, statement="See acme/a.", evidence=(file, link))],
        waivers=[waiver("r1.readme", scope="acme/[a]")],
    )
    hidden = RepositoryView(
        name="acme/a", visibility="private", archived=False, fork=False, active=True, facts={}
    )

    shown = document(replace(whole, repositories=(hidden,)), OPTIONS)

    told = json.dumps([shown["attestations"], shown["waivers"]])
    assert "See private-0001." in told
    assert [part for part in ("acme/a", "merger", "[a]") if part in told] == []


def test_statements_about_public_repositories_are_shown(pack: RulePack) -> None:
    file = Proof(kind=ProofKind.FILE, value="docs/policy.md", repository="acme/a")
    whole = judge(pack, attestations=[attestation(grade=1, evidence=(file,))])

    assert document(whole, OPTIONS)["attestations"][0]["proofs"][0]["value"] == "docs/policy.md"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("text", "0/0~", id="text"),
        pytest.param("markdown", "none applies, 1 waived", id="markdown"),
        pytest.param("html", "1 waived", id="html"),
    ],
)
def test_waived_checks_are_marked_where_checks_are_counted(name: str, told: str) -> None:
    assert told in _render(name)
    assert told not in formats()[name].render(replace(_whole(), readiness=()), OPTIONS)
