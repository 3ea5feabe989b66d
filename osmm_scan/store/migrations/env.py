"""What Alembic runs to migrate: on the connection and in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from osmm_scan.store.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
