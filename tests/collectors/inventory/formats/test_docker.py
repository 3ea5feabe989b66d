from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.docker import parse_dockerfile
from tests.collectors.inventory.formats.reading import (
    asked_for,
    direct,
    gaps,
    packages,
    stray_lines,
)

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("# FROM python:3\nRUN echo FROM python:3\n", {}, id="not an instruction"),
        pytest.param("FROM scratch\n", {}, id="nothing"),
        pytest.param("FROM python:3.12-slim\n", {"python": "3.12-slim"}, id="an official image"),
        pytest.param("from docker.io/library/python\n", {"python": ""}, id="the same in full"),
        pytest.param("FROM a AS base\nFROM BASE\n", {"a": ""}, id="a stage is no image"),
        pytest.param("FROM --platform=linux/amd64 a:1 AS x\n", {"a": "1"}, id="an option"),
        pytest.param("ARG V=3.12\nFROM python:${V}\n", {"python": "3.12"}, id="an argument"),
        pytest.param("ARG V=1\nARG I=a:$V\nFROM $I\n", {"a": "1"}, id="an argument of another"),
        pytest.param('FROM "a:1"\n', {"a": "1"}, id="in quotes"),
        pytest.param("FROM ${I:-a:1}\n", {"a": "1"}, id="a default"),
        pytest.param(f"FROM a:1@{DIGEST}\n", {"a": "1"}, id="a tag with a digest"),
        pytest.param(f"FROM a@{DIGEST}\n", {"a": DIGEST}, id="only a digest"),
        pytest.param("FROM \\\n  # why\n  a:1\n", {"a": "1"}, id="continued"),
        pytest.param(
            "FROM reg.example:5000/team/app:2\n",
            {"team/app?repository_url=reg.example:5000": "2"},
            id="another registry",
        ),
    ],
)
def test_base_images_are_read(text: str, expected: dict[str, str]) -> None:
    assert asked_for(parse_dockerfile, text) == {f"docker/{k}": v for k, v in expected.items()}


def test_a_digest_is_exact() -> None:
    found = direct(parse_dockerfile, f"FROM a:1@{DIGEST}\nFROM b:1\n")

    assert [(each.line, each.is_exact) for each in found] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("FROM a:$V\n", [], id="an unknown tag"),
        pytest.param("ARG I\n\nFROM $I\n", [(3, "not_supported")], id="an unknown image"),
    ],
)
def test_what_the_build_is_told_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_dockerfile, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("FROM a\nRUN make\n", [], id="only built on"),
        pytest.param('FROM a\nCMD ["x"]\n', [(None, "application")], id="started"),
    ],
)
def test_an_image_that_runs_something_is_an_application(
    text: str, expected: list[tuple[None, str]]
) -> None:
    assert packages(parse_dockerfile, text) == expected


@given(st.text(alphabet="FROM ARG a:1@${}-\\\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert stray_lines(parse_dockerfile, text) == []
