"""The tables of a history. What they hold is text in ASCII JSON, which no database changes.

Names of repositories and what stands in their files may hold NUL characters and lone surrogates;
neither PostgreSQL nor a JSON column takes those, so text that is not ours is always escaped.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# What `PRAGMA application_id` of a history says: "OSMM" in ASCII.
APPLICATION_ID = 0x4F534D4D
VERSION_TABLE = "osmm_scan_schema"

metadata = MetaData()


def _of_scan() -> Column[int]:
    return Column("scan", ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True)


# One row a scan. `id` orders scans; clocks and `as_of` may run backwards.
scans = Table(
    "scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("target", Text, nullable=False),
    Column("as_of", String, nullable=False),
    Column("window_days", Integer, nullable=False),
    Column("started", String, nullable=False),
    Column("state", String, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Column("tool_version", String, nullable=False),
    Column("rules_sha256", String, nullable=False),
    Column("inputs_sha256", String),
    Column("content_sha256", String),
    Column("header", Text),
    Index("scans_of_target", "target", "kind"),
    sqlite_autoincrement=True,
)

# Repositories that a scan has finished while it is not complete; gone when it is.
visits = Table(
    "visits",
    metadata,
    _of_scan(),
    Column("place", Text, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("seen", LargeBinary, nullable=False),
)

subjects = Table(
    "subjects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan", ForeignKey("scans.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("revision", String),
    UniqueConstraint("scan", "position"),
)

# Facts, each content once. A fact at the commit that its repository was seen at stays the same row
# at the next commit, so a month in which nothing changed costs next to nothing.
evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("key", String, nullable=False),
    Column("record", Text, nullable=False),
)

observations = Table(
    "observations",
    metadata,
    Column("subject", ForeignKey("subjects.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("evidence", ForeignKey("evidence.id"), nullable=False, index=True),
    Column("observed_at", String, nullable=False),
    sqlite_with_rowid=False,
)

# What the rules of an assessment say about items and checks; the same for many scans.
catalogues = Table(
    "catalogues",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("document", Text, nullable=False),
)

assessments = Table(
    "assessments",
    metadata,
    _of_scan(),
    Column("profile", String, nullable=False),
    Column("level", Integer),
    Column("possible", Integer, nullable=False),
    Column("catalogue", ForeignKey("catalogues.sha256"), nullable=False, index=True),
    Column("document", Text, nullable=False),
)

# The measured fields of an assessment; `definition` tells by which declaration.
readings = Table(
    "readings",
    metadata,
    _of_scan(),
    Column("signal", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("low", Float),
    Column("high", Float),
    Column("n", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("definition", String, nullable=False),
)
