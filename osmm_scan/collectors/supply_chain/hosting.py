"""Tell whether a repository may use features of GitHub that leave no trace in its files."""

from __future__ import annotations

from osmm_scan.collectors.observation import Observer

_OTHER_FORGES = ("gitlab", "bitbucket", "codeberg", "sourceforge", "gitea", "sr.ht")


def may_be_on_github(observer: Observer) -> bool:
    """Tell whether GitHub hosts this repository, or may host it as far as the clone tells."""
    if observer.hosting is not None:
        return True  # an Enterprise Server may have any name
    remote = observer.repository.remote
    if remote is not None and "github" in remote.host:
        return True
    if remote is not None and any(forge in remote.host for forge in _OTHER_FORGES):
        return False
    return any(path.startswith(".github/") for path in observer.repository.entries())
