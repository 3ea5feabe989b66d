"""Whose word counts when a command judges, and which files it looks for."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from osmm_scan.cli.configuration.grounds import (
    Grounds,
    find_grounds,
    fit,
    name_statements,
    warn,
    with_cited_files,
)
from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.options.common import Judging
from osmm_scan.cli.options.configuring import Configuring
from osmm_scan.cli.scanning.clones import find_defaults
from osmm_scan.engine.adjustments import adjust
from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Target, TargetKind, Visibility
from osmm_scan.settings import CustomProfile, Proof, ProofKind, Settings
from osmm_scan.verdicts import State
from tests.engine.pack import load_pack as small_pack
from tests.engine.statements import attestation, cited, finding, judge, waiver
from tests.fakes import AS_OF

SILENT = Configuring(config=None, attestations=None)
USUAL = Judging(rules=None, profile=None, fail_under=None, on_unknown="fail")
ATTESTED = "attestations:\n- {item: l1.using.use, grade: 1}\n"
BUNDLE = Bundle(
    tool_version="0",
    target=Target(kind=TargetKind.ORGANISATION, name="acme", source="checkout"),
    as_of=AS_OF,
    window_days=365,
    visibility=Visibility.CHECKOUT,
    repositories=("widgets",),
    unseen=0,
    evidence=(),
)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack(None)


@pytest.fixture
def small(tmp_path: Path) -> RulePack:
    return small_pack(tmp_path / "rules")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty folder where commands are run."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _clone(path: Path, **files: str) -> Path:
    """Make a clone in which these files are committed; `__` is a slash, `_` a dot."""
    path.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", path], check=True)
    for name, text in files.items():
        file = path / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", path, "add", "-A"], check=True)
    subprocess.run(
        ["git", "-C", path, *who, "commit", "-q", "--allow-empty", "-m", "Begin"], check=True
    )
    return path


def test_nothing_said_is_a_company_without_attestations(desk: Path, pack: RulePack) -> None:
    grounds = find_grounds(SILENT, USUAL, pack)

    assert grounds == Grounds(pack=pack, profile="company", settings=Settings(), attestations=())


@pytest.mark.parametrize(
    ("chosen", "configured", "profile"),
    [
        pytest.param(None, None, "company", id="nothing said"),
        pytest.param(None, "community", "community", id="configured"),
        pytest.param("foundation", "community", "foundation", id="the command line goes before"),
    ],
)
def test_a_profile_has_one_source(
    chosen: str | None, configured: str | None, profile: str, pack: RulePack
) -> None:
    assert fit(pack, Settings(profile=configured), chosen) == (pack, profile)


def test_an_unknown_profile_is_refused(pack: RulePack) -> None:
    with pytest.raises(UsageError, match="--profile: unknown profile 'compny'; did you mean"):
        fit(pack, Settings(), "compny")


def test_the_folder_of_the_command_is_asked(desk: Path, pack: RulePack) -> None:
    (desk / ".osmm-scan.yml").write_text("profile: community\n", encoding="utf-8")
    (desk / ".osmm").mkdir()
    (desk / ".osmm" / "attestations.yml").write_text(ATTESTED, encoding="utf-8")

    grounds = find_grounds(SILENT, USUAL, pack)

    assert grounds.profile == "community"
    assert [one.item for one in grounds.attestations] == ["l1.using.use"]


def test_an_organisations_own_repository_is_asked_as_committed(
    desk: Path, tmp_path: Path, pack: RulePack
) -> None:
    estate = tmp_path / "estate"
    shared = _clone(
        estate / ".github", _osmm__attestations_yml=ATTESTED, pyproject_toml="[project]\n"
    )
    (shared / ".osmm-scan.yml").write_text("profile: community\n", encoding="utf-8")

    grounds = find_grounds(SILENT, USUAL, pack, scanned=estate, defaults=find_defaults(estate))

    assert grounds.profile == "company"
    assert [one.item for one in grounds.attestations] == ["l1.using.use"]


def test_a_scanned_repository_has_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: RulePack
) -> None:
    estate = tmp_path / "estate"
    inside = _clone(estate / "widgets", _osmm__attestations_yml=ATTESTED)
    (inside / ".osmm-scan.yml").write_text("profile: community\n", encoding="utf-8")
    (inside / "src").mkdir()
    monkeypatch.chdir(inside)

    grounds = find_grounds(SILENT, USUAL, pack, scanned=estate, defaults=find_defaults(estate))

    assert (grounds.profile, grounds.attestations) == ("company", ())


def test_the_folder_of_clones_may_hold_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: RulePack
) -> None:
    (tmp_path / ".osmm-scan.yml").write_text("profile: community\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert find_grounds(SILENT, USUAL, pack, scanned=tmp_path).profile == "community"


def test_of_several_organisations_none_configures_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _clone(tmp_path / "one" / ".github")
    _clone(tmp_path / "two" / ".github")

    assert find_defaults(tmp_path) is None
    assert "name the files with --config and --attestations" in caplog.text


def _citing(pack: RulePack, *paths: str) -> Grounds:
    proofs = (Proof(kind=ProofKind.FILE, value=path, repository="widgets") for path in paths)
    stated = attestation(evidence=tuple(proofs))
    return Grounds(pack=pack, profile="company", settings=Settings(), attestations=(stated,))


def test_cited_files_are_looked_for_where_they_are_said_to_be(
    tmp_path: Path, pack: RulePack
) -> None:
    clone = _clone(tmp_path / "widgets", docs__policy_md="Rules.", empty_md=" \n", raw_bin="\0")
    other = _clone(tmp_path / "other", docs__policy_md="Rules.")
    grounds = _citing(pack, "docs/policy.md", "empty.md", "gone.md", "raw.bin", "../secret")

    bundle = with_cited_files(BUNDLE, [tmp_path / "no clone", other, clone], grounds)

    found = {one.source.path: one.value for one in bundle.evidence}
    assert found == {
        "docs/policy.md": True,
        "empty.md": False,
        "gone.md": False,
        "raw.bin": None,
        "../secret": False,
    }
    assert {one.subject for one in bundle.evidence} == {"widgets"}


def test_nothing_cited_adds_nothing(tmp_path: Path, pack: RulePack) -> None:
    assert with_cited_files(BUNDLE, [tmp_path], _citing(pack)) is BUNDLE


def test_what_does_not_count_is_warned_about(
    small: RulePack, caplog: pytest.LogCaptureFixture
) -> None:
    yesterday = AS_OF - timedelta(days=1)
    whole = judge(
        small,
        attestations=[attestation(grade=5), attestation(dated=AS_OF + timedelta(days=1))],
        waivers=[waiver("r1.readme", expires=yesterday), waiver("l2.care.policy")],
    )

    warn(whole, [])

    assert [one.getMessage() for one in caplog.records] == [
        "attestation of l2.care.policy: grade 4 is more than 1 above the observed grade 0, "
        "which stands",
        "attestation of l2.care.policy: is dated 2026-07-01, after the day of this scan",
        "waiver of r1.readme: has expired on 2026-06-29, so it counts no more",
    ]


def test_a_reason_that_many_share_is_told_once(
    small: RulePack, caplog: pytest.LogCaptureFixture
) -> None:
    stated = [attestation(item=one.id) for one in small.criteria]

    warn(judge(small, attestations=stated), [])

    assert [one.getMessage() for one in caplog.records] == [
        "attestation of l1.using.buying, l2.care.policy and 1 more: "
        "grade 3 is more than 1 above the observed grade 0, which stands",
        "attestation of l1.using.use: "
        "grade 3 is more than 1 above the observed grade 1, which stands",
    ]


def test_a_bundle_that_was_scanned_with_attestations_asks_for_them(
    small: RulePack, caplog: pytest.LogCaptureFixture
) -> None:
    seen = [cited(found=True)]

    warn(judge(small, evidence=seen, attestations=[attestation(grade=1)]), seen)
    warn(judge(small), [])
    assert caplog.text == ""

    warn(judge(small, evidence=seen), seen)
    assert "name them again with --attestations FILE" in caplog.text


def test_a_verdict_names_the_statements_that_it_rests_on(small: RulePack) -> None:
    whole = judge(
        small,
        attestations=[attestation(grade=1)],
        waivers=[waiver("l1.using.buying"), waiver("l1.using.use")],
    )
    alone = replace(whole, target=replace(whole.target, kind=TargetKind.REPOSITORY))

    assert name_statements(judge(small)) == ""
    assert name_statements(whole) == "attested grades: 1, waivers in force: 2"
    assert name_statements(alone) == "waivers in force: 2"


def test_settings_that_say_nothing_leave_the_rules_alone(pack: RulePack) -> None:
    assert adjust(pack, Settings(profile="community")) is pack


def test_a_profile_of_ones_own_is_its_base_and_more(small: RulePack) -> None:
    mine = CustomProfile(based_on="company", means="us", not_applicable={"l2.care.policy": "no"})

    fitted = adjust(small, Settings(profiles={"mine": mine}))
    whole = judge(fitted, profile="mine")

    found = finding(whole)
    assert (found.state, found.because) == (
        State.NOT_APPLICABLE,
        "does not apply to the profile mine: no",
    )
    assert finding(whole, "l1.using.buying").state is not State.NOT_APPLICABLE
    assert "mine" in fitted.model.combination.one_sided.profiles
    assert fitted.sha256 != small.sha256


def test_a_profile_takes_over_what_does_not_apply_to_its_base(small: RulePack) -> None:
    mine = CustomProfile(based_on="community", means="us", not_applicable={})

    whole = judge(adjust(small, Settings(profiles={"mine": mine})), profile="mine")

    assert finding(whole, "l1.using.buying").state is State.NOT_APPLICABLE
    assert "mine" not in small.model.profiles


def test_a_threshold_asks_for_more(small: RulePack) -> None:
    fitted = adjust(small, Settings(thresholds={"level-3.p2": 0.9, "attestation.valid_days": 20}))

    assert fitted.model.combination.levels[3].p2 == 0.9
    assert small.model.combination.levels[3].p2 == 0.6
    assert judge(fitted, attestations=[attestation(grade=1)]).attestations[0]["effect"] == "stale"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param(Settings(thresholds={"level-3.p2": 0.1}), "asks for less", id="laxer"),
        pytest.param(
            Settings(thresholds={"level-2.p3_provisional": 0.9}), "must rise", id="out of order"
        ),
        pytest.param(
            Settings(
                profiles={"company": CustomProfile(based_on="x", means="y", not_applicable={})}
            ),
            "have a profile of this name",
            id="a profile that ships",
        ),
    ],
)
def test_settings_that_cannot_be_are_refused(
    settings: Settings, told: str, small: RulePack
) -> None:
    with pytest.raises(UsageError, match=told):
        adjust(small, settings)
