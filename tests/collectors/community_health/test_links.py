"""Where the links of a document lead."""

from __future__ import annotations

import re

import pytest

from osmm_scan.collectors.community_health import links
from osmm_scan.collectors.community_health.documents import Document
from osmm_scan.collectors.studies.prose import read
from osmm_scan.sources.repository import Remote
from tests.fakes import FakeRepository

FILES = {
    "CONTRIBUTING.md": "",
    "docs/dev/build.md": "",
    "docs/guide/README.md": "",
    "src/a.py": "",
}
REMOTE = Remote("github.com", "acme", "widgets")


def document(text: str, path: str = "CONTRIBUTING.md") -> Document:
    return Document(FakeRepository(FILES, remote=REMOTE), path, read(text))


@pytest.mark.parametrize(
    ("target", "path"),
    [
        pytest.param("https://example.org/docs/x.md", None, id="another site"),
        pytest.param("mailto:ada@acme.com", None, id="mail"),
        pytest.param("#usage", None, id="the page itself"),
        pytest.param("../../issues", None, id="a page of the host"),
        pytest.param("https://github.com/acme/widgets/issues", None, id="own tracker"),
        pytest.param("{{ site.url }}/x", None, id="made by a template"),
        pytest.param("docs/missing.md", "", id="no such file"),
        pytest.param("src/a.py", "src/a.py", id="file"),
        pytest.param("/src/a.py", "src/a.py", id="from the root"),
        pytest.param("docs/dev/build.md#linux", "docs/dev/build.md", id="part of a file"),
        pytest.param("docs/dev/build", "docs/dev/build.md", id="without its ending"),
        pytest.param("docs/guide/", "docs/guide/README.md", id="folder"),
        pytest.param("src", "src/a.py", id="folder without a page"),
        pytest.param(
            "https://github.com/Acme/widgets/blob/main/src/a.py", "src/a.py", id="own page"
        ),
    ],
)
def test_targets(target: str, path: str | None) -> None:
    one = document(f"[x](<{target}>)")

    assert links.resolve(one, one.prose.links[0]) == path


def test_targets_are_relative_to_the_document() -> None:
    one = document("[x](../src/a.py)", "docs/index.md")

    assert links.resolve(one, one.prose.links[0]) == "src/a.py"


def test_documents_are_followed_from_one_to_the_next() -> None:
    home = FakeRepository(
        {
            "a.md": "[go on](b.md)",
            "b.md": "[go on](c.md) [else](d.md)",
            "c.md": "[go on](a.md)",
            "d.md": "",
        }
    )
    start = Document(home, "a.md", read(home.text("a.md")))

    found = links.followed(start, re.compile("go on"))

    assert [one.path for one in found] == ["b.md", "c.md"]


def test_links_lead_or_are_broken() -> None:
    leading, broken = links.check(document("[a](src/a.py) [b](gone.md) [c](https://x.org)"))

    assert ([link.text for link in leading], [link.text for link in broken]) == (["a"], ["b"])
