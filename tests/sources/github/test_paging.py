"""Lists come whole and batches complete, whatever sizes a server can bear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer, Refusal, RefusalKind
from osmm_scan.sources.github.paging import Asking, TooHeavy, by_nodes, by_pages

HEAVY = Unobserved(Missing.TRUNCATED, "too heavy")


def _list(length: int, most: int) -> Asking:
    """Return what answers with pages of a list, of `most` entries at most."""

    def ask(variables: Mapping[str, Any], may_divide: bool) -> Answer:
        size, start = variables["n"], int(variables["cursor"] or 0)
        if size > most:
            raise TooHeavy(HEAVY) if may_divide else HEAVY
        end = min(start + size, length)
        page = {
            "totalCount": length,
            "pageInfo": {"hasNextPage": end < length, "endCursor": str(end)},
            "nodes": [{"id": str(one)} for one in range(start, end)],
        }
        return Answer({"list": page})

    return ask


def _ids(answer: Answer) -> list[str]:
    return [one["id"] for one in answer.at("list", "nodes")]


@given(length=st.integers(0, 130), most=st.integers(1, 60), size=st.integers(1, 100))
def test_every_entry_comes_once_and_in_order(length: int, most: int, size: int) -> None:
    pages = list(by_pages(_list(length, most), ["list"], {"n": size}))

    assert [one for page in pages for one in _ids(page)] == [str(one) for one in range(length)]


@given(
    ids=st.lists(st.integers(0, 99).map(str), unique=True, max_size=60),
    heavy=st.sets(st.integers(0, 99).map(str)),
    batch=st.integers(1, 50),
)
def test_every_node_is_answered_or_says_why(ids: list[str], heavy: set[str], batch: int) -> None:
    def ask(variables: Mapping[str, Any], may_divide: bool) -> Answer:
        if heavy & set(variables["ids"]):
            raise TooHeavy(HEAVY) if may_divide else HEAVY
        return Answer({"nodes": [{"id": one} for one in variables["ids"]]})

    seen = list(by_nodes(ask, ids, {}, batch))

    assert [one for one, _ in seen] == ids
    assert {one for one, answer in seen if isinstance(answer, Unobserved)} == heavy & set(ids)
    assert all(answer.at("id") == one for one, answer in seen if isinstance(answer, Answer))


def test_refusals_stay_with_their_entries_when_others_are_left_out() -> None:
    pages = iter(
        [
            _page(["a", "b"], True),
            _page(["b", "c"], False, Refusal(("list", "nodes", 1, "x"), RefusalKind.FAULT, "no")),
        ]
    )

    second = list(by_pages(lambda variables, may_divide: next(pages), ["list"], {}))[1]

    assert _ids(second) == ["c"]
    assert second.refused("list", "nodes", 0, "x") is not None


def _page(ids: list[str], more: bool, *refusals: Refusal) -> Answer:
    page = {
        "pageInfo": {"hasNextPage": more, "endCursor": "x"},
        "nodes": [{"id": one, "x": None} for one in ids],
    }
    return Answer({"list": page}, refusals)


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        pytest.param({}, Missing.FAULT, id="no list"),
        pytest.param({"list": None}, Missing.NOT_SUPPORTED, id="there is none"),
        pytest.param({"list": []}, Missing.FAULT, id="another shape"),
        pytest.param({"list": {"nodes": []}}, Missing.FAULT, id="no word on what follows"),
        pytest.param(
            {"list": {"pageInfo": {"hasNextPage": True, "endCursor": ""}}},
            Missing.FAULT,
            id="no cursor",
        ),
    ],
)
def test_a_misshapen_list_is_none(data: dict[str, Any], missing: Missing) -> None:
    with pytest.raises(Unobserved) as reason:
        list(by_pages(lambda variables, may_divide: Answer(data), ["list"], {}))

    assert reason.value.missing is missing
