"""An organisation's pack is laid over the shipped rules, or refused with every fault and place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.errors import RuleError
from osmm_scan.resources import rules_directory
from osmm_scan.verdicts import RuleChange, RuleSet
from tests.engine.pack import check, item, signal, write_pack

MANIFEST = "name: Acme\nversion: '3'\nextends: shipped\n"
CARE = "osmm/level-2/care.yaml"
CHECKS = "osmm/repository.yaml"
SIGNALS = "signals/own.yaml"
ALLOW = "l2.license-management.allow-list"
STRICTER = f"""\
items:
- overrides: {ALLOW}
  reason: two lists were two too many
  grading:
    1: {{when: license_policy_document.quality >= 2}}
"""


@pytest.fixture(scope="module")
def shipped() -> RulePack:
    return load_rules(rules_directory())


def _laid(directory: Path, contents: dict[str, Any]) -> RulePack:
    return load_rules(write_pack(directory, {"pack.yaml": MANIFEST, **contents}))


def _faults(directory: Path, contents: dict[str, Any]) -> list[str]:
    with pytest.raises(RuleError) as caught:
        _laid(directory, contents)
    return [fault.replace(f"{directory}/", "") for fault in caught.value.faults]


def _item(pack: RulePack, identity: str) -> Any:
    return next(one for one in pack.criteria if one.id == identity)


def test_a_pack_that_changes_nothing_judges_as_the_shipped_one(
    tmp_path: Path, shipped: RulePack
) -> None:
    pack = _laid(tmp_path, {})

    assert pack.criteria == shipped.criteria
    assert pack.checks == shipped.checks
    assert pack.ladders == shipped.ladders
    assert pack.signals == shipped.signals
    assert pack.rules == RuleSet(name="Acme", version="3", extends="shipped")
    assert pack.sha256 != shipped.sha256


def test_the_shipped_rules_are_nobodys_pack(shipped: RulePack) -> None:
    assert shipped.rules == RuleSet()
    assert shipped.packs == ()


def test_an_override_states_only_what_is_different(tmp_path: Path, shipped: RulePack) -> None:
    pack = _laid(tmp_path, {CARE: STRICTER})

    old, new = _item(shipped, ALLOW), _item(pack, ALLOW)
    assert new.grading[0].when == "license_policy_document.quality >= 2"
    assert new.grading[0].meaning == old.grading[0].meaning
    assert new.grading[1:] == old.grading[1:]
    assert (new.title, new.activity_title) == (old.title, old.activity_title)
    assert [one for one in pack.criteria if one.id != ALLOW] == [
        one for one in shipped.criteria if one.id != ALLOW
    ]


def test_what_a_pack_changes_is_told_with_its_reason(tmp_path: Path) -> None:
    pack = _laid(tmp_path, {CARE: STRICTER})

    assert pack.rules.changes == (
        RuleChange(
            kind="item",
            id=ALLOW,
            how="overrides",
            reason="two lists were two too many",
            place=CARE,
        ),
    )


def test_items_facets_checks_and_signals_can_be_added(tmp_path: Path) -> None:
    own = item("l2.license-management.escrow", "escrow.share >= 0.5", finos_key=None)
    facet = item("l2x.escrow", "escrow.share >= 0.9", facet_of="l2.license-management.escrow")
    activity = {"activity": "license-management", "level": 2, "items": [own], "facets": [facet]}
    escrow = signal("escrow")
    escrow["fields"]["share"]["measure"] = "share(readme.explains)"
    contents = {
        CARE: activity,
        CHECKS: {"checks": [check("r1.acme", "readme.explains")]},
        SIGNALS: {"signals": [escrow]},
    }

    pack = _laid(tmp_path, contents)

    added = _item(pack, "l2.license-management.escrow")
    assert added.activity_title == "Open Source Software License Compliance Management"
    assert "l2x.escrow" in [one.id for one in pack.facets]
    assert "r1.acme" in [one.id for one in pack.checks]
    assert pack.signals["escrow"].is_measured
    assert [(one.kind, one.how) for one in pack.rules.changes] == [
        ("check", "adds"),
        ("facet", "adds"),
        ("item", "adds"),
        ("signal", "adds"),
    ]


def test_an_activity_of_its_own_needs_a_title(tmp_path: Path) -> None:
    own = item("l2.acme.escrow", "license_scan_in_ci.share >= 0.5", finos_key=None)
    activity = {"activity": "acme", "level": 2, "items": [own]}

    assert _faults(tmp_path, {CARE: activity}) == [f"{CARE}:1:1: title is missing"]
    assert _item(_laid(tmp_path, {CARE: {**activity, "title": "Acme"}}), "l2.acme.escrow")


def test_the_model_can_be_overridden_in_part(tmp_path: Path, shipped: RulePack) -> None:
    pack = _laid(
        tmp_path,
        {
            "osmm/model.yaml": "overrides: model\nreason: we are thorough\n"
            "combination: {levels: {2: {p2: 0.9}}}\n"
        },
    )

    assert pack.model.combination.levels[2].p2 == 0.9
    assert pack.model.combination.levels[2].gate_slack == 2
    assert pack.model.combination.levels[3] == shipped.model.combination.levels[3]
    assert [one.id for one in pack.rules.changes] == ["model"]


def test_faults_of_an_override_stand_in_its_own_file(tmp_path: Path) -> None:
    text = STRICTER.replace("quality >= 2", "qualty >= 2").replace(
        "  grading:", "  grding: 1\n  grading:"
    )

    assert _faults(tmp_path, {CARE: text}) == [
        f"{CARE}:4:3: unknown key 'grding'; did you mean 'grading'?",
        f"{CARE}:6:39: signal 'license_policy_document' has no field 'qualty'; "
        "did you mean 'quality'?",
    ]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        pytest.param(
            CARE,
            "items: [{overrides: l1.using.used, reason: r}]",
            ":1:21: unknown item 'l1.using.used'; did you mean 'l1.using.use'?",
            id="override of nothing",
        ),
        pytest.param(
            CARE,
            "items: [{overrides: l1.using.use}]",
            ":1:9: the override of 'l1.using.use' lacks a 'reason'",
            id="override without reason",
        ),
        pytest.param(
            CARE,
            "items: [{overrides: l1.using.use, reason: ' '}]",
            ":1:9: the override of 'l1.using.use' lacks a 'reason'",
            id="empty reason",
        ),
        pytest.param(
            CARE,
            "items: [{overrides: l1.using.use, reason: r}, {overrides: l1.using.use, reason: r}]",
            ":1:47: 'l1.using.use' is overridden twice",
            id="overridden twice",
        ),
        pytest.param(
            CARE,
            "items: [{overrides: l1.using.use, reason: r, id: l1.using.other}]",
            ":1:9: an override keeps the id 'l1.using.use'",
            id="another id",
        ),
        pytest.param(
            CARE,
            "items: [{id: l1.using.use}]",
            ":1:14: 'l1.using.use' exists: state 'overrides: l1.using.use' and a 'reason' "
            "instead of an id",
            id="silent replacement",
        ),
        pytest.param(
            CARE, "item: []", ":1:1: unknown key 'item'; did you mean 'items'?", id="group"
        ),
        pytest.param(CARE, "items: [7]", ":1:9: an entry is a mapping", id="no entry"),
        pytest.param(CARE, "[]", ":1:1: the file must be a mapping", id="no mapping"),
        pytest.param(CARE, "items: [", ":2:1: did not find", id="no YAML"),
        pytest.param(
            CHECKS,
            "checks: [{overrides: r1.readme, reason: r, required: maybe}]",
            ":1:54: required must be true or false",
            id="wrong value",
        ),
        pytest.param(
            CHECKS,
            "checks: [{overrides: r1.readme, reason: r, fact: readme.explain}]",
            ":1:50: no collector yields 'readme.explain'; did you mean 'readme.explains'?",
            id="unknown fact",
        ),
        pytest.param(
            SIGNALS,
            "signals: [{overrides: license_scan_in_ci, reason: r, "
            "fields: {share: {measure: shar(license.open)}}}]",
            ":1:80: unknown measure 'shar'; did you mean 'share'?",
            id="unknown measure",
        ),
        pytest.param(
            SIGNALS,
            "signals: [{overrides: license_scan_in_ci, reason: r, kinds: share}]",
            ":1:61: unknown key 'kinds'; did you mean 'kind'?",
            id="unknown key of a signal",
        ),
        pytest.param(
            "osmm/model.yaml",
            "reason: r\n",
            ":1:1: state 'overrides: model' and a 'reason', then what is different",
            id="silent model",
        ),
        pytest.param(
            "osmm/model.yaml",
            "overrides: model\nreason: r\nprofiles: {company: {not_applicable: [l1.usng.use]}}\n",
            ":3:39: unknown item 'l1.usng.use'; did you mean 'l1.using.use'?",
            id="unknown item of a profile",
        ),
        pytest.param(
            "recognisers/sass.yaml",
            "{means: m, recognisers: []}",
            ":1:1: 'sass' is no practice that anything asks for; did you mean 'sast'?",
            id="practice of nobody",
        ),
        pytest.param(
            "recognisers/sast.yaml",
            "{means: m, recognisers: [], overrides: sast}",
            ":1:1: the override of 'sast' lacks a 'reason'",
            id="recognisers replaced silently",
        ),
        pytest.param(
            "documents/license_policy.yaml",
            "substantive: 9",
            ":1:1: replaces substantive: state 'overrides: license_policy' and a 'reason'",
            id="rubric replaced silently",
        ),
        pytest.param(
            "osmm/level-2/care.yml",
            "items: []",
            ": no part of a pack has this name; did you mean 'osmm/level-2/care.yaml'?",
            id="file that nothing reads",
        ),
    ],
)
def test_faults_are_named_with_their_place(
    name: str, text: str, fault: str, tmp_path: Path
) -> None:
    [found] = _faults(tmp_path, {name: text})

    assert found.startswith(f"{name}{fault}")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = _faults(
        tmp_path,
        {
            CARE: STRICTER.replace("document.quality", "documnt.quality"),
            CHECKS: "checks: [{overrides: r1.readme, reason: r, required: maybe}]",
            SIGNALS: "signals: [{overrides: license_scan_in_ci}]",
            "recognisers/sast.yaml": "{}",
            "documents/license_policy.yaml": "abut: {}",
            "notes.txt": "",
        },
    )

    assert {fault.partition(":")[0] for fault in found} == {
        CARE,
        CHECKS,
        SIGNALS,
        "recognisers/sast.yaml",
        "documents/license_policy.yaml",
        "notes.txt",
    }


def test_a_wrong_entry_hides_no_fault_of_another(tmp_path: Path) -> None:
    other = "- overrides: l2.license-management.ip-compliance\n  reason: r\n  gate: maybe\n"
    text = STRICTER.replace(">= 2", ">= 9") + other

    assert _faults(tmp_path, {CARE: text}) == [
        f"{CARE}:8:9: gate must be true or false",
        f"{CARE}:5:15: license_policy_document.quality is a quality, between 0 and 3",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "pack.yaml",
        CARE,
        "recognisers/sast.yaml",
        "documents/license_policy.yaml",
    ],
)
def test_the_fingerprint_covers_every_file_that_has_effect(name: str, tmp_path: Path) -> None:
    contents = {
        CARE: STRICTER,
        "recognisers/sast.yaml": "{means: m, recognisers: []}",
        "documents/license_policy.yaml": "paths: [acme]",
        "pack.yaml": MANIFEST,
    }
    first = load_rules(write_pack(tmp_path / "a", contents)).sha256
    contents[name] += "\n# changed\n"

    assert load_rules(write_pack(tmp_path / "b", contents)).sha256 != first


def test_the_fingerprint_leaves_cases_and_prose_out(tmp_path: Path) -> None:
    first = _laid(tmp_path / "a", {}).sha256

    assert _laid(tmp_path / "b", {"cases/a.yaml": "items: []", "README.md": "a"}).sha256 == first


def test_a_pack_teaches_what_to_recognise(tmp_path: Path) -> None:
    pack = _laid(tmp_path, {})

    assert pack.packs == (tmp_path,)
