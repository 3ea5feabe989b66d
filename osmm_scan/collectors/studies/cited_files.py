"""Look for the files that attestations cite as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

# The fact that a scan adds for every file that an attestation cites.
CITED_FILE = "attestation.file"


def look_for(observer: Observer, paths: Iterable[str]) -> Iterator[Evidence]:
    """Yield of each path whether it is a file with text in it."""
    for path in paths:
        try:
            found = bool(observer.repository.text(path).strip())
        except KeyError:
            found = False
        except Unobserved as reason:
            yield observer.missing(CITED_FILE, reason, path)
            continue
        yield observer.fact(CITED_FILE, found, path)
