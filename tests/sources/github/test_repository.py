"""A repository that is fetched in parts reads like a whole clone of it."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import collect
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.github.hosts import host_of
from osmm_scan.sources.github.origins import Origin, origin
from osmm_scan.sources.github.repository import open_remote
from osmm_scan.sources.repository import Remote
from tests.fakes import AS_OF
from tests.sources.clones import Clone
from tests.sources.git_server import GitServer
from tests.sources.github.conftest import TOKEN

UNREAD = Unobserved(Missing.NOT_COLLECTED, "not looked at")


def _origin(server: GitServer, original: Clone) -> Origin:
    commit = original.git("rev-parse", "main")
    return origin(host_of(server.address, "test"), "acme/widgets", branch="main", commit=commit)


def test_everything_committed_reads_like_a_clone(server: GitServer, original: Clone) -> None:
    with (
        open_remote(_origin(server, original), TOKEN, inherited=None) as remote,
        open_checkout(original.path) as local,
    ):
        assert (remote.name, remote.remote) == (
            "acme/widgets",
            Remote("localhost", "acme", "widgets"),
        )
        assert (remote.branch, remote.commit) == (local.branch, local.commit)
        assert remote.entries() == local.entries()
        assert remote.folder("src") == local.folder("src")
        assert {name: remote.read(name) for name in remote.entries()} == {
            name: local.read(name) for name in local.entries()
        }
        assert list(remote.commits()) == list(local.commits())
        assert remote.tags() == local.tags()


def test_changes_of_files_read_like_a_clone(server: GitServer, original: Clone) -> None:
    with (
        open_remote(_origin(server, original), TOKEN, inherited=None) as remote,
        open_checkout(original.path) as local,
    ):
        asked = {"README.md", "old.txt"}
        changes = list(remote.changes(asked, since=0))

        assert len(changes) == 4
        assert changes == list(local.changes(asked, since=0))


def test_earlier_files_read_like_a_clone(server: GitServer, original: Clone) -> None:
    original.git(
        *("commit", "-q", "--allow-empty", "-m", "Later"),
        GIT_COMMITTER_DATE="1800000000 +0000",
    )
    original.git("push", "-q", server.root / "acme" / "widgets.git", "main")
    with open_remote(_origin(server, original), TOKEN, inherited=None) as remote:
        then = remote.earlier(1_750_000_000)

        assert then is not None
        assert then.text("README.md") == "two"
        assert remote.earlier(0) is None


def test_collectors_say_the_same_of_a_clone(server: GitServer, original: Clone) -> None:
    original.git("remote", "add", "origin", "https://localhost/acme/widgets")
    with (
        open_remote(_origin(server, original), TOKEN, inherited=UNREAD) as remote,
        open_checkout(original.path, inherited=UNREAD, hosts=("localhost",)) as local,
    ):
        fetched = collect(Observer(repository=remote, as_of=AS_OF))

        assert fetched == collect(Observer(repository=local, as_of=AS_OF))


def test_what_is_not_fetched_is_unobserved(server: GitServer, original: Clone) -> None:
    with (
        pytest.raises(Unobserved),
        open_remote(_origin(server, original), None, inherited=None),
    ):
        pass
