"""Nothing that a clone's git files configure is run, waited for, or read from outside."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources.clones import Clone, Make, everything, seconds

Prepare = Callable[[Clone, Path], None]


def _config(*lines: str) -> Prepare:
    """Return what appends lines to .git/config; CANARY stands for the program to be run."""

    def prepare(clone: Clone, program: Path) -> None:
        with (clone.directory / "config").open("a") as config:
            config.writelines(line.replace("CANARY", str(program)) + "\n" for line in lines)

    return prepare


def _attributes(line: str, *config: str) -> Prepare:
    def prepare(clone: Clone, program: Path) -> None:
        clone.commit({".gitattributes": line})
        _config(*config)(clone, program)

    return prepare


def _hooks(clone: Clone, program: Path) -> None:
    for name in ("post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction"):
        (clone.directory / "hooks").mkdir(exist_ok=True)
        (clone.directory / "hooks" / name).symlink_to(program)


def _included(clone: Clone, program: Path) -> None:
    (clone.directory / "more").write_text(f"[core]\n\tfsmonitor = {program}\n")
    _config("[include]", "\tpath = more")(clone, program)


def _worktree_config(clone: Clone, program: Path) -> None:
    (clone.directory / "config.worktree").write_text(f"[core]\n\tfsmonitor = {program}\n")
    _config("[extensions]", "\tworktreeConfig = true", "[core]", "\trepositoryFormatVersion = 1")(
        clone, program
    )


def _submodule(clone: Clone, program: Path) -> None:
    inner = Clone(clone.path / "inner")
    clone.git("init", "--quiet", "inner")
    inner.commit({"a": "a"})
    clone.write({".gitmodules": '[submodule "inner"]\n\tpath = inner\n\turl = ./inner\n'})
    clone.git("add", "inner", ".gitmodules")
    clone.git("commit", "--quiet", "--message", "Add a submodule")
    _config("[core]", "\tfsmonitor = CANARY")(inner, program)


def _lazy_fetch(clone: Clone, program: Path) -> None:
    blob = clone.git("rev-parse", "HEAD:README.md")
    clone.loose(blob).unlink()
    _config(
        "[core]",
        "\trepositoryFormatVersion = 1",
        "[extensions]",
        "\tpartialClone = origin",
        '[remote "origin"]',
        "\turl = ssh://example.org/a/b",
        "\tpromisor = true",
        "[core]",
        "\tsshCommand = CANARY",
    )(clone, program)


_NO_PARENTS = b"\x70\0\0\0" * 2
_RECORD_SIZES = {b"CDAT": 36, b"OOFF": 8}
_RUNS = [
    pytest.param(_config("[core]", "\tfsmonitor = CANARY"), ["status"], id="fsmonitor"),
    pytest.param(_hooks, ["status"], id="hooks"),
    pytest.param(_included, ["status"], id="include"),
    pytest.param(_worktree_config, ["status"], id="config.worktree"),
    pytest.param(_submodule, ["status"], id="the configuration of a submodule"),
    pytest.param(_lazy_fetch, ["cat-file", "-p", "HEAD:README.md"], id="fetch of a partial clone"),
    pytest.param(
        _attributes("* filter=x", '[filter "x"]', "\tclean = CANARY", "\tsmudge = CANARY"),
        ["archive", "--output=archive.tar", "HEAD"],
        id="filter",
    ),
    pytest.param(
        _attributes("* diff=x", '[diff "x"]', "\ttextconv = CANARY"),
        ["log", "-p"],
        id="textconv",
    ),
    pytest.param(
        _attributes("* diff=x", '[diff "x"]', "\tcommand = CANARY"),
        ["diff", "HEAD~1", "HEAD"],
        id="diff driver",
    ),
    pytest.param(
        _config("[diff]", "\texternal = CANARY"), ["diff", "HEAD~1", "HEAD"], id="external diff"
    ),
    pytest.param(
        _config("[gpg]", "\tprogram = CANARY", "[log]", "\tshowSignature = true"),
        ["log"],
        id="signature check",
    ),
]
_RUNS_IN_SOME_VERSIONS = [
    pytest.param(
        _config('[hook "x"]', "\tevent = post-index-change", "\tcommand = CANARY"), id="named hook"
    ),
    pytest.param(_config("[core]", "\tpager = CANARY", "[pager]", "\tlog = CANARY"), id="pager"),
    pytest.param(_config("[credential]", "\thelper = !CANARY"), id="credential helper"),
    pytest.param(_config("[alias]", "\tlog = !CANARY", "\tls-tree = !CANARY"), id="alias"),
]


@pytest.fixture
def clone(make: Make) -> Clone:
    """Return a repository with a signed commit on top of another one."""
    clone = make(files={"README.md": "one"})
    tree = clone.git("rev-parse", "HEAD^{tree}")
    person = "Ada <ada@example.org> 1700000000 +0000"
    signed = clone.store(
        "commit",
        f"tree {tree}\nparent {clone.git('rev-parse', 'HEAD')}\nauthor {person}\n"
        f"committer {person}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n"
        " -----END PGP SIGNATURE-----\n\nSign something\n".encode(),
    )
    clone.git("update-ref", "HEAD", signed)
    clone.commit({"README.md": "two"})
    return clone


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """Return the file whose existence tells that a program was run."""
    return tmp_path / "canary"


@pytest.fixture
def program(tmp_path: Path, canary: Path) -> Path:
    """Return a program that leaves the canary."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {canary}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(("prepare", "control"), _RUNS)
def test_no_command_of_the_configuration_is_run(
    clone: Clone, canary: Path, program: Path, prepare: Prepare, control: list[str]
) -> None:
    prepare(clone, program)
    with seconds(20):
        clone.git(*control, check=False)
    assert canary.exists(), "the row is no threat: git itself did not run the program"
    canary.unlink()

    found = everything(clone.path)

    assert not canary.exists()
    assert "README.md" in found


@pytest.mark.parametrize("prepare", _RUNS_IN_SOME_VERSIONS)
def test_no_command_that_other_versions_run_is_run(
    clone: Clone, canary: Path, program: Path, prepare: Prepare
) -> None:
    prepare(clone, program)

    found = everything(clone.path)

    assert not canary.exists()
    assert "README.md" in found


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["[include]", "\tpath = fifo"], id="include"),
        pytest.param(["[core]", "\texcludesFile = .git/fifo"], id="excludesFile"),
        pytest.param(["[core]", "\tattributesFile = .git/fifo"], id="attributesFile"),
        pytest.param(["[mailmap]", "\tfile = .git/fifo"], id="mailmap"),
        pytest.param(['[fetch "fsck"]', "\tskipList = .git/fifo"], id="skipList"),
    ],
)
def test_no_file_of_the_configuration_is_waited_for(clone: Clone, lines: list[str]) -> None:
    os.mkfifo(clone.directory / "fifo")
    _config(*lines)(clone, Path("unused"))

    assert "README.md" in everything(clone.path)


@pytest.mark.parametrize(
    "config",
    [
        pytest.param("[core", id="unparsable"),
        pytest.param("\0\xff\n", id="binary"),
        pytest.param("[extensions]\n\tunheardOf = 1\n", id="unknown extension"),
        pytest.param("[core]\n\trepositoryFormatVersion = 999\n", id="future format version"),
        pytest.param("[core]\n\tworktree = /\n\tbare = maybe\n", id="work tree elsewhere"),
    ],
)
def test_a_configuration_that_git_rejects_does_not_matter(clone: Clone, config: str) -> None:
    (clone.directory / "config").write_text(config)

    assert "README.md" in everything(clone.path)


def test_replacements_and_grafts_do_not_change_history(clone: Clone) -> None:
    head, first = clone.git("rev-parse", "HEAD"), clone.git("rev-parse", "HEAD~2")
    clone.git("replace", "--graft", head)
    (clone.directory / "info").mkdir(exist_ok=True)
    (clone.directory / "info" / "grafts").write_text(f"{head}\n")
    assert clone.git("rev-list", "--count", "HEAD") == "1"

    found = everything(clone.path)

    assert first in found


def test_a_lying_commit_graph_is_not_believed(clone: Clone) -> None:
    clone.git("commit-graph", "write", "--reachable")
    graph = clone.directory / "objects" / "info" / "commit-graph"
    first = clone.git("rev-parse", "HEAD~2")
    _overwrite(graph, b"CDAT", 8, lambda commit: commit[:20] + _NO_PARENTS + commit[28:])
    assert clone.git("rev-list", "--count", "HEAD") == "1"

    assert first in everything(clone.path)


def test_a_lying_multi_pack_index_is_not_believed(clone: Clone) -> None:
    clone.git("repack", "-a", "-d", "-q")
    clone.git("multi-pack-index", "write")
    index = clone.directory / "objects" / "pack" / "multi-pack-index"
    _overwrite(index, b"OOFF", 12, lambda place: place[:4] + b"\0\0\0\1" + place[8:])
    assert clone.git("cat-file", "-p", "HEAD:README.md", check=False) == ""

    assert "b'two'" in everything(clone.path)


def _overwrite(place: Path, chunk: bytes, header: int, change: Callable[[bytes], bytes]) -> None:
    """Change the records of a chunk in a file with a table of chunks: id and place of each."""
    content = place.read_bytes()
    table = content.index(chunk, header)
    start, end = (int.from_bytes(content[at : at + 8], "big") for at in (table + 4, table + 16))
    size = _RECORD_SIZES[chunk]
    records = [content[at : at + size] for at in range(start, end, size)]
    place.chmod(0o600)
    place.write_bytes(content[:start] + b"".join(map(change, records)) + content[end:])
