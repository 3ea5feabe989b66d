"""Opening a history: what is refused, in which words, and that nothing is ever made anew."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from osmm_scan.errors import StoreError, UsageError
from osmm_scan.store import archive, scans
from osmm_scan.store.database import open_store
from tests.store.samples import BUNDLE, PLAN, outcome


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Return a history with one scan."""
    path = tmp_path / "history.db"
    with open_store(str(path), create=True) as store:
        scans.record(store, PLAN, outcome())
    return path


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _noise(path: Path) -> None:
    path.write_bytes(b"noise" * 1000)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\xa5" * 12288
    path.write_bytes(bytes(content))


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE scans (id)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE osmm_scan_schema SET version_num = '9999'")
        connection.commit()


def _half_made(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE osmm_scan_schema")
        connection.commit()


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))
    path.symlink_to("elsewhere.db")


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.db")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("create", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        pytest.param(_empty, "an empty file", id="empty"),
        pytest.param(_noise, "damaged, or not a history", id="noise"),
        pytest.param(_cut, "damaged", id="cut short"),
        pytest.param(_overwritten, "damaged", id="pages overwritten"),
        pytest.param(_foreign, "belongs to another program", id="another program's"),
        pytest.param(_newer, "update osmm-scan", id="of a later version"),
        pytest.param(_half_made, "has a table", id="without its version"),
        pytest.param(_link, "symbolic link", id="a link"),
        pytest.param(_dangling, "symbolic link", id="a link to nowhere"),
        pytest.param(_folder, "not a file", id="a folder"),
    ],
)
def test_what_is_no_history_is_refused_and_left_alone(
    history: Path, harm: Callable[[Path], None], complaint: str, create: bool
) -> None:
    harm(history)
    before = history.read_bytes() if history.is_file() else None

    with pytest.raises(StoreError, match=complaint) as refused:
        open_store(str(history), create=create)

    assert str(history) in str(refused.value)
    assert (history.read_bytes() if history.is_file() else None) == before


def test_a_reader_makes_no_history(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no history here"):
        open_store(str(tmp_path / "history.db"))

    assert list(tmp_path.iterdir()) == []


def test_a_log_without_its_history_is_not_covered_up(history: Path) -> None:
    history.with_name("history.db-wal").write_bytes(b"pending")
    history.unlink()

    with pytest.raises(StoreError, match="left of a history that is gone"):
        open_store(str(history), create=True)


def test_nobody_else_may_read_a_new_history(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "new" / "history.db"
        with open_store(str(path), create=True) as store:
            scans.record(store, PLAN, outcome())
            modes = {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    finally:
        os.umask(before)

    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_folders_and_files_that_cannot_be_made_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="file"):
        open_store(str(tmp_path / "file" / "history.db"), create=True)


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        pytest.param("mysql://host/name", "postgresql://", id="another database"),
        pytest.param("postgresql://me:secret@host/name", "no password", id="a password"),
        pytest.param("postgresql://host:port/name", "not an address", id="no address"),
    ],
)
def test_addresses_that_are_wrong_are_usage_errors(address: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as refused:
        open_store(address)

    assert "secret" not in str(refused.value)


def test_a_server_out_of_reach_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="postgresql://osmm@/history"):
        open_store(f"postgresql://osmm@/history?host={tmp_path}", create=True)


def test_a_server_without_a_history_is_left_empty_by_readers(postgres_address: str) -> None:
    with pytest.raises(StoreError, match="no history here"):
        open_store(postgres_address)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        pytest.param("CREATE TABLE scans (id int)", "another program", id="another program's"),
        pytest.param(
            "CREATE TABLE osmm_scan_schema (version_num text);"
            "INSERT INTO osmm_scan_schema VALUES ('9999')",
            "update osmm-scan",
            id="of a later version",
        ),
    ],
)
def test_databases_that_are_not_ours_are_refused(
    postgres_address: str, statement: str, complaint: str
) -> None:
    import psycopg

    with psycopg.connect(postgres_address, autocommit=True) as server:
        server.execute(statement)

    with pytest.raises(StoreError, match=complaint):
        open_store(postgres_address, create=True)


def test_a_locked_history_is_said_to_be_in_use(
    history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osmm_scan.store.sqlite_file.PATIENCE_SECONDS", 0.1)
    with (
        open_store(str(history), create=True) as store,
        closing(sqlite3.connect(history, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="in use by another process"):
            scans.record(store, PLAN, outcome())


def test_readers_read_on_while_another_writes(history: Path) -> None:
    with closing(sqlite3.connect(history, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM scans")

        with open_store(str(history)) as store:
            assert archive.read_scan(store, 1) == BUNDLE


# In a process of its own, whose files may not grow: the disk is full for it.
_ON_A_FULL_DISK = """
import resource, signal, sys
from osmm_scan.errors import StoreError
from osmm_scan.store import scans
from osmm_scan.store.database import open_store
from tests.store.samples import PLAN, outcome
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_store(sys.argv[1], create=True) as store:
    made = outcome()
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
    try:
        scans.record(store, PLAN, made)
    except StoreError as error:
        sys.exit(f"refused: {error}")
"""


def test_a_full_disk_harms_nothing_that_was_kept(history: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ON_A_FULL_DISK, history],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "refused: " in done.stderr
    assert "disk" in done.stderr
    with open_store(str(history)) as store:
        assert [one.id for one in archive.list_scans(store)] == [1]
        assert archive.read_scan(store, 1) == BUNDLE


def test_a_history_that_may_only_be_read_is_read(history: Path) -> None:
    with _locked_away(history.parent), open_store(str(history)) as store:
        assert archive.read_scan(store, 1) == BUNDLE


def test_a_history_that_may_only_be_read_is_not_written(history: Path) -> None:
    with (
        _locked_away(history.parent),
        pytest.raises(StoreError, match=r"may not be written|permissions"),
        open_store(str(history), create=True) as store,
    ):
        scans.record(store, PLAN, outcome())


class _locked_away:
    """A folder that cannot be written to; root is bound by it only where it can be mounted so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        if os.geteuid() == 0:
            bound = ["mount", "--bind", "-o", "ro", str(self._folder), str(self._folder)]
            if subprocess.run(bound, capture_output=True, check=False).returncode:
                pytest.skip("root may write everywhere, and nothing can be mounted here")
        else:
            (self._folder / "history.db").chmod(0o400)
            self._folder.chmod(0o500)

    def __exit__(self, *_: object) -> None:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(self._folder)], check=True)
        else:
            self._folder.chmod(0o700)
