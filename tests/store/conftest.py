"""Histories to test with: SQLite always, PostgreSQL where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def _program(name: str) -> str | None:
    # Debian keeps the server's programs off PATH, one folder a version.
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(installed[-1]) if installed else shutil.which(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the socket folder of a server of our own, which ends with the tests."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("PostgreSQL is not installed")
    # The server refuses to run as root, and others may not enter the folder of pytest.
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="osmm-pg-", dir="/tmp"))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data = folder / "data"
    settings = f"-k {folder} -c listen_addresses= -c fsync=off"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)}

    def run(*command: str) -> None:
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, user=user, env=environment, cwd=folder
        )

    run(initdb, "-D", str(data), "-A", "trust", "-U", "osmm", "--no-sync", "-E", "UTF8")
    run(pg_ctl, "-D", str(data), "-o", settings, "-w", "-l", str(folder / "log"), "start")
    yield str(folder)
    run(pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def postgres_address(postgres: str) -> str:
    """Return the address of an empty database."""
    import psycopg

    # Quicker than a database for every test.
    with psycopg.connect(host=postgres, user="osmm", dbname="postgres", autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")
    return f"postgresql://osmm@/postgres?host={postgres}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a history may be made, once for each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "history.db")
    return str(request.getfixturevalue("postgres_address"))
