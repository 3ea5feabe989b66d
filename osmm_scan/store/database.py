"""Open a history by path or address, and say clearly when that or a transaction fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from osmm_scan.errors import StoreError, UsageError
from osmm_scan.store import sqlite_file
from osmm_scan.store.migrating import Tables, look_at, migrate
from osmm_scan.store.schema import APPLICATION_ID

_CONNECT_SECONDS = 15


class Store:
    """An open history. A context manager; every change is one transaction."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the history."""
        with translated(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Connection]:
        """Yield a connection whose changes are kept together or not at all.

        `alone` keeps out others who write; on SQLite there is only ever one.
        """
        engine = self._engine.execution_options(writes=True)
        with translated(self.name), engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                shared = "" if alone else "_shared"
                # One more than the lock of migrations, which others may hold for long.
                connection.execute(
                    text(f"SELECT pg_advisory_xact_lock{shared}(:lock)"),
                    {"lock": APPLICATION_ID + 1},
                )
            yield connection


def open_store(address: str, *, create: bool = False) -> Store:
    """Return the history at a path or a `postgresql://` address, its tables brought up to date.

    With `create` it is made where there is none. Raises `StoreError` when it is newer, damaged,
    not ours or out of reach, and `UsageError` when the address is none.
    """
    if "://" in address:
        return _open_server(address, create=create)
    path = Path(address).expanduser()
    with translated(str(path)):
        if not _exists(path):
            if not create:
                raise StoreError(f"{path}: no history here; 'osmm-scan org --store' makes one")
            sqlite_file.create(path, lambda engine: _bring_up(engine, str(path)))
        return Store(_open_file(path, writes=create), str(path))


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise what databases and files fail with as `StoreError` that names the history."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{name}: {_reason(error.orig or error)}") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"{name}: {_reason(error)}") from error
    except OSError as error:
        raise StoreError(f"{error.filename or name}: {error.strerror or error}") from error


def _exists(path: Path) -> bool:
    # A link that leads nowhere is there all the same, and is refused.
    return path.is_symlink() or path.exists()


def _open_file(path: Path, *, writes: bool) -> Engine:
    engine = sqlite_file.connect(path, writes=writes)
    with engine.connect() as connection:
        if look_at(connection, str(path)) is Tables.CURRENT:
            return engine
    # Only who may write can bring tables up to date; for a reader this is the first time.
    engine.dispose()
    engine = sqlite_file.connect(path, writes=True)
    _bring_up(engine, str(path))
    return engine


def _open_server(address: str, *, create: bool) -> Store:
    url = _server(address)
    name = url.render_as_string(hide_password=True).replace("+psycopg", "", 1)
    try:
        engine = create_engine(
            url, poolclass=NullPool, connect_args={"connect_timeout": _CONNECT_SECONDS}
        )
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{name}: PostgreSQL needs a driver: pip install 'osmm-scan[postgres]'"
        ) from error
    with translated(name):
        with engine.connect() as connection:
            tables = look_at(connection, name)
        if tables is Tables.ABSENT and not create:
            raise StoreError(f"{name}: no history here; 'osmm-scan org --store' makes one")
        if tables is not Tables.CURRENT:
            _bring_up(engine, name)
    return Store(engine, name)


def _server(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"--store: not an address such as postgresql://host/name: {error}") from (
            error
        )
    if url.drivername not in {"postgresql", "postgres"}:
        raise UsageError(f"--store: {url.drivername}: give a path or a postgresql:// address")
    if url.password is not None:
        # Arguments are seen by every user of the machine, and end up in logs.
        raise UsageError("--store: no password in the address; put it into ~/.pgpass")
    return url.set(drivername="postgresql+psycopg")


def _bring_up(engine: Engine, name: str) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        migrate(connection, name)


_ADVICE = {
    sqlite3.SQLITE_BUSY: "in use by another process for too long; try again when that has ended",
    sqlite3.SQLITE_FULL: "no space left on the disk; what was kept before is unharmed",
    sqlite3.SQLITE_READONLY: "may not be written; give another --store",
    sqlite3.SQLITE_CORRUPT: "damaged; restore it from a backup, or move it away",
    sqlite3.SQLITE_NOTADB: "damaged, or no history; restore it from a backup, or move it away",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; look at the permissions of the file and its folder",
    sqlite3.SQLITE_IOERR: "cannot be read or written; look at the disk and its free space",
}


def _reason(error: BaseException) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return " ".join(str(error).split())
    # The lower byte tells the kind, the rest the place in SQLite where it happened.
    return f"{_ADVICE[code & 0xFF]} ({error})" if code & 0xFF in _ADVICE else str(error)
