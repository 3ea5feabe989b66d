"""Read what a commit message says beside its subject: trailers, pull requests, synchronisations.

Every function takes time linear in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.studies.bots import is_bot
from osmm_scan.collectors.studies.identities import login
from osmm_scan.sources.repository import Commit, Person

_TRAILER = re.compile(
    r"^(signed-off-by|co-authored-by|reviewed-by|acked-by|tested-by): ([^\n]*)$", re.I | re.M
)
# Most messages have no trailer; this tells it much faster.
_BY = re.compile("-[bB][yY]: ")
_CO_AUTHOR = re.compile("-[aA][uU][tT][hH][oO][rR][eE][dD]-[bB][yY]: ")
# What GitHub, and those who land patches in other ways, write when a change was reviewed in public.
_MERGED = re.compile(r"Merge pull request #\d{1,9}(?: from ([A-Za-z0-9-]{1,39})/)?")
_SQUASHED = re.compile(r"[^\n]*\(#\d{1,9}\)\s*(?:\n|$)")
_REVIEWED = re.compile(r"^(?:acked-by|pr-url|pull-request|reviewed-by|reviewed-on): ", re.I | re.M)
_PROCESSED = re.compile(r"^(?:COPYBARA_INTEGRATE_REVIEW=|Pull Request resolved: )", re.M)

# What tools leave behind that copy commits in from elsewhere, and what people write instead.
_SYNCED = re.compile(
    r"""
      ^(?:git|piper|mut|hg)?origin-revid:
    | ^piperorigin-revid:
    | ^fbshipit-source-id:
    | ^copybara\ import
    | ^(?:project|code)\ import\ generated\ by\ copybara
    | ^(?:sync|synchroni[sz]e|merge|import|export|update|pull)[^\n]{0,40}
      \b(?:from|with)\ (?:the\ )?(?:internal|private|upstream\ internal|google3|monorepo)\b
    | ^internal\ (?:change|sync|update)\.?$
    | ^code\ drop\b
    """,
    re.I | re.M | re.X,
)

# A subject that tells nothing but a version, as dumps of a finished state have.
_RELEASE = re.compile(
    r"(?:chore|build)?(?:\([a-z]{1,20}\))?:? ?(?:make |prepare )?(?:(?:new )?release|version|bump)?"
    r"(?: version)?(?: to)? ?v?\d{1,5}(?:\.\d{1,9}){1,3}[\w.+-]{0,20}\s*(?:\n|$)",
    re.I,
)

_NO_WORD = re.compile(r"[\W_]+")
_COMMON = frozenset({"", "admin", "dev", "github", "info", "mail", "noreply", "support", "the"})


def trailers(message: str) -> Iterator[tuple[str, Person]]:
    """Yield the people that the trailers of a message name, each with the trailer in lower case.

    A trailer is read as the DCO app reads a sign-off: `Name <address>`, alone on its line.
    """
    if not _BY.search(message):
        return
    for match in _TRAILER.finditer(message):
        name, opens, address = match[2].rstrip().rpartition(" <")
        if opens and address.endswith(">"):
            yield match[1].lower(), Person(name, address[:-1])


def co_authors(message: str) -> tuple[Person, ...]:
    """Return those whom a message credits beside the author."""
    if not _CO_AUTHOR.search(message):
        return ()
    return tuple(person for kind, person in trailers(message) if kind == "co-authored-by")


def is_signed_off(commit: Commit) -> bool:
    """Tell whether a sign-off names the author or the committer.

    The DCO app asks for equal names and addresses, before a squash. GitHub then gives the squashed
    commit its account's name and a noreply address, so a part of the author's name is enough here.
    """
    makers = {commit.author, commit.committer}
    names = {_folded(person.name) for person in makers} - {"", "github"}
    addresses = {_folded(person.email) for person in makers} - {"", "noreply@github.com"}
    return any(
        _folded(person.name) in names
        or _folded(person.email) in addresses
        or _share_a_name(person, commit.author)
        for kind, person in trailers(commit.message)
        if kind == "signed-off-by"
    )


def is_reviewable(message: str) -> bool:
    """Tell whether a change landed as a pull request or names its reviewers."""
    return any((_MERGED.match(message), _SQUASHED.match(message), _REVIEWED.search(message)))


def merged_account(message: str) -> str | None:
    """Return the account whose branch a merge brought in, None where the message does not say."""
    match = _MERGED.match(message)
    return match[1].lower() if match and match[1] else None


def is_synced(message: str) -> bool:
    """Tell whether a commit was copied in from a repository that outsiders do not see."""
    return _SYNCED.search(message) is not None


def is_release(message: str) -> bool:
    """Tell whether the subject says nothing but which version this is."""
    return _RELEASE.match(message) is not None


def is_outside_change(message: str) -> bool:
    """Tell whether a synchronised commit began as a public pull request."""
    return _PROCESSED.search(message) is not None


def _share_a_name(one: Person, other: Person) -> bool:
    """Tell whether two identities have a word in common, or one's account holds the other's."""
    if is_bot(one) or is_bot(other):
        return False
    mine, others = _words(one), _words(other)
    return bool(mine & others) or any(
        min(len(word), len(another)) > 4 and (word in another or another in word)
        for word in mine
        for another in others
    )


def _words(person: Person) -> set[str]:
    account = login(person.email) or person.email.partition("@")[0]
    text = f"{person.name} {account}".lower()
    words = {word for word in _NO_WORD.split(text) if len(word) > 2}
    return (words | {_NO_WORD.sub("", person.name.lower()), _NO_WORD.sub("", account)}) - _COMMON


def _folded(text: str) -> str:
    return text.strip().lower()
