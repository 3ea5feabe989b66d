from __future__ import annotations

from datetime import date

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.runtimes import declared, eol_share
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value

ASPNET = "FROM mcr.microsoft.com/dotnet/aspnet:6.0\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, Missing.NOT_SUPPORTED, id="nothing is named"),
        pytest.param(
            {"Dockerfile": "FROM acme/base:3.8\n"}, Missing.NOT_SUPPORTED, id="unknown image"
        ),
        pytest.param({"Dockerfile": "FROM python:3\n"}, Missing.NOT_SUPPORTED, id="whichever 3"),
        pytest.param(
            {"Dockerfile": "FROM node:lts\n"}, Missing.NOT_SUPPORTED, id="whichever is new"
        ),
        pytest.param(
            {"Dockerfile": "FROM python:9.9\n"}, Missing.NOT_SUPPORTED, id="unknown version"
        ),
        pytest.param(
            {".devcontainer/Dockerfile": "FROM python:3.6\n"},
            Missing.NOT_SUPPORTED,
            id="to work in",
        ),
        pytest.param(
            {"pyproject.toml": "[project]\nrequires-python = '>=3.6'"},
            Missing.NOT_SUPPORTED,
            id="a minimum",
        ),
        pytest.param({"Dockerfile": UNREADABLE}, Missing.FAULT, id="an unreadable image"),
        pytest.param({".nvmrc": UNREADABLE}, Missing.FAULT, id="an unreadable version"),
        pytest.param({"Dockerfile": "FROM python:3.12.1\n"}, 0.0, id="supported"),
        pytest.param({"Dockerfile": "FROM python:3.8\n"}, 1.0, id="ended"),
        pytest.param(
            {"Dockerfile": "FROM python:3.12-slim-buster\n"}, 0.5, id="on an ended system"
        ),
        pytest.param({"Dockerfile": "FROM node:18.2-alpine3.19\n"}, 1.0, id="both ended"),
        pytest.param({"Dockerfile": "FROM debian:bookworm-slim\n"}, 0.0, id="a code name"),
        pytest.param({"Dockerfile": "FROM eclipse-temurin:17-jdk\n"}, 0.0, id="Java"),
        pytest.param({"Dockerfile": ASPNET}, 1.0, id=".NET"),
        pytest.param({".nvmrc": "v16.20.0\n"}, 1.0, id="a version file"),
        pytest.param({".ruby-version": "ruby-3.4.1\n"}, 0.0, id="a version with a prefix"),
        pytest.param(
            {".tool-versions": "nodejs 24.1.0\n# golang 1.1\ngolang 1.20\n"}, 0.5, id="tools"
        ),
        pytest.param(
            {"a/Dockerfile": "FROM python:3.8\n", "b/Dockerfile": "FROM python:3.8.1\n"},
            1.0,
            id="the same version twice",
        ),
    ],
)
def test_runtimes_end(files: Files, expected: Value | Missing) -> None:
    assert value(eol_share, files) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2026, 10, 31), 0.0, id="on its last day"),
        pytest.param(date(2026, 11, 1), 1.0, id="on the next day"),
    ],
)
def test_the_reference_date_decides(as_of: date, expected: float) -> None:
    assert value(eol_share, {"Dockerfile": "FROM python:3.10\n"}, as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2026, 8, 1), 0.0, id="supported when the table was made"),
        pytest.param(date(2030, 1, 1), Missing.NOT_SUPPORTED, id="unknown later"),
    ],
)
def test_an_end_that_is_not_announced(as_of: date, expected: Value | Missing) -> None:
    assert value(eol_share, {"Dockerfile": "FROM golang:1.26\n"}, as_of) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="nothing is named"),
        pytest.param({"Dockerfile": "FROM acme/base:3.8\n"}, False, id="unknown image"),
        pytest.param({".nvmrc": UNREADABLE}, Missing.FAULT, id="an unreadable version"),
        pytest.param({"Dockerfile": "FROM python:3.12.1\n"}, True, id="supported"),
        pytest.param({"Dockerfile": "FROM python:3.8\n"}, True, id="ended"),
    ],
)
def test_a_runtime_is_declared(files: Files, expected: Value | Missing) -> None:
    assert value(declared, files) == expected


def test_what_has_ended_is_cited() -> None:
    files = {"Dockerfile": "FROM node:24\nFROM python:3.8\n"}

    assert answer(eol_share, files) == Answer(0.5, "Dockerfile", 2)
