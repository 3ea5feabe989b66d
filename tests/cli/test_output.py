"""Reports to standard output and to files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from osmm_scan.cli.options.common import Reporting
from osmm_scan.cli.output import Request, _is_special, requests, write_file
from osmm_scan.errors import ScanError, UsageError


def reporting(*formats: str, output: Path | None = None) -> Reporting:
    return Reporting(formats=formats, output=output, no_color=False)


def test_the_terminal_gets_text_unless_told_otherwise() -> None:
    assert requests(reporting()) == (Request("text", None),)


def test_formats_go_where_the_user_says(tmp_path: Path) -> None:
    assert requests(reporting("json=a.json", "text")) == (
        Request("json", Path("a.json")),
        Request("text", None),
    )
    assert requests(reporting("json", output=tmp_path)) == (
        Request("json", tmp_path / "osmm-scan.json"),
    )
    assert requests(reporting("json=a.json", output=tmp_path)) == (
        Request("json", tmp_path / "a.json"),
    )


@pytest.mark.parametrize(
    ("formats", "complaint"),
    [
        pytest.param(["pdf2"], "unknown format; there are", id="unknown"),
        pytest.param(["json", "text"], "only one report can go to standard output", id="two"),
    ],
)
def test_what_cannot_be_done_is_said(formats: list[str], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        requests(reporting(*formats))


def test_a_file_is_written_with_usual_rights(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "report.json"

    write_file(path, b"{}")

    assert path.read_bytes() == b"{}"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_planted_link_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    link = tmp_path / "report.json"
    link.symlink_to(outside)

    write_file(link, b"{}")

    assert outside.read_bytes() == b"precious"
    assert not link.is_symlink()


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.mkdir()

    with pytest.raises(ScanError, match=r"report\.json: cannot be written"):
        write_file(path, b"{}")

    assert [found.name for found in tmp_path.iterdir()] == ["report.json"]


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_file(pipe, b"{}")

    assert os.read(reader, 10) == b"{}"
    assert pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize("name", ["null", "stdout", "fd/1"])
def test_nothing_in_dev_is_ever_replaced(name: str) -> None:
    assert _is_special(Path("/dev") / name)
