"""Users' own templates: what they see, how it is escaped, and what they cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.report import Options
from osmm_scan.report import own_templates as own
from osmm_scan.report.document import document
from tests.report import sample
from tests.report.hostile import CORPUS, poisoned
from tests.report.page import Page

EXAMPLE = Path(__file__).parents[2] / "examples/templates/team.md.jinja"
OPTIONS = Options(flags=sample.FLAGS)
ESTATE = document(sample.organisation(), OPTIONS)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        pytest.param("plain", "plain", id="nothing to fill"),
        pytest.param("{{ report.target.name }}\n", "meridian-bank\n", id="a name"),
        pytest.param("{{ report.items | length }}", "72", id="a key called like a method"),
        pytest.param("{{ report.verdict.items() | length }}", "9", id="a method of a mapping"),
        pytest.param("{{ 0.001 | percent }}, {{ none | percent }}", "<1%, unknown", id="shares"),
        pytest.param("{{ {'low': 3, 'high': 5} | told }}", "3 to 5", id="a value in words"),
        pytest.param("{{ steps[0].level <= 3 }}", "True", id="what to do next"),
        pytest.param(
            "{% set e = report.evidence[0] %}{{ evidence[e.id].key == e.key }}",
            "True",
            id="evidence by its id",
        ),
        pytest.param("{% for x in report.items %}\n{% endfor %}", "", id="blocks leave no lines"),
    ],
)
def test_a_template_is_filled_with_the_document(source, shown):
    assert own.render("a.txt", source, ESTATE) == shown


@pytest.mark.parametrize(
    ("name", "target"),
    [
        pytest.param("team.md.jinja", "team.md", id="jinja"),
        pytest.param("deep/er/team.html.J2", "team.html", id="in a folder"),
        pytest.param("team.txt", "team.txt", id="no suffix of templates"),
        pytest.param(".jinja", ".jinja", id="nothing but the suffix"),
    ],
)
def test_the_target_is_named_after_the_template(name, target):
    assert own.target_name(name) == target


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        pytest.param("x\n{% if %}", 2, "Expected an expression", id="half a statement"),
        pytest.param("x\n\n{{ 1 | nope }}", 3, "No filter named 'nope'", id="no such filter"),
        pytest.param("{{ 1 | random }}", 1, "No filter named 'random'", id="not the same twice"),
    ],
)
def test_what_is_not_well_formed_is_found_before_anything_is_scanned(source, line, why):
    with pytest.raises(UsageError, match=f"^a.txt:{line}: {why}"):
        own.check("a.txt", source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("{{ 9 ** (9 ** 9) }}", id="a large power"),
        pytest.param("{% if 'x' | center(10 ** 14) %}{% endif %}", id="a wide text"),
    ],
)
def test_nothing_is_worked_out_while_a_template_is_read(source):
    own.check("a.txt", source)


def test_what_is_nested_too_deeply_is_refused():
    with pytest.raises(UsageError, match="nested too deeply"):
        own.check("a.txt", "{{ " + "(" * 500 + "1" + ")" * 500 + " }}")


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        pytest.param("a\n{{ report.nope }}", 2, "has no attribute 'nope'", id="undefined"),
        pytest.param("{{ report.items[99].id }}", 1, "no element 99", id="beyond the end"),
        pytest.param("a\n\n{{ 1 / 0 }}", 3, "ZeroDivisionError", id="arithmetic"),
        pytest.param("{{ ''.__class__.__mro__ }}", 1, "is unsafe", id="class of a text"),
        pytest.param("{{ report|attr('__class__') }}", 1, "is unsafe", id="attr"),
        pytest.param("{{ '{0.__class__}'.format(1) }}", 1, "is unsafe", id="format"),
        pytest.param(
            "{% set f = '{0.__class__}'.format %}\n{{ f(1) }}", 2, "is unsafe", id="stored method"
        ),
        pytest.param("{{ cycler.__init__.__globals__ }}", 1, "is unsafe", id="globals of a helper"),
        pytest.param("{{ self._TemplateReference__context }}", 1, "is unsafe", id="self"),
        pytest.param("{{ report.update({}) }}", 1, "is unsafe", id="changing the report"),
        pytest.param("{{ report.items.append(1) }}", 1, "is unsafe", id="changing a list"),
        pytest.param("{{ lipsum.__globals__ }}", 1, "'lipsum' is undefined", id="lipsum"),
        pytest.param("x\n{% include '/etc/passwd' %}", 2, "cannot read other files", id="include"),
        pytest.param("{% include '../a.txt' %}", 1, "cannot read other files", id="parent"),
        pytest.param("{% extends 'os' %}", 1, "cannot read other files", id="extends"),
        pytest.param("{% import 'os' as os %}", 1, "cannot read other files", id="import"),
        pytest.param("{% include 'a.txt' %}", 1, "without an end", id="itself"),
        pytest.param(
            "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1, "without an end", id="recursion"
        ),
        pytest.param("{{ range(10**9) | length }}", 1, "Range too big", id="range"),
    ],
)
def test_what_a_template_cannot_do_is_said_with_its_place(source, line, why):
    with pytest.raises(UsageError, match=f"^a.txt:{line}: .*{why}"):
        own.render("a.txt", source, ESTATE)


def test_more_than_a_report_has_is_not_written(monkeypatch):
    monkeypatch.setattr(own, "LONGEST", 2**20)

    with pytest.raises(UsageError, match="more than 1 MiB"):
        own.render("a.txt", "{% for i in range(99999) %}{{ 'x' * 100 }}{% endfor %}", ESTATE)


@pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS)
def test_html_stays_inert(text):
    whole = document(poisoned(sample.organisation(), text), OPTIONS)
    source = (
        '<ul>{% for i in report.items %}<li title="{{ i.title }}">{{ i.because }}</li>{% endfor %}'
        '{% for e in report.evidence if e.source.url %}<a href="{{ e.source.url }}">x</a>'
        "{% endfor %}</ul>"
    )

    page = Page(own.render("a.html", source, whole))

    assert {tag for tag, _ in page.elements} <= {"ul", "li", "a"}
    assert {name for _, given in page.elements for name in given} <= {"title", "href"}
    assert [link for link in page.values("href") if not link.startswith("https://")] == []


@pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS)
def test_markdown_stays_inert(text):
    from markdown_it import MarkdownIt

    whole = document(poisoned(sample.organisation(), text), OPTIONS)
    source = "{% macro line(i) %}| {{ i.title }} | {{ i.because | code }} |{% endmacro %}\n"
    source += "{% for i in report.items %}\n- {{ line(i) }}\n{% endfor %}"

    tokens = MarkdownIt("commonmark").parse(own.render("a.md", source, whole))
    inner = [one.type for token in tokens for one in token.children or ()]

    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} == {
        "bullet_list",
        "list_item",
        "paragraph",
        "inline",
    }
    assert set(inner) <= {"text", "code_inline", "text_special"}


def test_an_expression_in_a_repository_is_not_run():
    whole = document(poisoned(sample.repository(), "{{ 31337 * 31337 }}"), OPTIONS)

    assert "{{ 31337 * 31337 }}" in own.render("a.txt", "{{ report.target.name }}", whole)


@pytest.mark.parametrize("subject", ["organisation", "repository"])
def test_the_example_is_filled(subject):
    whole = document(getattr(sample, subject)(), OPTIONS)

    filled = own.render(EXAMPLE.name, EXAMPLE.read_text(encoding="utf-8"), whole)
    table = [line for line in filled.splitlines() if line.startswith("| ")]

    assert filled.startswith(f"# {whole['target']['name']} on 2026-06-30\n")
    assert len(table) >= 2
    assert {line.count(" |") for line in table} == {3}
