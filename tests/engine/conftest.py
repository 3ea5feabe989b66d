"""The small pack, loaded once."""

from __future__ import annotations

import pytest

from osmm_scan.engine.rules import RulePack
from tests.engine.pack import load_pack


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> RulePack:
    return load_pack(tmp_path_factory.mktemp("pack"))
