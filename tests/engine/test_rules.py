"""A rule pack is loaded whole, or refused with every fault and its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from osmm_scan.engine.expressions import parse
from osmm_scan.engine.rules import load_rules
from osmm_scan.errors import ExitCode, RuleError
from osmm_scan.resources import rules_directory
from tests.engine.pack import FILES, check, files, item, load_pack, signal, write_pack

USING = "osmm/level-1/using.yaml"
MODEL = "osmm/model.yaml"
REPOSITORY = "osmm/repository.yaml"
SIGNALS = "signals/test.yaml"


def _faults(directory: Path, contents: dict[str, Any]) -> list[str]:
    """Return the faults of a pack, as paths within it."""
    with pytest.raises(RuleError) as caught:
        load_pack(directory, contents)
    return [fault.removeprefix(f"{directory}/") for fault in caught.value.faults]


def test_the_shipped_pack_has_no_fault() -> None:
    pack = load_rules(rules_directory())

    assert len(pack.criteria) == 72
    assert len(pack.facets) == 16
    assert len(pack.signals) == 118


def test_a_pack_is_loaded(tmp_path: Path) -> None:
    pack = load_pack(tmp_path)

    assert [one.id for one in pack.criteria] == [
        "l1.using.buying",
        "l1.using.use",
        "l2.care.policy",
        "l3.share.answers",
    ]
    assert [one.id for one in pack.facets] == ["l3x.speed"]
    assert [one.id for one in pack.checks] == ["r1.readme"]
    assert list(pack.signals) == ["breadth", "coverage", "policy", "response", "signoff"]
    assert pack.ladders["l1.using.use"] == (
        parse("breadth.distinct >= 1"),
        parse("coverage.share >= 0.4"),
    )
    assert pack.model.populations["public_repo"] == ("repository.active", "repository.public")


def test_a_criterion_states_all_that_its_item_states(tmp_path: Path) -> None:
    buying, use, *_ = load_pack(tmp_path).criteria

    assert use.level == 1
    assert (use.activity, use.activity_title) == ("using", "Using")
    assert use.gate
    assert use.signals == ("breadth", "coverage")
    assert use.max_observed_grade == 2
    assert [(one.grade, one.name, one.basis) for one in use.grading] == [
        (1, "Initial", "observed"),
        (2, "Managed", "observed"),
        (3, "Defined", "attested"),
        (4, "Quantitative", "attested"),
        (5, "Optimised", "attested"),
    ]
    assert use.not_applicable_to == ()
    assert buying.not_applicable_to == ("community",)


@pytest.mark.parametrize(
    ("public", "full"), [("absent", "absent"), ("unknown", "absent"), ("unknown", "unknown")]
)
def test_what_absence_means_is_kept(public: str, full: str, tmp_path: Path) -> None:
    contents = files()
    contents[USING]["items"][0]["absence"] = {"public_scan": public, "full_scan": full}

    use = load_pack(tmp_path, contents).criteria[1]

    assert use.absent_on_public_scan is (public == "absent")
    assert use.absent_on_full_scan is (full == "absent")


def test_the_fingerprint_follows_content_and_names_alone(tmp_path: Path) -> None:
    first = load_pack(tmp_path / "a").sha256
    changed, renamed = files(), files()
    changed[MODEL]["model"]["version"] = "2"
    renamed["signals/other.yaml"] = renamed.pop(SIGNALS)

    assert load_pack(tmp_path / "b").sha256 == first
    assert load_pack(tmp_path / "c", changed).sha256 != first
    assert load_pack(tmp_path / "d", renamed).sha256 != first


def test_faults_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path)

    assert caught.value.exit_code is ExitCode.USAGE


def test_a_directory_without_a_pack_is_refused(tmp_path: Path) -> None:
    assert _faults(tmp_path, {"readme.txt": "a"}) == [
        "osmm/model.yaml: cannot be read: No such file or directory",
        "osmm/repository.yaml: cannot be read: No such file or directory",
        "osmm: there are no items in level-*/*.yaml",
        "signals: no signal is declared here",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("checks: [", ":2:1: did not find expected node content", id="syntax"),
        pytest.param("checks: !!python/name:a ''", ":1:9: the tag !!python/name:a", id="tag"),
        pytest.param("a: 1\na: 2", ":2:1: the key 'a' appears twice", id="duplicate key"),
        pytest.param("[a]", ":1:1: the file must be a mapping", id="not a mapping"),
        pytest.param("", ":1:1: the file must be a mapping", id="empty"),
        pytest.param("checks: a", ":1:9: checks must be a list", id="not a list"),
        pytest.param("checks:\n- a", ":2:3: 0 must be a mapping", id="not an entry"),
        pytest.param("{}", ":1:1: checks is missing", id="nothing"),
    ],
)
def test_malformed_files_are_refused_with_their_place(
    text: str, fault: str, tmp_path: Path
) -> None:
    [found] = _faults(tmp_path, files() | {REPOSITORY: text})

    assert found.startswith(f"{REPOSITORY}{fault}")


def test_a_file_that_is_not_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    directory = write_pack(tmp_path, FILES)
    (directory / REPOSITORY).write_bytes(b"a: b\nc: d\xff")

    with pytest.raises(RuleError, match=r"repository\.yaml:2:5: is not UTF-8"):
        load_rules(directory)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    [fault] = _faults(tmp_path, files() | {REPOSITORY: "#" * (2 * 1024 * 1024 + 1)})

    assert fault == f"{REPOSITORY}:1:1: longer than 2097152 characters"


def test_all_faults_of_all_files_are_told(tmp_path: Path) -> None:
    contents = files() | {MODEL: "a: [", REPOSITORY: "checks: 1", USING: "{}", SIGNALS: "{}"}

    found = _faults(tmp_path, contents)

    assert {fault.partition(":")[0] for fault in found if ".yaml" in fault} == {
        MODEL,
        REPOSITORY,
        USING,
        f"{SIGNALS}",
    }


CHECKS = """\
checks:
- id: r1
  level: yes
  item: ''
  titel: t
  fact: no point
  applies: [repository.public]
  required: 1
  why: w
  remediation: {action: a, effort: XL}
"""


def test_wrong_values_and_keys_are_named_with_their_place(tmp_path: Path) -> None:
    assert _faults(tmp_path, files() | {REPOSITORY: CHECKS}) == [
        f"{REPOSITORY}:3:10: level must be a whole number",
        f"{REPOSITORY}:4:9: item must not be empty",
        f"{REPOSITORY}:2:3: title is missing",
        f"{REPOSITORY}:6:9: fact must be a fact such as 'license.recognized'",
        f"{REPOSITORY}:8:13: required must be true or false",
        f"{REPOSITORY}:10:36: effort must be 'S', 'M' or 'L'",
        f"{REPOSITORY}:5:3: unknown key 'titel'; did you mean 'title'?",
    ]


Change = Callable[[dict[str, Any]], object]


def _set(*path: str | int) -> Callable[[object], Change]:
    def to(value: object) -> Change:
        def change(contents: dict[str, Any]) -> None:
            target: Any = contents
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = value

        return change

    return to


_use = _set(USING, "items", 0)
_terms = _set(MODEL, "thresholds", "history")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param(
            _set(MODEL, "thresholds", "coverage", 2)(float("nan")),
            "2 must be a finite number",
            id="not a number",
        ),
        pytest.param(_set(MODEL, "thresholds", "coverage", 2)(1.5), "less than", id="share > 1"),
        pytest.param(_set(MODEL, "thresholds", "coverage", 2)(-1), "greater than", id="share < 0"),
        pytest.param(
            _set(MODEL, "thresholds", "coverage", 2)(0.7),
            "coverage must rise, but 0.7 comes before 0.7",
            id="coverage repeated",
        ),
        pytest.param(
            _set(MODEL, "thresholds", "coverage", 2)(0.8),
            "coverage must rise, but 0.8 comes before 0.7",
            id="coverage reversed",
        ),
        pytest.param(
            _set(MODEL, "thresholds", "document_decay", 1, "older_than_days")(100),
            "document_decay must rise",
            id="decay reversed",
        ),
        pytest.param(
            _set(MODEL, "thresholds", "document_decay", 1, "quality_at_most")(2),
            "document_decay must fall, but 2 comes before 2",
            id="decay without effect",
        ),
        pytest.param(
            _set(MODEL, "thresholds", "small_sample", 0, "fewer_than")(5),
            "small_sample must rise",
            id="samples reversed",
        ),
        pytest.param(
            _set(MODEL, "thresholds", "small_sample", 1, "grade_at_most")(2),
            "small_sample must rise",
            id="sample caps reversed",
        ),
        pytest.param(
            _set(MODEL, "thresholds", "least_observations")({"signof": 20}),
            "unknown signal 'signof'; did you mean 'signoff'?",
            id="observations of no signal",
        ),
        pytest.param(
            _set(MODEL, "combination", "levels", 1, "p3_provisional")(0.3),
            "p3_provisional and p3_attained must rise",
            id="bar reversed",
        ),
        pytest.param(
            _set(MODEL, "combination", "conclusive_weight", "provisional")(0.7),
            "provisional and attained must rise",
            id="weights reversed",
        ),
        pytest.param(
            _set(MODEL, "combination", "levels")({}),
            "combination.levels states each of the levels [1, 2, 3]",
            id="no bars",
        ),
        pytest.param(
            _set(MODEL, "combination", "stability", "range")([0.9, 0.1]),
            "range must rise",
            id="range reversed",
        ),
        pytest.param(
            _set(MODEL, "combination", "stability", "perturbation")(0),
            "greater than 0",
            id="no perturbation",
        ),
        pytest.param(
            _set(MODEL, "combination", "stability", "perturbation")(1),
            "less than 1",
            id="all perturbation",
        ),
        pytest.param(
            _set(MODEL, "combination", "floor", "item")("l1.using.used"),
            "unknown item 'l1.using.used'; did you mean 'l1.using.use'?",
            id="floor without its item",
        ),
        pytest.param(
            _set(MODEL, "combination", "one_sided", "profiles")(["firm"]),
            "unknown profile 'firm'",
            id="one-sided for nobody",
        ),
        pytest.param(
            _set(MODEL, "combination", "item_weight")("equal"),
            "item_weight must be 'equal_within_activity'",
            id="unknown weights",
        ),
        pytest.param(
            _set(MODEL, "confidence", "bands", "high")(0.4), "must rise", id="bands the same"
        ),
        pytest.param(
            _set(MODEL, "confidence", "freshness", 2, "up_to_days")(900),
            "freshness ends with up_to_days: null",
            id="no freshness for the oldest",
        ),
        pytest.param(
            _set(MODEL, "confidence", "freshness", 0, "up_to_days")(None),
            "freshness ends with up_to_days: null",
            id="any age too early",
        ),
        pytest.param(
            _set(MODEL, "confidence", "freshness")([]),
            "freshness ends with up_to_days: null",
            id="no freshness",
        ),
        pytest.param(
            _set(MODEL, "confidence", "freshness", 0, "up_to_days")(730),
            "freshness must rise",
            id="freshness repeated",
        ),
        pytest.param(
            _set(MODEL, "profiles", "company", "not_applicable")(["l9.none"]),
            "unknown item 'l9.none'",
            id="profile without its item",
        ),
        pytest.param(_set(MODEL, "profiles")({}), "at least one profile", id="no profile"),
        pytest.param(_set(MODEL, "readiness", "levels")([]), "at least one", id="no readiness"),
        pytest.param(_set(MODEL, "readiness", "levels")([2, 1]), "must rise", id="reversed"),
        pytest.param(
            _set(MODEL, "readiness", "met")(4), "met and of must rise", id="more than all"
        ),
        pytest.param(_set(MODEL, "levels")([]), "levels are numbered from 1, not []", id="none"),
        pytest.param(
            _set(MODEL, "levels", 0, "level")(2),
            "levels are numbered from 1, not [2, 2, 3]",
            id="levels misnumbered",
        ),
        pytest.param(
            _set(MODEL, "grade_scale", 5, "grade")(4),
            "grade_scale states the grades 0 to 5",
            id="grades misnumbered",
        ),
        pytest.param(
            _set("osmm/level-3/share.yaml", "level")(4),
            "level 4 is none of the model's [1, 2, 3]",
            id="item of no level",
        ),
        pytest.param(
            _set("osmm/level-3/share.yaml", "items")([]), "level 3 has no items", id="empty level"
        ),
        pytest.param(
            _use(item("l1.use.use", "breadth.distinct >= 1")),
            "the ids of this activity begin with 'l1.using.', not 'l1.use.use'",
            id="id of another activity",
        ),
        pytest.param(
            _use(item("l1.using.buying", "policy.present")),
            "'l1.using.buying' appears twice, first at ",
            id="id twice",
        ),
        pytest.param(
            _use(item("l1.using.use", "policy.present", finos_key=None)),
            "item 'l1.using.use' lacks finos_key",
            id="no FINOS key",
        ),
        pytest.param(
            _use(item("l1.using.use", "policy.present", finos_key="l1.using.buying")),
            "'l1.using.buying' appears twice, first at ",
            id="FINOS key twice",
        ),
        pytest.param(
            _use(item("l1.using.use", "policy.present", facet_of="l1.using.buying")),
            "an item is no facet of another",
            id="item as facet",
        ),
        pytest.param(
            _set("osmm/level-3/share.yaml", "facets", 0, "facet_of")("l3.share.answer"),
            "unknown item 'l3.share.answer'; did you mean 'l3.share.answers'?",
            id="facet of no item",
        ),
        pytest.param(
            _set("osmm/level-3/share.yaml", "facets", 0, "facet_of")(None),
            "facet 'l3x.speed' lacks facet_of",
            id="facet of nothing",
        ),
        pytest.param(
            _use(item("l1.using.use", "policy.present", max_observed_grade=2)),
            "max_observed_grade is 2, but rules reach 1",
            id="grade without a rule",
        ),
        pytest.param(
            _set(USING, "items", 0, "grading")({1: {"meaning": "m", "when": None}}),
            "grading states the grades 1 to 5 in this order",
            id="grades left out",
        ),
        pytest.param(
            _set(USING, "items", 0, "grading", 1, "when")(None),
            "grading has a rule above a grade without one",
            id="hole in the ladder",
        ),
        pytest.param(
            _set(USING, "items", 0, "signals", 0, "id")("bredth"),
            "unknown signal 'bredth'; did you mean 'breadth'?",
            id="listed signal unknown",
        ),
        pytest.param(
            _set(USING, "items", 0, "signals", 1, "id")("breadth"),
            "'breadth' appears twice, first at ",
            id="signal listed twice",
        ),
        pytest.param(
            _set(USING, "items", 0, "signals")([{"id": "breadth", "role": "primary"}]),
            "'coverage' is not among the signals of the item",
            id="signal not listed",
        ),
        pytest.param(
            _set(REPOSITORY, "checks", 0, "item")("l1.using.uses"),
            "unknown item 'l1.using.uses'; did you mean 'l1.using.use'?",
            id="check of no item",
        ),
        pytest.param(
            _set(REPOSITORY, "checks", 0, "level")(3),
            "level 3 is none of the readiness levels [1, 2]",
            id="check of no level",
        ),
        pytest.param(
            _set(REPOSITORY, "checks")([check("r1", "a.b"), check("r1", "a.c")]),
            "'r1' appears twice, first at ",
            id="check twice",
        ),
        pytest.param(
            _set(SIGNALS, "signals", 0, "population")(["active_rep"]),
            "signal 'coverage' counts over the unknown population 'active_rep'; "
            "did you mean 'active_repo'?",
            id="population unknown",
        ),
        pytest.param(
            lambda contents: contents[SIGNALS]["signals"].append(signal("breadth")),
            "signal 'breadth' is declared twice",
            id="signal twice",
        ),
    ],
)
def test_a_pack_with_a_fault_is_refused(change: Change, problem: str, tmp_path: Path) -> None:
    contents = files()
    change(contents)

    found = _faults(tmp_path, contents)

    assert any(problem in fault for fault in found)


def test_a_population_may_be_a_fact(tmp_path: Path) -> None:
    contents = files()
    contents[SIGNALS]["signals"][0]["population"] = ["active_repo", "license.recognized"]

    assert load_pack(tmp_path, contents).signals["coverage"].population == (
        "active_repo",
        "license.recognized",
    )


ITEM = """\
activity: using
level: 1
title: Using
items:
- id: l1.using.use
  title: Use
  criterion: c
  why: w
  signals: [{id: breadth, role: primary}]
  grading:
    1:
      when: bredth.distinct >= 1
      meaning: m
    2:
      when: >-
        breadth.distinct >= 2
        and breadth.distnct >= 3
      meaning: m
    3:
      when: breadth.distinct >= 2
        and  (breadth.distinct
      meaning: m
    4:
      when: "breadth.distinct >= 4 or ? 1"
      meaning: m
    5: {meaning: m, when: coverage.share >= 0.4}
  remediation: {action: a, effort: S}
  repo_scope: {verdict: none, says: s}
  observability: partly
  facing: inward
  gate: true
  max_observed_grade: 5
  absence: {public_scan: unknown, full_scan: absent}
  finos_key: k
- id: l1.using.buying
  title: Buy
  criterion: c
  why: w
  signals: []
  grading:
    1: {meaning: m, when: null}
    2: {meaning: m, when: null}
    3: {meaning: m, when: null}
    4: {meaning: m, when: null}
    5: {meaning: m, when: null}
  remediation: {action: a, effort: S}
  repo_scope: {verdict: none, says: s}
  observability: attestation-only
  facing: inward
  gate: false
  max_observed_grade: 0
  absence: {public_scan: unknown, full_scan: unknown}
  finos_key: k2
"""


def test_faults_in_rules_point_into_their_text(tmp_path: Path) -> None:
    assert _faults(tmp_path, files() | {USING: ITEM}) == [
        f"{USING}:12:13: unknown signal 'bredth'; did you mean 'breadth'?",
        f"{USING}:17:21: signal 'breadth' has no field 'distnct'; did you mean 'distinct'?",
        f"{USING}:21:31: expected ')', found the end of the rule",
        f"{USING}:24:39: unexpected '?'",
        f"{USING}:26:27: 'coverage' is not among the signals of the item",
    ]


def test_a_whole_pack_asks_only_for_what_is_collected_and_measured(tmp_path: Path) -> None:
    contents = files()
    contents["osmm/repository.yaml"]["checks"][0]["fact"] = "redme.explains"
    contents["osmm/repository.yaml"]["checks"][0]["applies"] = ["repository.cod"]
    contents["osmm/model.yaml"]["denominators"]["active_repo"]["all"] = ["repository.activ"]
    first, second, third, *_ = contents["signals/test.yaml"]["signals"]
    first["fields"]["share"]["measure"] = "shre(readme.explains)"
    second["fields"]["distinct"]["measure"] = "distinct(inventory.drect)"
    third["purpose"] = "none"

    told = [fault.partition(": ")[2] for fault in _faults(tmp_path, contents)]

    assert sorted(told) == [
        "no collector yields 'inventory.drect'; did you mean 'inventory.direct'?",
        "no collector yields 'redme.explains'; did you mean 'readme.explains'?",
        "no collector yields 'repository.activ'; did you mean 'repository.active'?",
        "no collector yields 'repository.cod'; did you mean 'repository.code'?",
        "unknown key 'purpose'",
        "unknown measure 'shre'; did you mean 'share'?",
    ]


def test_a_malformed_check_beside_a_sound_one_is_told(tmp_path: Path) -> None:
    contents = files()
    contents["osmm/repository.yaml"]["checks"].append("a")

    assert "1 must be a mapping" in " ".join(_faults(tmp_path, contents))
