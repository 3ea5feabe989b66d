"""Recognise the bots that raise the versions of dependencies, and their commits."""

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
    if is_updater(commit.author.name):
        return True
    return bool(_SUBJECT.match(commit.message[:80].lower())) and is_bot(commit.author)


def is_updater(name: str) -> bool:
    """Tell whether a name or login is that of a bot that raises versions."""
    return _UPDATERS.fullmatch(name.strip().lower()) is not None
