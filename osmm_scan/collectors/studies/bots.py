"""Tell service accounts and coding agents from people by the name and address they commit with."""

from __future__ import annotations

import re

from osmm_scan.collectors.studies.identities import login
from osmm_scan.sources.repository import Person

# `[bot]` is how GitHub marks an app; the others are how people name the accounts of their robots.
_ROBOT = re.compile(
    r"[^\n]*(?:\[bot\]|[ _-](?:ro)?bot|[_-](?:automation|ci|deploy))|(?:ro)?bot|ci", re.I
)
_CAMEL = re.compile(r"\S*[a-z]Bot")
_ROBOT_ACCOUNT = re.compile(r"[^\n]*(?:\[bot\]|[_-](?:ro)?bot)")

_SERVICES = frozenset(
    {
        "actions-user",
        "allcontributors",
        "anthropic claude",
        "appveyor",
        "azure pipelines",
        "azure-sdk",
        "bors",
        "buildkite",
        "circleci",
        "claude code",
        "codecov-io",
        "copilot",
        "copybara",
        "copybara-service",
        "coreosbot",
        "cursor agent",
        "dependabot",
        "dependabot-preview",
        "dependabot-support",
        "embeddedbot",
        "facebook-github-bot",
        "github action",
        "github actions",
        "github-action",
        "github-actions",
        "gitlocalize-app",
        "googlebot",
        "greenkeeper",
        "homu",
        "hosted weblate",
        "imgbot",
        "istio-testing",
        "jenkins",
        "mend renovate",
        "mergify",
        "openai codex",
        "opentelemetrybot",
        "pre-commit-ci",
        "prombot",
        "pyup.io bot",
        "release-please",
        "renovate",
        "semantic-release",
        "the gitter badger",
        "travis ci",
        "vmwclabot",
        "weblate",
        "whitesource renovate",
    }
)
_ADDRESSES = frozenset(
    {
        "action@github.com",
        "actions@github.com",
        "amp@ampcode.com",
        "azuresdk@microsoft.com",
        "bot@renovateapp.com",
        "cursoragent@cursor.com",
        "github-actions@github.com",
        "noreply@anthropic.com",
        "noreply@github.com",
        "noreply@openai.com",
        "support@dependabot.com",
        "support@github.com",
    }
)


def is_bot(person: Person) -> bool:
    """Tell whether an author is a service account or an agent.

    GitHub commits as `noreply@github.com` for people who merge on its site, so this must be asked
    of authors, not of committers.
    """
    name = person.name.strip()
    address = person.email.strip().lower()
    account = address.partition("@")[0].rpartition("+")[2]
    return (
        address in _ADDRESSES
        or name.lower() in _SERVICES
        or login(address) in _SERVICES
        or _ROBOT.fullmatch(name) is not None
        or _CAMEL.fullmatch(name) is not None
        or _ROBOT_ACCOUNT.fullmatch(account) is not None
    )
