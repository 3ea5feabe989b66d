"""Repositories to read, built in a temporary folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sources.clones import Clone, Make


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes an empty repository, or one with a first commit of files."""

    def build(
        name: str = "widgets", files: Mapping[str, bytes | str] | None = None, *options: str
    ) -> Clone:
        path = tmp_path / name
        path.mkdir(parents=True)
        clone = Clone(path)
        clone.git("init", "--quiet", "--template=", "--initial-branch=main", *options)
        if files is not None:
            clone.commit(files)
        return clone

    return build
