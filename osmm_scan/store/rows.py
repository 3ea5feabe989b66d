"""How text and rows get into any of the databases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def storable(text: str) -> str:
    """Return text that every database takes, NUL and lone surrogates included."""
    return json.dumps(text)[1:-1]


def original(stored: str) -> str:
    """Return what `storable` was given."""
    return str(json.loads(f'"{stored}"'))


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and return the number that it got."""
    key = connection.execute(insert(table).values(row)).inserted_primary_key
    assert key is not None  # noqa: S101 - a table with a primary key always tells it
    return int(key[0])


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose unique values are not there yet."""
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)
