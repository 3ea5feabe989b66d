"""Text inside Markdown reads as it was written."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from osmm_scan.report.markdown import code, escape, html, link, strong

BREAK = "&#8203;"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(
            "2026-06-30 at 10:00, std::move", "2026-06-30 at 10:00, std::move", id="plain"
        ),
        pytest.param("a|b", "a\\|b", id="end of a cell"),
        pytest.param("<b> & $x$", "&lt;b&gt; &amp; &#36;x&#36;", id="html and formulas"),
        pytest.param("- item", "\\- item", id="start of a list"),
        pytest.param("12. item", "12\\. item", id="start of a numbered list"),
        pytest.param("# title", "\\# title", id="start of a heading"),
        pytest.param("---", "\\---", id="a line"),
        pytest.param("@octocat", f"@{BREAK}octocat", id="a mention"),
        pytest.param("see #12 or GH-12", f"see #{BREAK}12 or GH-{BREAK}12", id="an issue"),
        pytest.param("https://x", f"https:{BREAK}//x", id="an address"),
        pytest.param("www.x.org", f"www{BREAK}.x.org", id="an address without scheme"),
        pytest.param(":bomb:", f":{BREAK}bomb:", id="a picture by name"),
    ],
)
def test_text_is_escaped(text, shown):
    assert escape(text) == shown


@pytest.mark.parametrize("text", ["*a* _b_ `c` [d](e) ~f~ {g} \\h !i", "<!-- x -->", "- a", "1) b"])
def test_escaped_text_renders_as_it_was(text):
    rendered = MarkdownIt().renderInline(str(escape(text)))

    assert rendered == text.replace("<", "&lt;").replace(">", "&gt;")


def test_what_is_markdown_already_stays():
    assert escape(code("a*b")) == "`a*b`"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("a_b@c", "`a_b@c`", id="plain"),
        pytest.param("a`b``c", "```a`b``c```", id="backticks inside"),
        pytest.param("`a`", "`` `a` ``", id="backticks at the ends"),
        pytest.param("a|b", "`a\\|b`", id="end of a cell"),
        pytest.param("a\nb", "`a b`", id="line end"),
    ],
)
def test_code_is_fenced(text, shown):
    assert code(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(" \n", "", id="blank"),
        pytest.param("a*b", "**a\\*b**", id="escaped inside"),
    ],
)
def test_strong_text_is_bold_unless_blank(text, shown):
    assert strong(text) == shown


def test_html_inside_markdown_has_entities_only():
    assert html("*a* <b> @c") == f"*a* &lt;b&gt; @{BREAK}c"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param(None, "`a.py:3`", id="no permalink"),
        pytest.param("https://x.org/a?b=1&c", "[`a.py:3`](https://x.org/a?b=1&amp;c)", id="link"),
    ],
)
def test_only_permalinks_are_linked(address, shown):
    assert link("a.py:3", address) == shown
