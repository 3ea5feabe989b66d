"""What a configuration may say, where it is looked for, and how its faults are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.cli.attestations.files import find_attestations, read_attestations
from osmm_scan.cli.attestations.schemas import AttestationFile
from osmm_scan.cli.configuration.pages import Page, keys_of, yaml_page
from osmm_scan.cli.configuration.reading import find_settings, read_settings
from osmm_scan.cli.configuration.schemas import Configuration
from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import ConfigurationError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.settings import CustomProfile, Estate, Member, Settings, Waiver
from tests.fakes import FakeRepository
from tests.patience import patient

KEYS = st.sampled_from(sorted(keys_of(Configuration) | keys_of(AttestationFile)))
WHOLE = """\
profile: our-bank
estate:
  organisations: [acme, acme-labs]
  aliases: [Acme Bank]
  domains: [acme.example]
  strategic: [linux]
  roster:
  - {login: mona, since: 2025-01-01}
profiles:
  our-bank:
    based_on: company
    means: a bank
    not_applicable: {l3.culture.innersource: all code is public}
thresholds:
  level-3.p2: 0.7
waivers:
- what: l2.policy.consumption-policy
  scope: '*'
  reason: being rewritten
  owner: Head of Risk
  expires: 2026-12-31
"""
SETTINGS = Settings(
    profile="our-bank",
    estate=Estate(
        organisations=("acme", "acme-labs"),
        aliases=("Acme Bank",),
        domains=("acme.example",),
        strategic=("linux",),
        roster=(Member(login="mona", since=date(2025, 1, 1)),),
    ),
    profiles={
        "our-bank": CustomProfile(
            based_on="company",
            means="a bank",
            not_applicable={"l3.culture.innersource": "all code is public"},
        )
    },
    thresholds={"level-3.p2": 0.7},
    waivers=(
        Waiver(
            what="l2.policy.consumption-policy",
            scope="*",
            reason="being rewritten",
            owner="Head of Risk",
            expires=date(2026, 12, 31),
        ),
    ),
)
TOML = """\
[project]
name = "x"

[tool.osmm-scan]
profile = "foundation"

[[tool.osmm-scan.waivers]]
what = "l2.policy.consumption-policy"
scope = "*"
reason = "being rewritten"
owner = "Head of Risk"
expires = 2026-12-31
"""


@pytest.fixture(scope="module")
def shipped() -> RulePack:
    return load_pack(None)


def _waiver(**changes: str) -> str:
    stated = {
        "what": "l2.policy.consumption-policy",
        "scope": "'*'",
        "reason": "x",
        "owner": "CIO",
        "expires": "2026-12-31",
    }
    told = {name: value for name, value in (stated | changes).items() if value}
    return f"waivers:\n- {{{', '.join(f'{name}: {value}' for name, value in told.items())}}}\n"


def test_an_empty_file_configures_nothing(shipped: RulePack) -> None:
    assert read_settings(yaml_page("x", ""), shipped) == Settings()


def test_every_setting_can_be_configured(shipped: RulePack) -> None:
    settings = read_settings(yaml_page("x", WHOLE), shipped)

    assert settings == SETTINGS
    assert all(getattr(settings, one.name) for one in fields(Settings))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "profil: company\n",
            "c.yml:1:1: unknown key 'profil'; did you mean 'profile'?",
            id="key",
        ),
        pytest.param(
            "profile: compny\n",
            "c.yml:1:10: unknown profile 'compny'; did you mean 'company'?",
            id="profile",
        ),
        pytest.param("- x\n", "c.yml:1:1: the file must be a mapping", id="a list"),
        pytest.param("estate: {\n", "c.yml:2:1: ", id="no YAML"),
        pytest.param("profile: a\nprofile: b\n", "c.yml:2:1: the key 'profile'", id="a key twice"),
        pytest.param(
            "estate:\n  organisations: [not a login]\n",
            "c.yml:2:19: organisations: 'not a login' is no login",
            id="no GitHub login",
        ),
        pytest.param(
            "estate:\n  roster:\n  - {login: a, since: 2026-02-30}\n",
            "c.yml:3:23: since: must be a day such as 2026-06-30",
            id="no such day",
        ),
        pytest.param(
            "estate:\n  roster:\n  - {login: a, since: 2026-02-02, until: 2026-02-01}\n",
            "c.yml:3:5: roster: until is before since",
            id="days the wrong way round",
        ),
        pytest.param(_waiver(reason=""), "c.yml:2:3: reason is missing", id="waiver, no reason"),
        pytest.param(_waiver(owner=""), "owner is missing", id="waiver, nobody answers"),
        pytest.param(_waiver(expires=""), "expires is missing", id="waiver for ever"),
        pytest.param(_waiver(scope=""), "scope is missing", id="waiver of unknown scope"),
        pytest.param(_waiver(owner="a@b.example"), "never a person", id="waiver of a person"),
        pytest.param(
            _waiver(what="l2.policy.consumption-polic"),
            "did you mean 'l2.policy.consumption-policy'?",
            id="waiver of nothing",
        ),
        pytest.param(_waiver(scope="acme/a"), "about the whole estate", id="item in one place"),
        pytest.param(
            "thresholds: {level-3.p2: 0.5}\n",
            "c.yml:1:26: level-3.p2: 0.5 asks for less than the rules do, which is 0.6",
            id="laxer",
        ),
        pytest.param(
            "thresholds: {level-2.gate_slack: 3}\n", "asks for less", id="laxer by more slack"
        ),
        pytest.param(
            "thresholds:\n  level-2.p3_provisional: 0.9\n",
            "c.yml:2:3: thresholds: p3_provisional and p3_attained must rise",
            id="out of order",
        ),
        pytest.param("thresholds: {attestation.valid_days: 0}\n", "c.yml:1:13: ", id="no day"),
        pytest.param("thresholds: {level-3.p2: 1.5}\n", "at most 1", id="more than everything"),
        pytest.param(
            "thresholds: {level-3.q2: 1}\n", "no such threshold; did you mean", id="threshold"
        ),
        pytest.param(
            "profiles: {company: {based_on: company, means: x, not_applicable: {}}}\n",
            "the rules have a profile of this name",
            id="a shipped profile",
        ),
        pytest.param(
            "profiles: {us: {based_on: company, means: x, not_applicable: {l1.using.use: no}}}\n",
            "l1.using.use applies to everybody",
            id="the floor does not apply",
        ),
        pytest.param(
            "profiles: {us: {based_on: community, means: x, not_applicable: {l2.x: no}}}\n",
            "unknown item 'l2.x'",
            id="no such item",
        ),
    ],
)
def test_faults_are_named_with_their_place(text: str, told: str, shipped: RulePack) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(yaml_page("c.yml", text), shipped)

    assert told in str(caught.value)
    assert str(caught.value).startswith("c.yml:")


def test_all_faults_are_told_at_once(shipped: RulePack) -> None:
    text = "profile: x\nthresholds: {level-3.p2: 0.1}\n"

    with pytest.raises(ConfigurationError) as caught:
        read_settings(yaml_page("c.yml", text), shipped)

    assert len(str(caught.value).splitlines()) == 2


def _found(files: dict[str, str], folder: Path | None, pack: RulePack, **shared: Any) -> Settings:
    for name, text in files.items():
        path = (folder or Path()) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    defaults = FakeRepository(shared, name="acme/.github") if shared else None
    return find_settings(None, folder, defaults, pack)


@pytest.mark.parametrize(
    ("files", "profile"),
    [
        pytest.param({}, None, id="nothing there"),
        pytest.param({"pyproject.toml": "[project]\n"}, None, id="a project that is silent"),
        pytest.param({"pyproject.toml": TOML}, "foundation", id="a project"),
        pytest.param(
            {"pyproject.toml": TOML, ".github/osmm-scan.yml": "profile: community\n"},
            "community",
            id="a folder before a project",
        ),
        pytest.param(
            {
                ".osmm-scan.yml": "profile: company\n",
                ".github/osmm-scan.yml": "profile: community\n",
            },
            "company",
            id="the top before a folder",
        ),
    ],
)
def test_the_first_file_of_a_folder_counts(
    files: dict[str, str], profile: str | None, tmp_path: Path, shipped: RulePack
) -> None:
    assert _found(files, tmp_path, shipped).profile == profile


def test_the_organisations_repository_comes_after_the_folder(
    tmp_path: Path, shipped: RulePack
) -> None:
    shared: dict[str, Any] = {".osmm-scan.yml": "profile: community\n"}

    assert _found({}, tmp_path, shipped, **shared).profile == "community"
    assert (
        _found({".osmm-scan.yml": "profile: company\n"}, tmp_path, shipped, **shared).profile
        == "company"
    )


def test_faults_of_the_organisations_repository_name_it(shipped: RulePack) -> None:
    with pytest.raises(ConfigurationError, match=r"^acme/\.github:\.osmm-scan\.yml:1:1: "):
        _found({}, None, shipped, **{".osmm-scan.yml": "x: 1\n"})


def test_what_cannot_be_read_there_is_warned_about(
    shipped: RulePack, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = Unobserved(Missing.NOT_SUPPORTED, "is binary")

    assert _found({}, None, shipped, **{".osmm-scan.yml": damaged}) == Settings()
    assert "is not used: is binary" in caplog.text


def test_a_link_configures_nothing(tmp_path: Path, shipped: RulePack) -> None:
    (tmp_path / "elsewhere").write_text("profile: community\n", encoding="utf-8")
    (tmp_path / ".osmm-scan.yml").symlink_to("elsewhere")
    (tmp_path / ".osmm").mkdir()
    (tmp_path / ".osmm" / "attestations.yml").symlink_to("../elsewhere")

    assert find_settings(None, tmp_path, None, shipped) == Settings()
    assert find_attestations(None, tmp_path, None, shipped) == ()


def test_a_project_file_must_have_the_table_when_it_is_named(
    tmp_path: Path, shipped: RulePack
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[project]\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"has no table \[tool\.osmm-scan\]"):
        find_settings(path, None, None, shipped)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param('profile = "foundation"', 'profil = "x"', 5, id="key"),
        pytest.param('owner = "Head of Risk"\n', "", 7, id="a key that is missing"),
        pytest.param("2026-12-31", '"never"', 12, id="value in a list of tables"),
        pytest.param("2026-12-31", "2026-12-31T00:00:00", 12, id="a time is no day"),
    ],
)
def test_faults_of_toml_have_lines_too(
    old: str, new: str, line: int, tmp_path: Path, shipped: RulePack
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(TOML.replace(old, new), encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        find_settings(path, None, None, shipped)

    assert str(caught.value).startswith(f"{path}:{line}:")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xff", id="no UTF-8"),
        pytest.param(b"#" * (2 * 1024 * 1024 + 1), id="too large"),
        pytest.param(None, id="not there"),
    ],
)
def test_a_named_file_that_cannot_be_read_is_an_error(
    content: bytes | None, tmp_path: Path, shipped: RulePack
) -> None:
    path = tmp_path / "c.yml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError, match=str(path)):
        find_settings(path, None, None, shipped)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@patient
@given(data=st.dictionaries(KEYS, ANY, max_size=5))
def test_whatever_is_written_is_read_or_refused(data: dict[str, Any], shipped: RulePack) -> None:
    text = json.dumps(data)
    said = [_outcome(read, text, shipped) for read in (read_settings, read_attestations)]

    assert all(one is None or "c.yml:" in one for one in said)


def _outcome(read: Callable[[Page, RulePack], object], text: str, pack: RulePack) -> str | None:
    try:
        read(yaml_page("c.yml", text), pack)
    except ConfigurationError as error:
        return str(error)
    return None
