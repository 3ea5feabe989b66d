"""Commits as they are recorded, whatever is in them."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.commit_parser import MESSAGE_LIMIT, CommitParser, seconds
from osmm_scan.sources.repository import Commit, Person
from tests.sources.clones import Clone, Make

ADA = Person("Ada Lovelace", "ada@example.org")
GRACE = Person("Grace Hopper", "grace@example.org")
_ADA = b"Ada <ada@example.org> 1700000000 +0000"


def _commits(clone: Clone) -> list[Commit]:
    with open_checkout(clone.path) as checkout:
        return list(checkout.commits())


def _with_commit(clone: Clone, header: bytes, message: bytes = b"Odd\n") -> Commit:
    """Put a commit made of these header lines on top and return how it is read."""
    tree = clone.git("rev-parse", "HEAD^{tree}").encode()
    content = b"tree " + tree + b"\n" + header + b"\n\n" + message
    (clone.directory / "HEAD").write_text(clone.store("commit", content) + "\n")
    return _commits(clone)[0]


def _signed_by(author: bytes) -> bytes:
    return b"author " + author + b"\ncommitter " + _ADA


def test_a_commit_tells_who_when_and_what(make: Make) -> None:
    clone = make(files={"a": "1"})
    oid = clone.commit({"a": "2"}, "Add a\n\nBecause.\n\n    indented\n\nSigned-off-by: Ada <a@b>")

    assert _commits(clone)[0] == Commit(
        oid=oid,
        author=ADA,
        committer=GRACE,
        authored=1_700_000_000,
        committed=1_700_000_100,
        parents=1,
        signed=False,
        message="Add a\n\nBecause.\n\n    indented\n\nSigned-off-by: Ada <a@b>",
    )


def test_history_is_newest_first_with_the_parents_of_merges(make: Make) -> None:
    clone = make(files={"a": "1"})
    clone.git("checkout", "--quiet", "-b", "topic")
    clone.git("commit", "-q", "--allow-empty", "-m", "side", GIT_COMMITTER_DATE="1700000200 +0000")
    clone.git("checkout", "--quiet", "main")
    clone.git("commit", "-q", "--allow-empty", "-m", "line", GIT_COMMITTER_DATE="1700000300 +0000")
    clone.git("merge", "-q", "-m", "join", "topic", GIT_COMMITTER_DATE="1700000400 +0000")

    found = [(commit.message, commit.parents) for commit in _commits(clone)]

    assert found == [("join", 2), ("line", 1), ("side", 1), ("Change something", 0)]


def test_only_what_head_reaches_is_history(make: Make) -> None:
    clone = make(files={"a": "1"})
    clone.git("checkout", "--quiet", "-b", "topic")
    clone.commit({"a": "2"})
    clone.git("checkout", "--quiet", "main")

    assert len(_commits(clone)) == 1


@pytest.mark.parametrize(
    ("header", "signed"),
    [
        pytest.param(b"", False, id="nothing"),
        pytest.param(b"\nencoding gpgsig", False, id="in another header"),
        pytest.param(b"\nmergetag object x\n gpgsig y", False, id="inside of a merged tag"),
        pytest.param(b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n x", True, id="OpenPGP"),
        pytest.param(b"\ngpgsig -----BEGIN SSH SIGNATURE-----\n x", True, id="SSH"),
        pytest.param(b"\ngpgsig-sha256 x", True, id="sha256"),
        pytest.param(b"\nencoding UTF-8\ngpgsig x\n \n y", True, id="after another header"),
    ],
)
def test_a_signature_is_a_header_of_the_commit(make: Make, header: bytes, signed: bool) -> None:
    commit = _with_commit(make(files={}), _signed_by(_ADA) + header, b"Odd\n\ngpgsig in the text\n")

    assert commit.signed is signed
    assert commit.message == "Odd\n\ngpgsig in the text"


@pytest.mark.parametrize(
    ("author", "person"),
    [
        pytest.param(
            b"Ada <ada@example.org> 1 +0000", Person("Ada", "ada@example.org"), id="usual"
        ),
        pytest.param(b"<ada@example.org> 1 +0000", Person("", "ada@example.org"), id="no name"),
        pytest.param(b"Ada <> 1 +0000", Person("Ada", ""), id="no address"),
        pytest.param(b"Ada 1 +0000", Person("", ""), id="no brackets"),
        pytest.param(b"Ada <a <b> c> 1 +0000", Person("Ada", "a <b"), id="nested brackets"),
        pytest.param(b"Ada <a> <b> 1 +0000", Person("Ada", "a"), id="two addresses"),
        pytest.param(b"  Ada  < a@b > 1 +0000", Person("Ada", "a@b"), id="blanks"),
        pytest.param(b"J\xc3\xbcrgen <j> 1 +0000", Person("Jürgen", "j"), id="UTF-8"),
        pytest.param(
            b"J\xfcrgen <j> 1 +0000", Person("Jürgen", "j"), id="neither stated nor UTF-8"
        ),
        pytest.param(b"\xed\xa0\x80 <j> 1 +0000", Person("í\xa0€", "j"), id="lone surrogate"),
        pytest.param(b"A" * 30_000 + b" <a> 1 +0000", Person("A" * 1024, "a"), id="30 kB"),
    ],
)
def test_identities_of_any_kind_are_read(make: Make, author: bytes, person: Person) -> None:
    commit = _with_commit(make(files={}), _signed_by(author))

    assert commit.author == person
    assert json.dumps(commit.author.name, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("header", "people", "authored"),
    [
        pytest.param(b"encoding UTF-8", ("", ""), None, id="without both"),
        pytest.param(b"committer " + _ADA, ("", "Ada"), None, id="without author"),
        pytest.param(b"author " + _ADA, ("Ada", ""), 1_700_000_000, id="without committer"),
        pytest.param(
            b"committer " + _ADA + b"\nauthor " + _ADA,
            ("Ada", "Ada"),
            1_700_000_000,
            id="other order",
        ),
        pytest.param(
            b"author " + _ADA + b"\nx <y> z\ncommitter " + _ADA,
            ("Ada", "Ada"),
            1_700_000_000,
            id="one in between",
        ),
    ],
)
def test_headers_of_any_kind_are_read(
    make: Make, header: bytes, people: tuple[str, str], authored: int | None
) -> None:
    clone = make(files={"a": "a"})

    commit = _with_commit(clone, header)

    assert (commit.author.name, commit.committer.name) == people
    assert commit.authored == authored
    assert commit.oid == (clone.directory / "HEAD").read_text().strip()
    assert commit.message == "Odd"


@pytest.mark.parametrize(
    ("date", "when"),
    [
        pytest.param(b"", None, id="empty"),
        pytest.param(b"-1 +0000", None, id="before 1970"),
        pytest.param(b"yesterday", None, id="a word"),
        pytest.param(b"1e9 +0000", None, id="a float"),
        pytest.param(b"9223372036854775808 +0000", None, id="more than 63 bits"),
        pytest.param(b"253402300800 +0000", None, id="the year 10000"),
        pytest.param("٣".encode(), None, id="digits of another script"),
        pytest.param(b"0 +0000", 0, id="1970"),
        pytest.param(b"4102444800 +0000", 4_102_444_800, id="2100"),
        pytest.param(b"253402300799 +0000", 253_402_300_799, id="the end of 9999"),
        pytest.param(b"1700000000 +9999", 1_700_000_000, id="odd time zone"),
        pytest.param(b"1700000000", 1_700_000_000, id="no time zone"),
    ],
)
def test_a_date_that_is_none_is_unknown(date: bytes, when: int | None) -> None:
    assert seconds(date) == when


@pytest.mark.parametrize(
    ("encoding", "content", "text"),
    [
        pytest.param(b"ISO-8859-1", b"caf\xe9", "café", id="Latin-1"),
        pytest.param(b"windows-1251", b"\xc4\xe0", "Да", id="Cyrillic"),
        pytest.param(b"ISO-2022-JP", b'\x1b$B$"\x1b(B', "あ", id="seven bits"),
        pytest.param(b"Shift_JIS", b"\x82\xa0", "あ", id="Japanese"),
        pytest.param(b"UTF-8", b"caf\xc3\xa9", "café", id="stated UTF-8"),
        pytest.param(b"UTF-8", b"caf\xe9", "café", id="not what it states"),
        pytest.param(b"zlib_codec", b"caf\xc3\xa9", "café", id="codec that is no encoding"),
        pytest.param(b"idna", b"caf\xc3\xa9", "café", id="slow codec"),
        pytest.param(b"\xff", b"caf\xc3\xa9", "café", id="not even ASCII"),
    ],
)
def test_stated_encodings_are_used_where_they_are_safe(
    make: Make, encoding: bytes, content: bytes, text: str
) -> None:
    header = _signed_by(content + b" <a@b> 1 +0000") + b"\nencoding " + encoding

    commit = _with_commit(make(files={}), header, content + b"\n")

    assert (commit.author.name, commit.message) == (text, text)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"\n\nLate\n", "Late", id="blank lines first"),
        pytest.param(b"Cut\0off\n", "Cut", id="git ends messages at NUL"),
        pytest.param(
            b"commit " + b"1" * 40 + b"\ntree x\n", f"commit {'1' * 40}\ntree x", id="fake"
        ),
        pytest.param(b"One\r\ntwo\r\n", "One\ntwo", id="carriage returns"),
    ],
)
def test_messages_of_any_kind_are_read(make: Make, message: bytes, text: str) -> None:
    assert _with_commit(make(files={}), _signed_by(_ADA), message).message == text


def test_a_huge_message_is_cut_between_lines(make: Make) -> None:
    line = "é" * 50 + "\n"

    clone = make(files={})
    commit = _with_commit(clone, _signed_by(_ADA), (line * 50_000).encode())

    assert commit.message == line.strip() + ("\n" + line.strip()) * (MESSAGE_LIMIT // 101 - 1)
    assert len(_commits(clone)) == 1


@given(st.binary(max_size=300))
def test_any_record_is_parsed(record: bytes) -> None:
    commit = CommitParser().parse(b"commit " + b"1" * 40 + b"\n" + record)

    assert commit.oid == "1" * 40
    assert json.dumps([commit.message, commit.author.name], ensure_ascii=False).encode()


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_any_pair_of_identities_is_parsed(author: bytes, committer: bytes) -> None:
    CommitParser().parse(b"commit 1\ntree 2\nauthor " + author + b"\ncommitter " + committer)


@pytest.mark.slow
def test_memory_does_not_grow_with_history(make: Make) -> None:
    clone = make()
    clone.git("fast-import", "--quiet", stdin=_stream_of(20_000))

    with open_checkout(clone.path) as checkout:
        tracemalloc.start()
        count = sum(1 for _ in checkout.commits())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert count == 20_000
    assert peak < 4_000_000


def _stream_of(count: int) -> bytes:
    person = "committer Ada <ada@example.org>"
    message = "x" * 1000
    return "".join(
        f"commit refs/heads/main\n{person} {1_600_000_000 + number} +0000\n"
        f"data {len(message)}\n{message}\n"
        for number in range(count)
    ).encode()
