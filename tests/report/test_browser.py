"""The HTML report in a real browser: accessible, usable by keyboard, silent on the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from osmm_scan.report import Options, formats, parts_of
from tests.report import sample
from tests.report.test_html import large
from tests.report.test_trend import LATER

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
OTHERS = ["later", "large", "large-files/repositories-001"]
subjects = pytest.mark.parametrize("subject", ["organisation", "repository"])
everything = pytest.mark.parametrize("subject", ["organisation", "repository", *OTHERS])


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name in ("organisation", "repository"):
        report = formats()["html"].render(getattr(sample, name)(), Options(flags=sample.FLAGS))
        (folder / f"{name}.html").write_text(report, encoding="utf-8")
    (folder / "later.html").write_text(
        formats()["html"].render(sample.organisation(), LATER), encoding="utf-8"
    )
    for path, pieces in parts_of(
        formats()["html"], large(501), Options(flags=sample.FLAGS), "large.html"
    ):
        (folder / (path or "large.html")).parent.mkdir(exist_ok=True)
        (folder / (path or "large.html")).write_text("".join(pieces), encoding="utf-8")
    return folder


@pytest.fixture
def visit(browser: Any, reports: Path) -> Iterator[Any]:
    contexts = []

    def open_page(subject: str, **settings: Any) -> Any:
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.said.append(request.url))
        page.goto((reports / f"{subject}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@everything
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visit, subject, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(subject, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    found = Axe().run(page).response["violations"]

    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


@everything
def test_nothing_is_loaded_and_nothing_complains(visit, subject):
    page = visit(subject)

    assert [text for text in page.said if not text.startswith("file:")] == []
    assert len(page.said) == 1


@everything
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560, 3840])
def test_page_never_scrolls_sideways(visit, subject, width):
    page = visit(subject, viewport={"width": width, "height": 900})
    page.evaluate(OPEN_ALL)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_skip_link_is_the_first_stop_of_the_keyboard(visit):
    page = visit("organisation")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert focused == "Skip to the report"
    assert page.url.endswith("#main")


def test_items_open_and_close_by_keyboard(visit):
    page = visit("organisation")
    page.locator("#item-list summary").first.focus()
    page.keyboard.press("Enter")

    assert page.locator("#item-list details[open]").count() == 1


def test_items_are_found_by_words_and_level(visit):
    page = visit("organisation")
    page.get_by_label("Find an item").fill("license allow-list")
    found = page.locator("#item-list details:visible .title").all_inner_texts()
    page.get_by_label("Find an item").fill("")
    page.locator("form[data-for=item-list]").get_by_label("Level").select_option("5")

    assert found == ["Allow-List"]
    assert page.locator("#item-list details:visible").count() == 4
    assert page.locator("form[data-for=item-list] output").inner_text() == "4 of 72 shown"
    assert page.locator("#item-list h3:visible").count() == 1


def test_repositories_are_sorted_by_keyboard(visit):
    page = visit("organisation")
    names = page.locator("#repository-list tbody th")
    page.get_by_role("button", name="Repository").focus()
    page.keyboard.press("Enter")
    rising = names.all_inner_texts()
    page.keyboard.press("Enter")

    assert rising == sorted(rising)
    assert names.all_inner_texts() == rising[::-1]
    assert page.locator("#repository-list th[aria-sort=descending]").count() == 1


def test_numbers_are_sorted_as_numbers(visit):
    page = visit("organisation")
    head = page.locator("#activities ~ .scroll").get_by_role("button", name="Known")
    head.click()
    shown = page.locator("#activities ~ .scroll tbody td:last-child data").all_inner_texts()
    shares = [int(text.rstrip("%")) for text in shown]

    assert shares == sorted(shares)
    assert shares[-1] == 100


@subjects
def test_page_reads_without_script(visit, subject):
    page = visit(subject, java_script_enabled=False)

    assert page.locator("form:visible").count() == 0
    assert page.locator("h1:visible, h2:visible").count() >= 8


def test_pages_of_a_large_estate_lead_back(visit):
    page = visit("large")
    page.get_by_role("link", name="acme/service-00500 to").click()
    page.get_by_role("link", name="Back to the report").click()

    assert page.url.endswith("large.html#repositories")


def test_checks_that_are_not_met_unfold_in_their_row(visit):
    page = visit("large-files/repositories-001")
    page.locator(".unmet-list summary").first.focus()
    page.keyboard.press("Enter")

    assert "; " in page.locator(".unmet-list details[open]").inner_text()


def test_folds_open_on_paper_and_close_again(visit):
    page = visit("organisation")
    count = "document.querySelectorAll('#item-list details[open]').length"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate(count)
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert printed == 72
    assert page.evaluate(count) == 0


@subjects
def test_folds_are_readable_on_paper_without_script(visit, subject):
    page = visit(subject)
    page.emulate_media(media="print")
    closed = page.locator("details[data-level]:not([open]) dl").first

    assert closed.evaluate("part => part.checkVisibility({contentVisibilityAuto: true})")
    assert page.pdf().startswith(b"%PDF-")
