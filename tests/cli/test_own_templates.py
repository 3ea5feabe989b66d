"""`--template`: files of the user's own, filled in a process that can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.cli.options.common import Reporting
from osmm_scan.cli.output import Request, requests, write_reports
from osmm_scan.cli.own_templates import Limits, Template, fill_template, read_template
from osmm_scan.errors import UsageError
from osmm_scan.model import TargetKind
from osmm_scan.report import Options
from osmm_scan.report.document import document
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)
DOCUMENT = document(sample.repository(), OPTIONS)
DOCUMENT |= {"evidence": list(DOCUMENT["evidence"])}
SHORT = Limits(processor=1, clock=30)


def reporting(*templates: str, output: Path | None = None) -> Reporting:
    return Reporting(formats=(), output=output, no_color=False, templates=templates)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "a=b.md.jinja"
    path.write_text("# {{ report.target.name }}\n", encoding="utf-8")
    return path


def test_a_template_takes_the_place_of_the_text_report(own: Path) -> None:
    template = Template(str(own), "# {{ report.target.name }}\n")

    assert requests(reporting(str(own))) == (Request(str(own), None, template),)


def test_a_template_goes_where_the_user_says(own: Path, tmp_path: Path) -> None:
    (into_folder,) = requests(reporting(str(own), output=tmp_path / "out"))
    (into_file,) = requests(reporting(f"{own}=note.md", output=tmp_path))

    assert into_folder.path == tmp_path / "out" / "a=b.md"
    assert into_file.path == tmp_path / "note.md"


def test_two_reports_do_not_share_standard_output(own: Path) -> None:
    with pytest.raises(UsageError, match="only one report can go to standard output"):
        requests(reporting(str(own), str(own)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param(b"caf\xe9", "is no UTF-8 text", id="not UTF-8"),
        pytest.param(b"x" * (2**20 + 1), "larger than 1 MiB", id="large"),
        pytest.param(b"\n{% if %}", ":2: Expected an expression", id="not well formed"),
    ],
)
def test_a_file_that_is_no_template_is_refused(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    path = tmp_path / "own.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UsageError, match=why):
        read_template(path)


def test_a_report_is_written_from_a_template(own: Path, tmp_path: Path) -> None:
    wanted = requests(reporting(f"{own}=note.md", output=tmp_path))

    write_reports(sample.repository(), wanted, OPTIONS)

    assert (tmp_path / "note.md").read_text() == "# meridian-bank/ledger-bridge\n"


def test_a_template_is_filled() -> None:
    assert fill_template(Template("a.txt", "{{ report.as_of }}"), DOCUMENT) == "2026-06-30"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param("{{ 1 / 0 }}", "^a.txt:1: ZeroDivisionError", id="an error"),
        pytest.param(
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "more than 1 s of processor time",
            id="a loop that says nothing",
        ),
        pytest.param("{{ 9 ** (9 ** 9) }}", "more than 1 s of processor time", id="a large power"),
        pytest.param("{{ 'x' * 10 ** 11 }}", "^a.txt:1: MemoryError", id="a long text"),
        pytest.param("{{ 'x' | center(10 ** 11) }}", "^a.txt:1: MemoryError", id="a wide text"),
        pytest.param("{{ ['x'] * 10 ** 11 }}", "^a.txt:1: MemoryError", id="a long list"),
        pytest.param(
            "{% for i in range(99999) %}{{ 'x' * 99999 }}{% endfor %}",
            "writes more than 64 MiB",
            id="much of everything",
        ),
    ],
)
def test_a_template_that_takes_too_much_is_stopped(source: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        fill_template(Template("a.txt", source), DOCUMENT, SHORT)


def test_a_statement_over_an_organisation_is_refused_before_it_is_scanned() -> None:
    wanted = Reporting(formats=("intoto",), output=None, no_color=False)

    assert requests(wanted, TargetKind.REPOSITORY) == (Request("intoto", None),)
    with pytest.raises(UsageError, match="a statement needs a commit"):
        requests(wanted, TargetKind.ORGANISATION)
