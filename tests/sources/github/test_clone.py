"""A repository is fetched without its past files, without a trace of the token, within limits."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.github import clone as subject
from osmm_scan.sources.github.clone import Allowance, fetched
from osmm_scan.sources.github.hosts import Host, host_of
from osmm_scan.sources.github.origins import Origin, origin
from tests.sources.clones import Clone
from tests.sources.git_server import GitServer, serving
from tests.sources.github.conftest import TOKEN


def _host(server: GitServer) -> Host:
    return host_of(server.address, "test")


def _origin(server: GitServer, original: Clone, **changes: str | None) -> Origin:
    known = {"branch": "main", "commit": original.git("rev-parse", "main")} | changes
    return origin(_host(server), "acme/widgets", branch=known["branch"], commit=known["commit"])


def test_past_files_and_other_branches_stay_behind(server: GitServer, original: Clone) -> None:
    past = original.git("rev-parse", "main~1:old.txt")
    elsewhere = original.git("rev-parse", "topic")

    with fetched(_origin(server, original), TOKEN) as fetch:
        held = Clone(fetch.path).git(
            "cat-file", "--batch-all-objects", "--batch-check", GIT_DIR=str(fetch.path)
        )

    assert past not in held
    assert elsewhere not in held


def test_nothing_is_left_behind(server: GitServer, original: Clone) -> None:
    with fetched(_origin(server, original), TOKEN) as fetch:
        parent = fetch.path.parent

    assert not parent.exists()


def test_a_repository_without_commits_is_empty(server: GitServer, original: Clone) -> None:
    with (
        fetched(_origin(server, original, commit=None, branch=None), TOKEN) as fetch,
        open_checkout(fetch.path) as read,
    ):
        assert read.commit is None
        assert server.headers_seen == []


def test_a_server_without_filters_sends_everything(original: Clone, tmp_path: Path) -> None:
    bare = original.clone(tmp_path / "acme" / "widgets.git", "--bare")
    bare.git("config", "uploadpackfilter.tree.allow", "false")

    with (
        serving(tmp_path) as server,
        fetched(_origin(server, original), None) as fetch,
        open_checkout(fetch.path) as read,
    ):
        assert read.text("README.md") == "two"


@pytest.mark.parametrize(
    ("token", "slug", "missing"),
    [
        pytest.param("ghp_wrong", "acme/widgets", Missing.NO_ACCESS, id="token without access"),
        pytest.param(None, "acme/widgets", Missing.NO_ACCESS, id="no token"),
        pytest.param(TOKEN, "acme/absent", Missing.NO_ACCESS, id="no such repository"),
    ],
)
def test_what_the_server_refuses_is_unobserved(
    server: GitServer, original: Clone, token: str | None, slug: str, missing: Missing
) -> None:
    source = origin(_host(server), slug, branch="main", commit=original.git("rev-parse", "main"))

    with pytest.raises(Unobserved) as caught, fetched(source, token):
        pass

    assert caught.value.missing is missing


def test_a_commit_that_is_gone_is_a_fault(server: GitServer, original: Clone) -> None:
    with (
        pytest.raises(Unobserved) as caught,
        fetched(_origin(server, original, commit="d" * 40), TOKEN),
    ):
        pass

    assert caught.value.missing is Missing.FAULT


@pytest.mark.parametrize(
    "allowance",
    [
        pytest.param(Allowance(seconds=0), id="time"),
        pytest.param(Allowance(bytes=0), id="room"),
    ],
)
def test_a_repository_beyond_the_allowance_is_given_up(
    server: GitServer, original: Clone, allowance: Allowance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "_POLL_SECONDS", 0.001)

    with (
        pytest.raises(Unobserved) as caught,
        fetched(_origin(server, original), TOKEN, allowance=allowance),
    ):
        pass

    assert caught.value.missing is Missing.TRUNCATED


def test_the_token_is_in_no_file_and_no_argument(
    server: GitServer, original: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments: list[str] = []
    start = subprocess.Popen.__init__

    def watch(
        self: subprocess.Popen[bytes], args: list[str], *rest: object, **named: object
    ) -> None:
        arguments.extend(map(str, args))
        start(self, args, *rest, **named)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(subprocess.Popen, "__init__", watch)

    with fetched(_origin(server, original), TOKEN) as fetch:
        files = [one.read_bytes() for one in fetch.path.parent.rglob("*") if one.is_file()]

    forms = (TOKEN, base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode())
    assert arguments
    assert files
    assert [form for form in forms if form in " ".join(arguments)] == []
    assert [form for form in forms if any(form.encode() in one for one in files)] == []


def test_another_host_that_is_redirected_to_gets_nothing(
    server: GitServer, original: Clone, tmp_path: Path
) -> None:
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Redirect(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{server.address}{self.path}")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Redirect) as elsewhere:
        thread = Thread(target=elsewhere.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        host = host_of(f"http://127.0.0.1:{elsewhere.server_port}", "test")
        commit = original.git("rev-parse", "main")
        try:
            with (
                pytest.raises(Unobserved),
                fetched(origin(host, "acme/widgets", branch="main", commit=commit), TOKEN),
            ):
                pass
        finally:
            elsewhere.shutdown()
            thread.join()

    assert server.headers_seen == []


@pytest.mark.parametrize("faults", [[503], [429, 503]])
def test_what_passes_is_tried_again(
    server: GitServer, original: Clone, monkeypatch: pytest.MonkeyPatch, faults: list[int]
) -> None:
    monkeypatch.setattr(subject, "PAUSES", (0.0, 0.0))
    server.faults = faults

    with fetched(_origin(server, original), TOKEN) as fetch, open_checkout(fetch.path) as read:
        assert read.text("README.md") == "two"


@pytest.mark.parametrize(
    ("status", "asked", "missing"),
    [
        pytest.param(503, 3, Missing.FAULT, id="failed"),
        pytest.param(429, 3, Missing.NOT_COLLECTED, id="asked to wait"),
        pytest.param(451, 1, Missing.NO_ACCESS, id="blocked"),
    ],
)
def test_what_does_not_pass_is_given_up(
    server: GitServer,
    original: Clone,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    asked: int,
    missing: Missing,
) -> None:
    monkeypatch.setattr(subject, "PAUSES", (0.0, 0.0))
    server.faults = [status] * 99

    with pytest.raises(Unobserved) as caught, fetched(_origin(server, original), TOKEN):
        pass

    assert (caught.value.missing, len(server.headers_seen)) == (missing, asked)
