"""What a README explains."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.collectors.hosting.hosts import FakeHost, nature
from tests.fakes import FakeRepository, facts

PURPOSE = "Widgets turns rows of numbers into charts that print well."


def explains(text: str, **files: str) -> tuple[object, int | None]:
    fake = FakeRepository({"README.md": text, "src/app.py": "", **files})
    item = facts(community_health, fake)["readme.explains"]
    return item.value, item.source.line


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# Widgets", id="heading only"),
        pytest.param("[![build](a.svg)](b) [![x](c.svg)](d)\n\n## Usage\n\nx", id="badges only"),
        pytest.param("[A guide](a) [To start](b) [Our docs](c)\n## Usage\nx", id="menu only"),
        pytest.param("TODO: Delete this and describe your gem here\n## Usage\nx", id="generator"),
        pytest.param("This project was bootstrapped with Create React App.\n## Usage", id="stock"),
        pytest.param(f"# Widgets\n{PURPOSE}", id="no way in"),
        pytest.param("# Widgets\n## Usage\n\n`widgets draw`", id="no purpose"),
    ],
)
def test_readmes_that_explain_nothing(text: str) -> None:
    assert explains(text)[0] is False


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(f"# W\n\n{PURPOSE}\n\n## Usage\n\nDraw.", 3, id="use"),
        pytest.param(f"# W\n{PURPOSE}\n\n```\npip install widgets\n```", 2, id="command"),
        pytest.param(f"# W\n{PURPOSE}\nRead [the documentation](https://x.org).", 2, id="site"),
        pytest.param(
            "# 部品\n数字の行をきれいな図に変える道具です。\n\n## Usage\nx", 2, id="not english"
        ),
        pytest.param(
            f"# W\n> [!NOTE]\n> We moved to another place now.\n\n{PURPOSE}\n## Usage\nx",
            5,
            id="after a notice",
        ),
    ],
)
def test_readmes_that_explain(text: str, line: int) -> None:
    assert explains(text) == (True, line)


def test_a_table_of_contents_leads_on() -> None:
    text = f"{PURPOSE}\n\n- [one](a/README.md)\n- [two](b/README.md)\n- [license](LICENSE)"
    files = {"a/README.md": "", "b/README.md": "", "LICENSE": ""}

    assert explains(text, **files)[0] is True


def test_without_code_there_is_nothing_to_install() -> None:
    fake = FakeRepository({"README.md": PURPOSE})

    assert facts(community_health, fake)["readme.explains"].value is True


def test_no_readme_explains_nothing() -> None:
    assert facts(community_health, FakeRepository({"a.py": ""}))["readme.explains"].value is False


def test_an_unreadable_readme_is_unknown() -> None:
    reason = Unobserved(Missing.NOT_SUPPORTED, "README.md is binary")

    found = facts(community_health, FakeRepository({"README.md": reason, "a.py": ""}))

    assert found["readme.explains"].missing is Missing.NOT_SUPPORTED
    assert found["defaults.count"].value == 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("", 0.0, 0.667, id="nothing"),
        pytest.param(f"{PURPOSE}\n## Install\nx\n## Usage\nx", 0.333, 1.0, id="everything"),
    ],
)
def test_a_clone_shows_one_part_of_the_presentation(text: str, low: float, high: float) -> None:
    found = facts(community_health, FakeRepository({"README.md": text, "a.py": ""}))

    assert found["presentation.index"].value == {"low": low, "high": high}


@pytest.mark.parametrize(
    ("description", "topics", "low", "high"),
    [
        pytest.param("", (), 0.0, 0.333, id="nothing is set"),
        pytest.param("Widgets", (), 0.167, 0.5, id="no topics"),
        pytest.param("Widgets", ("tools",), 0.333, 0.667, id="both are set"),
        pytest.param("Widgets", None, 0.0, 0.667, id="topics are hidden"),
    ],
)
def test_the_host_shows_another_part(
    description: str, topics: tuple[str, ...] | None, low: float, high: float
) -> None:
    answers = {} if topics is None else {"topics": topics}
    host = FakeHost(nature=nature(description=description), **answers)

    found = facts(community_health, FakeRepository({"main.py": ""}), host)

    assert found["presentation.index"].value == {"low": low, "high": high}
