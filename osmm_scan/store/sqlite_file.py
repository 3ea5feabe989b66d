"""A history as a file: what may be opened, how it is made, and how SQLite is told to keep it.

A new file appears whole under its name or not at all, and an existing one is never made anew.
"""

from __future__ import annotations

import sqlite3
import stat
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from osmm_scan.errors import StoreError
from osmm_scan.store.schema import APPLICATION_ID

# How long a writer waits for another one; the longest transaction is the end of a large scan.
PATIENCE_SECONDS = 60
# Up to this size every page is checked on opening, which then takes less than half a second.
CHECKED_BYTES = 256 * 1024**2

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID = slice(68, 72)


def connect(path: Path, *, writes: bool) -> Engine:
    """Return an engine for the history at `path`, which must be there and be ours."""
    _inspect(path)
    engine = _engine(path, "rw" if writes else _reading_mode(path))
    with engine.connect() as connection:
        _check(connection, path)
    return engine


def create(path: Path, fill: Callable[[Engine], None]) -> None:
    """Make a history that `fill` gave its tables; what meanwhile appeared at `path` stays."""
    if Path(f"{path}-wal").exists():
        raise StoreError(f"{path}-wal: left of a history that is gone; restore {path} or remove it")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".osmm-scan-", dir=path.parent) as folder:
        fresh = Path(folder) / "history.db"
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            # Readers go on while a scan writes. Where the file system cannot do this, SQLite keeps
            # its rollback journal, which is as safe.
            connection.execute("PRAGMA journal_mode = WAL")
        engine = _engine(fresh, "rw")
        fill(engine)
        engine.dispose()
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            fresh.rename(path)


def _inspect(path: Path) -> None:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise StoreError(f"{path}: a symbolic link; give the file that it leads to")
    if not stat.S_ISREG(status.st_mode):
        raise StoreError(f"{path}: not a file; give the file of a history, or one to be made")
    with path.open("rb") as file:
        head = file.read(100)
    if head[: len(_MAGIC)] != _MAGIC:
        what = "an empty file" if not head else "damaged, or not a history of osmm-scan"
        raise StoreError(f"{path}: {what}; restore it from a backup, or move it away")
    if int.from_bytes(head[_APPLICATION_ID]) != APPLICATION_ID:
        raise StoreError(f"{path}: belongs to another program; give another --store")


def _reading_mode(path: Path) -> str:
    """Return how to open for reading; where nothing may be written, SQLite must be told so."""
    try:
        with closing(sqlite3.connect(_uri(path, "ro"), uri=True)) as connection:
            connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        log = Path(f"{path}-wal")
        if log.exists() and log.stat().st_size:
            raise
        # Without a log nothing is pending, and on a medium that is read-only nothing can come.
        return "ro&immutable=1"
    return "ro"


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def _engine(path: Path, mode: str) -> Engine:
    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(
            _uri(path, mode), uri=True, timeout=PATIENCE_SECONDS, isolation_level=None
        )

    engine = create_engine(URL.create("sqlite"), creator=open_file, poolclass=NullPool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # A commit costs one flush to disk and is then safe even if the power fails. There is one for a
    # repository, which takes far longer to read than that.
    connection.execute("PRAGMA synchronous = FULL")
    # A file from elsewhere may define views and triggers; they may call nothing.
    connection.execute("PRAGMA trusted_schema = OFF")


def _begin(connection: Connection) -> None:
    # A reader that turns into a writer could fail without waiting, so writers say so at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check(connection: Connection, path: Path) -> None:
    if path.stat().st_size > CHECKED_BYTES:
        return
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise StoreError(f"{path}: damaged: {found}; restore it from a backup, or move it away")
