"""Landscape files come from paths or by https, bounded, without a token, and never offline."""

from __future__ import annotations

from pathlib import Path

import pytest
import responses

from osmm_scan.cli.configuration.landscapes import read_landscapes
from osmm_scan.errors import ExitCode, ScanError, SourceError, UsageError
from osmm_scan.sources.github import download

ADDRESS = "https://raw.example.org/landscape/main/landscape.yml"
CONTENT = b"landscape: [{name: LF Members, subcategories: [{items: [{name: Acme}]}]}]"


def test_files_are_read_without_the_network(tmp_path: Path) -> None:
    path = tmp_path / "landscape.yml"
    path.write_bytes(CONTENT)

    (landscape,) = read_landscapes([str(path)], offline=True)

    assert [one.foundation for one in landscape.members] == ["lf"]


@responses.activate
def test_addresses_are_fetched_without_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GH_TOKEN", "ghp_" + "x" * 36)
    responses.get(f"{ADDRESS}?ref=v1", body=CONTENT, content_type="text/plain")

    (landscape,) = read_landscapes([f"{ADDRESS}?ref=v1"], offline=False)

    assert [one.name for one in landscape.members] == ["acme"]
    assert "Authorization" not in responses.calls[0].request.headers


@responses.activate
def test_nothing_is_fetched_offline() -> None:
    with pytest.raises(UsageError, match="--offline"):
        read_landscapes([ADDRESS], offline=True)

    assert len(responses.calls) == 0


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://raw.example.org/landscape.yml", id="not encrypted"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("https://", id="no server"),
        pytest.param("https://raw.example.org", id="no file"),
        pytest.param("https://raw.example.org:x/a.yml", id="no port"),
        pytest.param("https://me:secret@raw.example.org/a.yml", id="a password"),
    ],
)
@responses.activate
def test_other_addresses_are_not_asked(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_landscapes([address], offline=False)

    assert "secret" not in str(caught.value)
    assert len(responses.calls) == 0


@responses.activate
def test_a_file_that_cannot_be_had_ends_the_scan() -> None:
    responses.get(ADDRESS, status=404)

    with pytest.raises(SourceError, match="answered 404") as caught:
        read_landscapes([ADDRESS], offline=False)

    assert caught.value.exit_code == ExitCode.UNDECIDED


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        pytest.param(302, {"Location": "https://other.example/a.yml"}, b"", id="another server"),
        pytest.param(200, {}, b"<html>", id="a page"),
        pytest.param(200, {}, b"landscape: [" + b" " * 200, id="too large"),
    ],
)
@responses.activate
def test_what_is_no_such_file_is_an_error(
    status: int, headers: dict[str, str], body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osmm_scan.sources.landscapes.SIZE_LIMIT", 100)
    responses.get(ADDRESS, status=status, headers=headers, body=body)

    with pytest.raises(ScanError):
        read_landscapes([ADDRESS], offline=False)


@responses.activate
def test_no_more_is_read_than_allowed() -> None:
    responses.get(ADDRESS, body=b"x" * 101)

    with pytest.raises(SourceError, match="larger than 100 bytes"):
        download.download(ADDRESS, limit=100)
