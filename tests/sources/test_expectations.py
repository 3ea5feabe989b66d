"""Files that were announced are read like any others."""

from __future__ import annotations

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.sources import files
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.repository import Files
from tests.sources.clones import Make

CONTENT = {f"docs/{number}.md": f"text {number}\n" * number for number in range(505)}


def _read(repository: Files, path: str) -> bytes | str:
    try:
        return repository.read(path)
    except Unobserved as reason:
        return reason.why


def test_announcing_changes_no_answer(make: Make) -> None:
    large = {"large.bin": b"\1" * (files._AHEAD_EACH + 1), "empty": b""}
    clone = make(files=CONTENT | large)
    paths = [*CONTENT, *large]

    with open_checkout(clone.path) as plain, open_checkout(clone.path) as told:
        told.expect([*paths, "nowhere", "docs"])

        assert [told.read(path) for path in paths] == [plain.read(path) for path in paths]


def test_a_damaged_file_takes_no_other_with_it(make: Make) -> None:
    clone = make(files=CONTENT)
    damaged = clone.loose(clone.git("rev-parse", "HEAD:docs/3.md"))
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:-4] + b"oops")

    with open_checkout(clone.path) as plain, open_checkout(clone.path) as told:
        told.expect(CONTENT)

        assert [_read(told, path) for path in CONTENT] == [_read(plain, path) for path in CONTENT]
        assert "damaged" in str(_read(told, "docs/3.md"))


def test_what_is_read_ahead_is_bounded(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_AHEAD_TOTAL", 10)
    clone = make(files={"a": "1234a", "b": "1234b", "c": "1234c"})

    with open_checkout(clone.path) as checkout:
        checkout.expect("abc")

        assert len(checkout._objects._ahead) == 2
        assert [checkout.text(path) for path in "abc"] == ["1234a", "1234b", "1234c"]
