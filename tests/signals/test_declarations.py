"""Loading the declarations of signals."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.errors import RuleError
from osmm_scan.resources import rules_directory
from osmm_scan.signals.declarations import FieldType, load_declarations

GOOD = """\
signals:
- id: license_file_coverage
  name: License coverage
  collector: licensing
  kind: share
  unit: share of public repositories
  strength: strong
  access: [local-clone]
  population: [public_repo]
  fields:
    share: {means: share with a license, type: share, measure: share(license.recognized)}
    n: {means: repositories examined, type: count, measure: size()}
"""


def pack(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_declaration_is_read(tmp_path: Path) -> None:
    declared = load_declarations(pack(tmp_path, licensing=GOOD))["license_file_coverage"]

    share = declared.fields["share"]
    assert share.type is FieldType.SHARE
    assert share.measure is not None
    assert share.measure.arguments == ("license.recognized",)
    assert declared.is_measured


def test_the_shipped_declarations_are_whole() -> None:
    assert len(load_declarations(rules_directory() / "signals")) == 118


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("", r"bad.yaml:1:1: .*list named 'signals'", id="empty file"),
        pytest.param("signals: [", r"bad.yaml:\d+:\d+: ", id="no YAML"),
        pytest.param("signals: [7]", r"bad.yaml:1:11: a signal is a mapping", id="a number"),
        pytest.param(
            GOOD.replace("  unit: share of public repositories\n", ""),
            r"bad.yaml:2:3: .*lacks unit",
            id="a key is absent",
        ),
        pytest.param(
            GOOD.replace("type: share,", "type: shares,"), "type is one of share", id="a bad type"
        ),
        pytest.param(
            GOOD.replace("share(license.recognized)", "share license"),
            "'share license' is no measure",
            id="no measure",
        ),
        pytest.param(
            GOOD.replace("[public_repo]", "public_repo"), "population is a list", id="no list"
        ),
        pytest.param(GOOD + GOOD.partition("\n")[2], "declared twice", id="the same id twice"),
    ],
)
def test_a_bad_file_is_named_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(RuleError, match=complaint):
        load_declarations(pack(tmp_path, bad=text))


def test_all_faults_of_all_files_are_listed(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_declarations(pack(tmp_path, a="signals: [7]", b="signals: [8]", c=GOOD))

    assert len(caught.value.faults) == 2


def test_a_folder_without_declarations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no signal is declared here"):
        load_declarations(tmp_path)
