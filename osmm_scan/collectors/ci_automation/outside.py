"""Recognise repositories whose CI is configured elsewhere, so that its absence proves nothing."""

from __future__ import annotations

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved

# A file at the root, a line that it then has, and the system that it belongs to.
_SIGNS = (
    ("OWNERS", "approvers:", "Prow"),
    (".gitreview", "host=", "the Gerrit server"),
    ("bors.toml", "status", "the checks that bors waits for"),
)


def runs_elsewhere(observer: Observer) -> str | None:
    """Return why CI may run outside what the repository holds, None when nothing says so."""
    entries = observer.repository.entries()
    for path, says, system in _SIGNS:
        if path not in entries:
            continue
        try:
            lines = observer.repository.text(path).splitlines()
        except Unobserved:
            continue
        if any(line.startswith(says) for line in lines):
            return f"{path} shows that {system} may run tests, which are configured elsewhere"
    return None
