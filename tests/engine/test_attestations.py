"""What an attestation is worth, when it counts, and that it never hides what was observed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import UsageError
from osmm_scan.settings import Attestation, Proof, ProofKind
from osmm_scan.verdicts import State
from tests.engine.pack import files, item, load_pack
from tests.engine.scene import measured
from tests.engine.statements import DOCUMENT, FILE, attestation, cited, finding, judge
from tests.fakes import AS_OF
from tests.patience import patient

LINK = "https://github.com/acme/a/blob/main/docs/policy.md"


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> RulePack:
    """Return a pack with an item of each observability, all of which need a policy."""
    contents = files()
    contents["osmm/level-2/care.yaml"]["items"] = [
        item(
            f"l2.care.{name}",
            "policy.present",
            "policy.quality >= 2",
            observability=kind,
            absence={"public_scan": "unknown", "full_scan": "unknown"},
        )
        for name, kind in (
            ("policy", "attestation-only"),
            ("partly", "partly"),
            ("seen", "observable"),
        )
    ]
    return load_pack(tmp_path_factory.mktemp("people"), contents)


def _days(ago: int, valid: int = 300) -> dict[str, Any]:
    day = AS_OF - timedelta(days=ago)
    return {"dated": day, "expires": day + timedelta(days=valid)}


@pytest.mark.parametrize(
    ("changes", "effect"),
    [
        pytest.param({"accountable_role": None}, "unowned", id="nobody answers for it"),
        pytest.param(
            {"accountable_role": None, "evidence": ()}, "unowned", id="nobody, and no evidence"
        ),
        pytest.param({"statement": " "}, "incomplete", id="says nothing"),
        pytest.param({"evidence": ()}, "incomplete", id="points to nothing"),
        pytest.param({"dated": None}, "incomplete", id="undated"),
        pytest.param(_days(-1), "future", id="dated tomorrow"),
        pytest.param(_days(731), "expired", id="older than two years"),
    ],
)
def test_what_does_not_count_changes_nothing_and_is_shown(
    changes: dict[str, Any], effect: str, tmp_path: Path
) -> None:
    contents = files()
    contents["osmm/model.yaml"]["attestation_policy"]["required_fields"] = [
        "item",
        "grade",
        "statement",
        "evidence",
        "accountable_role",
        "date",
        "expires",
    ]
    strict = load_pack(tmp_path, contents)

    whole = judge(strict, attestations=[attestation(**changes)])

    assert whole.items == judge(strict).items
    assert [one["effect"] for one in whole.attestations] == [effect]
    assert "counts" not in whole.attestations[0]


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        pytest.param({"second_person": None}, 2, id="a bare statement"),
        pytest.param({"second_person": "Head of Risk"}, 2, id="one role is not two persons"),
        pytest.param({}, 4, id="a document and a second person"),
        pytest.param({"evidence": (FILE,)}, 5, id="a file that the scan read"),
        pytest.param(
            {"evidence": (FILE,), "second_person": None}, 5, id="a file needs no second person"
        ),
        pytest.param(
            {"evidence": (Proof(kind=ProofKind.LINK, value=LINK),)}, 5, id="a link to such a file"
        ),
        pytest.param(
            {"evidence": (replace(FILE, value="gone.md"),)}, 2, id="a file that is not there"
        ),
        pytest.param(
            {"evidence": (replace(FILE, value="gone.md"), DOCUMENT)}, 4, id="a file gone, another"
        ),
        pytest.param(
            {"evidence": (replace(FILE, repository="else/where"),)}, 4, id="a file nobody scanned"
        ),
        pytest.param({"grade": 1}, 1, id="no more than is stated"),
        pytest.param(_days(365, valid=900), 4, id="on the last day of its year"),
        pytest.param(_days(366, valid=900), 2, id="stale after a year, whatever it says"),
        pytest.param(_days(20, valid=10), 2, id="stale after its own last day"),
        pytest.param(_days(730), 2, id="stale to the last day"),
    ],
)
def test_an_attestation_carries_a_grade_up_to_its_cap(
    changes: dict[str, Any], grade: int, people: RulePack
) -> None:
    evidence = (cited(found=True), cited(found=False, path="gone.md"))

    whole = judge(people, evidence=evidence, attestations=[attestation(**{"grade": 5, **changes})])

    found = finding(whole)
    assert (found.grade, found.observed) == (grade, None)
    assert found.attestation == whole.attestations[0]["id"]
    assert found.because.startswith("Attested on ")


@pytest.mark.parametrize(
    ("item_id", "grade", "effect"),
    [
        pytest.param("l2.care.seen", 1, "not_needed", id="as much was observed"),
        pytest.param("l2.care.seen", 2, "counted", id="one above what is observable"),
        pytest.param("l2.care.seen", 3, "contradicted", id="two above what is observable"),
        pytest.param("l2.care.partly", 3, "counted", id="two above what is partly observable"),
        pytest.param("l2.care.partly", 4, "contradicted", id="three above"),
        pytest.param("l2.care.policy", 4, "counted", id="no limit where only people can tell"),
    ],
)
def test_an_observation_limits_what_may_be_stated(
    item_id: str, grade: int, effect: str, people: RulePack
) -> None:
    seen = [measured("policy", present=1, quality=1, age_days=10)]

    whole = judge(people, signals=seen, attestations=[attestation(item=item_id, grade=grade)])

    assert whole.attestations[0]["effect"] == effect
    assert whole.attestations[0]["observed"] == 1
    assert finding(whole, item_id).grade == (grade if effect == "counted" else 1)


def test_a_stale_attestation_is_shown_as_stale(people: RulePack) -> None:
    whole = judge(people, attestations=[attestation(**_days(400))])

    assert finding(whole).state is State.STALE
    assert whole.attestations[0]["effect"] == "stale"


@pytest.mark.parametrize(
    ("others", "grade"),
    [
        pytest.param([{"grade": 4, **_days(60)}], 3, id="the newest counts"),
        pytest.param([{"grade": 2}], 2, id="on one day the more modest"),
        pytest.param([{"grade": 2, "accountable_role": None, **_days(1)}], 2, id="by its cap"),
    ],
)
def test_one_attestation_of_an_item_counts(
    others: list[dict[str, Any]], grade: int, people: RulePack
) -> None:
    stated = [attestation(), *(attestation(**one) for one in others)]

    whole = judge(people, attestations=stated)

    assert finding(whole).grade == grade
    assert sorted(str(one["effect"]) for one in whole.attestations) == ["counted", "superseded"]


def test_what_does_not_apply_cannot_be_attested(pack: RulePack) -> None:
    whole = judge(pack, profile="community", attestations=[attestation(item="l1.using.buying")])

    assert finding(whole, "l1.using.buying").state is State.NOT_APPLICABLE
    assert whole.attestations[0]["effect"] == "not_applicable"


def test_an_attestation_of_no_item_is_refused(pack: RulePack) -> None:
    with pytest.raises(UsageError, match="which is no item"):
        judge(pack, attestations=[attestation(item="l3x.speed")])


def test_an_attested_grade_leaves_the_observation_visible(people: RulePack) -> None:
    seen = [measured("policy", present=1, quality=1, age_days=10)]

    whole = judge(people, signals=seen, attestations=[attestation()])

    found, before = finding(whole), finding(judge(people, signals=seen))
    assert (found.observed, found.grade, found.possible) == (before.grade, 3, 3)
    assert before.because in found.because
    assert set(before.evidence) <= set(found.evidence)
    assert "Grades that rest on attestations, not on what was seen: 1" in whole.verdict.because


STATED = st.builds(
    attestation,
    item=st.sampled_from(["l2.care.policy", "l2.care.partly", "l2.care.seen"]),
    grade=st.integers(1, 5),
    accountable_role=st.sampled_from([None, "Head of Risk"]),
    evidence=st.sampled_from([(), (DOCUMENT,), (FILE,), (FILE, DOCUMENT)]),
    dated=st.integers(-10, 800).map(lambda ago: AS_OF - timedelta(days=ago)),
)


@patient
@given(stated=st.lists(STATED, max_size=6), data=st.data())
def test_order_and_repetition_change_nothing(
    people: RulePack, stated: list[Attestation], data: st.DataObject
) -> None:
    evidence = [cited(found=True), cited(found=False, path="gone.md")]
    mixed = data.draw(st.permutations(stated + stated[:1]))

    assert judge(people, evidence=evidence, attestations=stated) == replace(
        judge(people, evidence=evidence[::-1], attestations=mixed), evidence=tuple(evidence)
    )


@patient
@given(stated=st.lists(STATED, max_size=4))
def test_an_attestation_never_lowers_a_grade(people: RulePack, stated: list[Attestation]) -> None:
    before, after = judge(people), judge(people, attestations=stated)

    assert all(
        (new.grade or 0) >= (old.grade or 0) and new.possible >= old.possible
        for old, new in zip(before.items, after.items, strict=True)
    )
