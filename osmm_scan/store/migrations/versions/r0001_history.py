"""Make the first tables: scans, visits, subjects, evidence, assessments and readings.

Written out rather than taken from `schema.py`, which goes on to change while this step must not.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create all tables."""
    _scans()
    _evidence()
    _assessments()


def _of_scan() -> sa.Column[int]:
    return sa.Column(
        "scan", sa.Integer, sa.ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True
    )


def _scans() -> None:
    op.create_table(
        "scans",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("as_of", sa.String, nullable=False),
        sa.Column("window_days", sa.Integer, nullable=False),
        sa.Column("started", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False, server_default=""),
        sa.Column("tool_version", sa.String, nullable=False),
        sa.Column("rules_sha256", sa.String, nullable=False),
        sa.Column("inputs_sha256", sa.String),
        sa.Column("content_sha256", sa.String),
        sa.Column("header", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("scans_of_target", "scans", ["target", "kind"])
    op.create_table(
        "visits",
        _of_scan(),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("seen", sa.LargeBinary, nullable=False),
    )


def _evidence() -> None:
    op.create_table(
        "subjects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "scan", sa.Integer, sa.ForeignKey("scans.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("revision", sa.String),
        sa.UniqueConstraint("scan", "position"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "observations",
        sa.Column(
            "subject",
            sa.Integer,
            sa.ForeignKey("subjects.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("evidence", sa.Integer, sa.ForeignKey("evidence.id"), nullable=False),
        sa.Column("observed_at", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_observations_evidence", "observations", ["evidence"])


def _assessments() -> None:
    op.create_table(
        "catalogues",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "assessments",
        _of_scan(),
        sa.Column("profile", sa.String, nullable=False),
        sa.Column("level", sa.Integer),
        sa.Column("possible", sa.Integer, nullable=False),
        sa.Column("catalogue", sa.String, sa.ForeignKey("catalogues.sha256"), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("ix_assessments_catalogue", "assessments", ["catalogue"])
    op.create_table(
        "readings",
        _of_scan(),
        sa.Column("signal", sa.String, primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("unknown", sa.Integer, nullable=False),
        sa.Column("definition", sa.String, nullable=False),
    )
