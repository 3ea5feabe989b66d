"""Bring the tables of a history up to date, or refuse what is not a history of ours."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from osmm_scan.errors import StoreError
from osmm_scan.store.schema import APPLICATION_ID, VERSION_TABLE, metadata


class Tables(StrEnum):
    """What there is of the tables."""

    ABSENT = "absent"
    OLDER = "older"
    CURRENT = "current"


def look_at(connection: Connection, name: str) -> Tables:
    """Return what there is of the tables in a database.

    Raises `StoreError` when they are newer, or not ours.
    """
    known = ScriptDirectory.from_config(_config(connection))
    revision = _revision(connection)
    if revision is None:
        foreign = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
        if foreign:
            raise StoreError(
                f"{name}: belongs to another program: it has a table {foreign[0]!r} but was not "
                "made by osmm-scan; give another --store"
            )
        return Tables.ABSENT
    if revision not in {script.revision for script in known.walk_revisions()}:
        raise StoreError(
            f"{name}: written by a later osmm-scan (tables of version {revision}); "
            "update osmm-scan, or give another --store"
        )
    return Tables.CURRENT if revision == known.get_current_head() else Tables.OLDER


def migrate(connection: Connection, name: str) -> None:
    """Bring the tables up to date in the transaction of the connection, one process at a time."""
    if connection.dialect.name == "postgresql":
        # On SQLite the transaction itself was begun as the only one that writes.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": APPLICATION_ID})
    if look_at(connection, name) is not Tables.CURRENT:
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()
