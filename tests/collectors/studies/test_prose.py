"""Headings, passages, code, links and addresses of documents."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.studies import prose
from osmm_scan.collectors.studies.placeholders import placeholders


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("#hashtag\n", [], id="no space"),
        pytest.param("```\n# comment\n```", [], id="within code"),
        pytest.param("<!--\n# hidden\n-->", [], id="within a comment"),
        pytest.param("one\ntwo\n---\n", [], id="ruler below a paragraph"),
        pytest.param("- item\n---\n", [], id="ruler below a list"),
        pytest.param("---\ntitle: x\n---\n", [], id="settings"),
        pytest.param("x\n\n## Usage ##\n", [(3, 2, "Usage")], id="markdown"),
        pytest.param("Usage\n=====\n", [(1, 1, "Usage")], id="underlined"),
        pytest.param("=====\nUsage\n=====\n", [(2, 1, "Usage")], id="with a line above"),
        pytest.param("Usage\n~~~~~\n", [(1, 2, "Usage")], id="restructured text"),
        pytest.param("== Usage\n", [(1, 2, "Usage")], id="asciidoc"),
        pytest.param('<h1 align="center">Usage</h1>', [(1, 1, "Usage")], id="html"),
    ],
)
def test_headings(text: str, headings: list[tuple[int, int, str]]) -> None:
    found = prose.read(text).headings

    assert [(block.line, block.level, block.text) for block in found] == headings


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        pytest.param("[![build](a.svg)](b)\n![logo](c.png)", [], id="badges only"),
        pytest.param("<p>\n<img src='x'>\n</p>", [], id="tags only"),
        pytest.param("one\ntwo\n\nthree", [(1, "one two"), (4, "three")], id="paragraphs"),
        pytest.param("- one\n  more\n- two", [(1, "- one more"), (3, "- two")], id="items"),
        pytest.param("a <!-- b\nc --> d", [(1, "a d")], id="comment over two lines"),
        pytest.param("**see** [this](x) `now`", [(1, "see this `now`")], id="markup"),
        pytest.param("- a\n\n    b\n", [(1, "- a"), (3, "b")], id="paragraph of an item"),
    ],
)
def test_passages(text: str, passages: list[tuple[int, str]]) -> None:
    assert [(block.line, block.text) for block in prose.read(text).passages] == passages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("make test", [], id="text"),
        pytest.param("```sh\nmake test\n```\ntext", [(2, "make test")], id="fence"),
        pytest.param("~~~\nmake\n```\n~~~", [(2, "make"), (3, "```")], id="other fence inside"),
        pytest.param("```\nmake", [(2, "make")], id="never closed"),
        pytest.param("Run::\n\n    make\n", [(3, "make")], id="indented"),
        pytest.param("Run `make test` now", [(1, "make test")], id="within a sentence"),
        pytest.param("First\n`make`\nlast", [(2, "make")], id="line of a longer sentence"),
        pytest.param("See `here <x>`_", [], id="link of restructured text"),
    ],
)
def test_code(text: str, code: list[tuple[int, str]]) -> None:
    assert [(block.line, block.text) for block in prose.read(text).code] == code


@pytest.mark.parametrize(
    ("text", "links"),
    [
        pytest.param("see [this]", [], id="brackets alone"),
        pytest.param("![logo](a.png)", [], id="image"),
        pytest.param("[a](b.md)", [("a", "b.md")], id="inline"),
        pytest.param('[a](<b.md> "title")', [("a", "b.md")], id="with a title"),
        pytest.param("[a](b_(c))", [("a", "b_(c)")], id="brackets in the target"),
        pytest.param("[![x](y)](b)", [("", "b")], id="badge"),
        pytest.param("[a][1]\n\n[1]: b", [("a", "b")], id="reference"),
        pytest.param("[a]\n\n[A]: b", [("a", "b")], id="short reference"),
        pytest.param("`a <b>`_", [("a", "b")], id="restructured text"),
        pytest.param("link:b.adoc[a]", [("a", "b.adoc")], id="asciidoc"),
        pytest.param("at https://x.org/y.", [("https://x.org/y",) * 2], id="bare"),
        pytest.param('<a href="b">a</a>', [("b", "b")], id="html"),
    ],
)
def test_links(text: str, links: list[tuple[str, str]]) -> None:
    assert [(link.text, link.target) for link in prose.read(text).links] == links


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param("@ada and a@b", [], id="accounts"),
        pytest.param("git@github.com:acme/widgets", ["git@github.com"], id="clone address"),
        pytest.param("https://user@host.com/x", [], id="within an address of the web"),
        pytest.param("look at example.com", [], id="the word at"),
        pytest.param("mail <a.b@acme.com>.", ["a.b@acme.com"], id="plain"),
        pytest.param("[mail](mailto:a@acme.com)", ["a@acme.com"], id="mail link"),
        pytest.param("a (at) acme (dot) com", ["a@acme.com"], id="spelled"),
        pytest.param("a [at] acme.com", ["a@acme.com"], id="half spelled"),
    ],
)
def test_addresses(text: str, addresses: list[str]) -> None:
    assert [address.text for address in prose.read(text).addresses] == addresses


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    document = prose.read("# A\n## Usage\none\n### Deep\ntwo\n## Other\nthree\n## Usage\nfour")

    found = [block.text for block in document.under(re.compile("Usage"))]

    assert found == ["one", "Deep", "two", "four"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", True, id="empty"),
        pytest.param("# Security Policy\n", True, id="heading only"),
        pytest.param("# Security\n\n<!-- say something -->", True, id="comment only"),
        pytest.param("We take security seriously.", True, id="one sentence that leads nowhere"),
        pytest.param("Report to us at [this form](https://x.org).", False, id="pointer"),
        pytest.param("word " * 15, False, id="enough words"),
    ],
)
def test_hollow_documents(text: str, expected: bool) -> None:
    assert prose.is_hollow(prose.read(text)) is expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("See [the project board](x) and [email][1].\n\n[1]: x", id="links"),
        pytest.param("`git clone <your email>`", id="code"),
        pytest.param("Look for TODO comments", id="mention"),
        pytest.param("TODO Group", id="a name"),
        pytest.param("GET /repos/{owner}/{repo}/x", id="parts of an address"),
        pytest.param("> [!NOTE]\n> text", id="note"),
        pytest.param("Signed-off-by: Your Name <you@example.com>", id="how to sign off"),
        pytest.param("${{ secrets.NAME }}", id="expression of a workflow"),
    ],
)
def test_texts_without_placeholders(text: str) -> None:
    assert list(placeholders(prose.read(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write to [INSERT CONTACT METHOD].", id="stock conduct text"),
        pytest.param("# Contributing to {project name}", id="braces"),
        pytest.param("Welcome to {{ cookiecutter.name }}", id="generator"),
        pytest.param("Welcome to {{project_name}}", id="double braces"),
        pytest.param("Mail [your email address].", id="square brackets"),
        pytest.param("Mail [PROJECT EMAIL].", id="capitals"),
        pytest.param("Mail <your email>.", id="angle brackets"),
        pytest.param("- TODO: write this", id="to do"),
        pytest.param("Lorem ipsum dolor sit amet", id="filler"),
        pytest.param("Use this section to tell people about versions", id="stock security text"),
    ],
)
def test_placeholders(text: str) -> None:
    assert [block.line for block in placeholders(prose.read(text))] == [1]


@given(st.text("#=-`~<>!()[]|:_*. \n\tab@", max_size=200))
def test_any_text_is_read(text: str) -> None:
    last = len(text.splitlines()) or 1

    assert all(1 <= block.line <= last for block in prose.read(text).blocks)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("[a](", id="links"),
        pytest.param("[" * 9, id="brackets"),
        pytest.param("`" * 9 + "a", id="code"),
        pytest.param("<a ", id="tags"),
        pytest.param("<!-- ", id="comments"),
        pytest.param("a.", id="addresses"),
        pytest.param("a@b.", id="address parts"),
        pytest.param("> " * 5, id="quotes"),
        pytest.param("{{ project ", id="braces"),
        pytest.param("- " * 5, id="items"),
    ],
)
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        list(placeholders(prose.read(piece * times)))
        return time.process_time() - began

    assert seconds(80_000) < 20 * seconds(8_000) + 0.5
