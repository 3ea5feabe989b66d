"""Find projects that organisations gave away: old addresses lead to where they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, product

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer, Api, RefusalKind
from osmm_scan.sources.remotes import is_slug

# As many addresses as an operation has room for, and how many are looked up at most.
ADDRESSES = 50
_MOST = 10_000


def transferred(api: Api, owners: Collection[str], projects: Collection[str]) -> frozenset[str]:
    """Return those projects, `owner/name` in lower case, that began at one of the owners.

    `projects` may also name owners, of whom all projects count. There may be more: one whose name
    was changed when it was given away does not show. Raises `Unobserved` when a question fails.
    """
    own = {one.lower() for one in owners if is_slug(one)}
    # Whoever hosts projects gives none away; its own are moved about.
    givers = sorted(own.difference(projects))
    names = sorted({one.partition("/")[2] for one in projects} - {""})
    addresses = islice(product(givers, names), _MOST)
    now = (slug for slug in _now(api, list(addresses)) if slug.partition("/")[0] not in own)
    return frozenset(
        slug for slug in now if not {slug, slug.partition("/")[0]}.isdisjoint(projects)
    )


def _now(api: Api, addresses: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield where repositories are that were at these addresses; empty for none."""
    for start in range(0, len(addresses), ADDRESSES):
        yield from _batch(api, addresses[start : start + ADDRESSES])


def _batch(api: Api, addresses: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the answers to one question, or to two halves of it where it is too heavy."""
    padded = [*addresses, *[addresses[-1]] * (ADDRESSES - len(addresses))]
    asked = {f"o{place}": owner for place, (owner, _) in enumerate(padded)}
    asked |= {f"n{place}": name for place, (_, name) in enumerate(padded)}
    try:
        answer = api.ask("Addresses", **asked)
    except Unobserved as reason:
        half = len(addresses) // 2
        if reason.missing is not Missing.TRUNCATED or not half:
            raise
        for part in (addresses[:half], addresses[half:]):
            yield from _batch(api, part)
    else:
        yield from (_slug(answer, f"a{place}") for place in range(len(addresses)))


def _slug(answer: Answer, alias: str) -> str:
    """Return the name of a repository in lower case, empty where there is none."""
    refused = answer.refused(alias)
    if refused is not None and refused.kind is RefusalKind.NOT_FOUND:
        return ""
    return str(answer.at(alias, "nameWithOwner")).lower()
