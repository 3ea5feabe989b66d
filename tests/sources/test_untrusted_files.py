"""Small files of a hostile folder: no link is followed, nothing is waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from osmm_scan.sources.untrusted_files import files_beneath, read_beneath
from tests.sources.clones import seconds


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a file in it, beside a file outside."""
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (root / "folder" / "file").write_text("inside")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("secret")
    return root


@pytest.mark.parametrize(
    ("name", "prepare"),
    [
        pytest.param("link", lambda path: path.symlink_to("../outside/file"), id="link to a file"),
        pytest.param("link/file", lambda path: path.symlink_to("../outside"), id="linked folder"),
        pytest.param("inner", lambda path: path.symlink_to("folder/file"), id="link inside"),
        pytest.param("fifo", os.mkfifo, id="FIFO"),
        pytest.param("null", lambda path: path.symlink_to("/dev/zero"), id="device"),
        pytest.param("folder", lambda path: None, id="folder"),
        pytest.param("large", lambda path: path.write_text("x" * 101), id="too large"),
        pytest.param("../outside/file", lambda path: None, id="parent"),
        pytest.param("folder/../../outside/file", lambda path: None, id="parent inside"),
        pytest.param("/etc/passwd", lambda path: None, id="absolute"),
        pytest.param("folder//file", lambda path: None, id="empty part"),
        pytest.param("./folder/file", lambda path: None, id="dot"),
        pytest.param("folder/fi\0le", lambda path: None, id="NUL"),
        pytest.param("", lambda path: None, id="empty"),
        pytest.param("folder/file/x", lambda path: None, id="below a file"),
        pytest.param("missing", lambda path: None, id="missing"),
        pytest.param("x" * 300, lambda path: None, id="name too long"),
    ],
)
def test_only_plain_files_inside_are_read(
    root: Path, name: str, prepare: Callable[[Path], object]
) -> None:
    prepare(root / name.partition("/")[0])

    with seconds(5), pytest.raises(OSError, match=r"\[Errno \d+\]"):
        read_beneath(root, name, 100)


@pytest.mark.parametrize("size", [0, 6, 100])
def test_a_plain_file_is_read_whole(root: Path, size: int) -> None:
    (root / "folder" / "file").write_bytes(b"x" * size)

    assert read_beneath(root, "folder/file", 100) == b"x" * size


def test_only_plain_files_are_listed(root: Path) -> None:
    (root / "folder" / "link").symlink_to("../../outside/file")
    (root / "folder" / "links").symlink_to("../../outside")
    (root / "folder" / "inner").mkdir()
    (root / "folder" / "inner" / "file").touch()
    os.mkfifo(root / "folder" / "fifo")

    assert sorted(files_beneath(root, "folder")) == ["folder/file", "folder/inner/file"]
