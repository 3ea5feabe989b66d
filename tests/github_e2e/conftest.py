"""The example organisation, whole or a small part of it, on a server of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.github_e2e.town import Town, town

SMALL = (".github", "dockyard", "legacy-edi")


@pytest.fixture
def small(estate: Path, tmp_path: Path) -> Iterator[Town]:
    """Return a server that has three small repositories of the organisation."""
    with town(estate, tmp_path, names=SMALL) as served:
        yield served
