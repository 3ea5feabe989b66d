"""Steps that bring a history from one version of the tables to the next, run by Alembic."""
