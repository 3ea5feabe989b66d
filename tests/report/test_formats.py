"""Every format is found by its module, and its reports are compared whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from osmm_scan.report import Options, formats
from osmm_scan.verdicts import Assessment
from tests.report import sample

ROOT = Path(__file__).parents[2]
OPTIONS = Options(flags=sample.FLAGS)
SAMPLES: dict[str, Callable[[], Assessment]] = {
    "organisation": sample.organisation,
    "repository": sample.repository,
}
# A statement is about a commit, which an organisation has not.
ONLY = {"intoto": ("repository",)}
REPORTS = [(name, subject) for name in formats() for subject in ONLY.get(name, SAMPLES)]
RENDER = """
import sys
from osmm_scan.report import Options, formats
from tests.report import sample
name, subject = sys.argv[1:]
text = formats()[name].render(getattr(sample, subject)(), Options(flags=sample.FLAGS))
sys.stdout.buffer.write(text.encode())
"""


def test_formats_are_sorted_by_name():
    assert list(formats()) == sorted(formats())


@pytest.mark.parametrize("name", formats())
def test_a_format_is_named_like_its_module(name):
    module = formats()[name]

    assert module.__name__ == f"osmm_scan.report.formats.{name.replace('-', '_')}"


@pytest.mark.parametrize(("name", "subject"), REPORTS)
def test_report_is_golden(name, subject, strays_from_golden):
    report = formats()[name].render(SAMPLES[subject](), OPTIONS)

    assert strays_from_golden(subject + formats()[name].SUFFIX, report)[:5] == []


def test_every_report_has_a_file_of_its_own():
    suffixes = [each.SUFFIX for each in formats().values()]

    assert len(set(suffixes)) == len(suffixes)


@pytest.mark.parametrize(("name", "subject"), REPORTS)
def test_report_ends_in_one_line_break(name, subject):
    report = formats()[name].render(SAMPLES[subject](), OPTIONS)

    assert report.endswith("\n")
    assert not report.endswith("\n\n")


@pytest.mark.parametrize(("name", "subject"), dict(REPORTS).items())
@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, id="another hash seed, no locale"),
        pytest.param(
            {"PYTHONHASHSEED": "2", "COLUMNS": "40", "FORCE_COLOR": "1", "TERM": "xterm-256color"},
            id="a small terminal that asks for color",
        ),
        pytest.param(
            {"NO_COLOR": "1", "TZ": "Pacific/Kiritimati", "TERM": "dumb"}, id="another time zone"
        ),
    ],
)
def test_report_does_not_depend_on_where_it_is_made(name, subject, environment):
    here = formats()[name].render(SAMPLES[subject](), OPTIONS)
    path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    there = subprocess.run(
        [sys.executable, "-c", RENDER, name, subject],
        env=path | environment,
        check=True,
        stdout=-1,
    )

    assert there.stdout.decode("utf-8") == here
