"""Tell which features of GitHub a repository uses, or may use, that leave no trace in its files."""

from __future__ import annotations

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.host import evidence, host
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

# Where GitHub shows the runs of CodeQL's default set-up.
_CODEQL = "/actions/workflows/github-code-scanning/codeql"
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


def default_setup(observer: Observer) -> Evidence | None:
    """Return that CodeQL's default set-up ran; where it did not, it may be on all the same."""
    try:
        is_on = any(page.endswith(_CODEQL) for page in host(observer).runs())
    except Unobserved:
        return None
    return evidence(observer, "sast.wired", True, _CODEQL.strip("/")) if is_on else None


def alerts(observer: Observer) -> Evidence | None:
    """Return whether Dependabot alerts are on, None where that does not show."""
    try:
        is_on = host(observer).alerts()
    except Unobserved:
        return None
    return evidence(observer, "sca.wired", is_on, "security/dependabot")
