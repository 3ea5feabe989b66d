"""Which authors are machines."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.studies.bots import is_bot
from osmm_scan.sources.repository import Person


@pytest.mark.parametrize(
    ("name", "address"),
    [
        pytest.param("Ada Lovelace", "ada@example.org", id="a person"),
        pytest.param("Tom Abbot", "abbot@example.org", id="a name that ends in bot"),
        pytest.param("Claude Martin", "claude@example.fr", id="a first name like an agent's"),
        pytest.param("Ada", "1+ada@users.noreply.github.com", id="a person who hides an address"),
        pytest.param("Dana", "robot@dana.example", id="a pun in an address"),
        pytest.param("Wei", "xss_ci@example.org", id="an address that ends like a service"),
        pytest.param("Chabot", "chabot@example.org", id="a family name"),
        pytest.param("", "", id="nobody"),
    ],
)
def test_people_are_no_bots(name: str, address: str) -> None:
    assert not is_bot(Person(name, address))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        pytest.param("dependabot[bot]", "support@github.com", id="app"),
        pytest.param("x", "49699333+dependabot[bot]@users.noreply.github.com", id="by its account"),
        pytest.param("Renovate Bot", "bot@example.org", id="word"),
        pytest.param("k8s-ci-robot", "k8s-ci-robot@users.noreply.github.com", id="robot"),
        pytest.param("PrometheusBot", "team@example.org", id="camel case"),
        pytest.param("acme-deploy", "x@example.org", id="deployment"),
        pytest.param("Builds", "5+acme-bot@users.noreply.github.com", id="by its account's name"),
        pytest.param("acme-ci", "build@example.org", id="continuous integration"),
        pytest.param("GitHub Actions", "x@example.org", id="service without a mark"),
        pytest.param("Claude", "noreply@anthropic.com", id="agent by its address"),
        pytest.param("Copilot", "198982749+Copilot@users.noreply.github.com", id="agent"),
        pytest.param("GitHub", "noreply@github.com", id="the site itself"),
    ],
)
def test_machines_are_bots(name: str, address: str) -> None:
    assert is_bot(Person(name, address))
