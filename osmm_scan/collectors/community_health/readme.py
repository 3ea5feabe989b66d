"""Judge the README: does it say what the project is for, how to get it and how to begin?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import (
    Document,
    Test,
    detail,
    either,
    elements,
    fact,
    in_repository,
    is_titled,
)
from osmm_scan.collectors.community_health.links import check
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.repository import program
from osmm_scan.collectors.studies.prose import Prose, count_words
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "readme.explains": "the README says what the project is for, and how to install or use it",
    "presentation.index": (
        "mean of: README with purpose, installation and first use; description and topics; a site "
        "that answers. A clone shows the first only, the host the second as well"
    ),
}

_PURPOSE_WORDS = 6
# What generators write into every new project.
_BOILERPLATE = re.compile(
    r"bootstrapped with|generated with \[?angular cli|^a new (?:flutter|dart) (?:project|plugin)"
    r"|^this template should help get you started|^todo: delete this"
    r"|^welcome to your new (?:dbt|gem)|create a new project from this template",
    re.I,
)
_FORMAL = re.compile(r"licen[sc]e|copying|notice|code.of.conduct|security", re.I)
_NOTICE = re.compile(r"^\[!(?:note|tip|important|warning|caution)\]", re.I)
_INSTALL = re.compile(
    r"""
      \b(?:pip3?|pipx|uv|npm|pnpm|yarn|bun|cargo|go|gem|brew|apt(?:-get)?|dnf|apk|conda|composer
         |dotnet|helm|choco|winget|pacman|nix|flutter|dart|mix|luarocks|opam|cabal|poetry|deno)
      \ +(?:(?:tool|-S|repo|global|pub|package)\ +)?(?:install|add|get|i|require|upgrade)\b
    | \bgit\ +clone\b | \bdocker\ +(?:run|pull|compose)\b | \bkubectl\ +apply\b
    | \b(?:npx|make|cmake|mvnw?|gradlew?|npm\ +run)\b | <artifactId> | \buses:\ *\S+@
    | ^(?:implementation|compile|testImplementation|api)[ (]['"] | \bcurl\b.{1,200}\|\ *(?:ba)?sh
    """,
    re.X,
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what the README explains."""
    document = observer.once(readme)
    found = elements([document], _TESTS) if document else {}
    purpose = found.get("readme.purpose")
    has_way_in = len(found) > 1 or observer.once(program) is None or _leads_on(document)
    yield fact(observer, "readme.explains", bool(purpose) and has_way_in, purpose or document)
    part = len(found) / len(_TESTS)
    least, most = _presented(observer)
    limits = {"low": round((part + least) / 3, 3), "high": round((part + most + 1) / 3, 3)}
    yield fact(observer, "presentation.index", limits, document)
    for element in found.values():
        yield detail(observer, element)


def _presented(observer: Observer) -> tuple[float, float]:
    """Return the limits of what the host shows: a description, and topics."""
    if observer.hosting is None:
        return 0.0, 1.0
    try:
        is_described = bool(observer.hosting.nature().description.strip())
        part = (is_described + bool(observer.hosting.topics())) / 2
    except Unobserved:
        return 0.0, 1.0
    return part, part


def readme(observer: Observer) -> Document | None:
    """Return the README that GitHub shows; there are no defaults for it."""
    return in_repository(observer.repository, ("README",))


def _leads_on(document: Document | None) -> bool:
    """Tell whether a README is a table of contents of its repository."""
    leading, _ = check(document) if document else ((), ())
    return len({link.target for link in leading if not _FORMAL.search(link.target)}) > 1


def _purpose(prose: Prose) -> int | None:
    """Return the line of the first sentence, unless a generator wrote it."""
    linked = Counter(link.passage for link in prose.links)
    for block in prose.passages:
        if _BOILERPLATE.search(block.text):
            return None
        words = count_words(block.text)
        # A row of links is a menu.
        is_sentence = words >= _PURPOSE_WORDS and words > 3 * linked[block.line]
        if is_sentence and not _NOTICE.match(block.text):
            return block.line
    return None


def _install(prose: Prose) -> int | None:
    return next((block.line for block in prose.code if _INSTALL.search(block.text)), None)


def _documentation(prose: Prose) -> int | None:
    wanted = re.compile(r"\b(?:documentation|docs|manual|user.?guide|tutorial|reference)\b", re.I)
    return next((link.line for link in prose.links if wanted.search(link.text)), None)


_TESTS: Mapping[str, Test] = {
    "readme.purpose": _purpose,
    "readme.install": either(
        is_titled(
            r"\b(?:install|setup|set\ up|getting\ started|quick\ ?-?start|build|download|deploy"
            r"|requirements|prerequisites|how\ to\ run|running)"
        ),
        _install,
    ),
    "readme.use": either(
        is_titled(
            r"\b(?:usage|us(?:e|ing)|how\ to|example|quick\ ?-?start|getting\ started|tutorial"
            r"|demo|documentation|docs|api|inputs|walk-?through|try)\b"
        ),
        _documentation,
    ),
}
