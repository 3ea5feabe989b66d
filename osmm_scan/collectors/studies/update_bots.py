"""Recognise the commits by which bots raise the versions of dependencies."""

from __future__ import annotations

import re

from osmm_scan.collectors.studies.bots import is_bot
from osmm_scan.sources.repository import Commit

_UPDATERS = re.compile(
    r"(?:dependabot|dependabot-preview|renovate|renovate-bot|mend renovate|whitesource renovate"
    r"|self-hosted-renovate|scala steward|scala-steward|pyup\.io bot|pyup-bot|depfu|snyk-bot"
    r"|greenkeeper|dotnet-maestro|violinist|updatecli)(?:\[bot])?"
)
_SUBJECT = re.compile(
    r"(?:[a-z]{1,10}\(deps(?:-dev)?\)[:!]|update dependenc|(?:[a-z]{1,10}: )?bump )"
)


def is_update(commit: Commit) -> bool:
    """Tell whether a bot made this commit to raise versions; merging it shows that people agree."""
    name = commit.author.name.strip().lower()
    if _UPDATERS.fullmatch(name):
        return True
    return bool(_SUBJECT.match(commit.message[:80].lower())) and is_bot(commit.author)
