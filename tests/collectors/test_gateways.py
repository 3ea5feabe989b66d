"""Tools through which outgoing code passes."""

from __future__ import annotations

import json

import pytest

from osmm_scan.collectors import gateways
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from tests.fakes import FakeRepository, facts

EXPORT = """\
core.workflow(
    name = "export",
    destination = git.github_pr_destination(url = "https://github.com/acme/widgets"),
    authoring = authoring.overwrite("Acme <oss@example.com>"),
    transformations = [
        metadata.scrubber("INTERNAL:.*"),
        core.verify_match("secret", verify_no_match = True),
        core.verify_match("host", verify_no_match = True),
    ],
)
"""


def proxy(**commits: object) -> str:
    allowed = [{"project": "acme", "name": "widgets"}]
    return json.dumps({"authorisedList": allowed, "commitConfig": commits})


def found(
    files: dict[str, str | Unobserved], name: str = "acme/widgets"
) -> tuple[Value | Missing | None, ...]:
    seen = facts(gateways, FakeRepository(files, name=name))
    items = (seen["gateway.configured"], seen["gateway.checks"])
    return tuple(item.value if item.missing is None else item.missing for item in items)


ALL = {"author": {"email": {"domain": {"allow": ".*"}, "local": {"block": ""}}}}
SOME = {"author": {"email": {"domain": {"allow": "example[.]com$"}, "local": {"block": "bot"}}}}
BLOCKED = {"block": {"literals": ["secret"], "patterns": []}}


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        pytest.param("README.md", EXPORT, "acme/widgets", id="another file"),
        pytest.param("tests/copy.bara.sky", EXPORT, "acme/widgets", id="a test"),
        pytest.param("copy.bara.sky", "git.origin()\n", "acme/widgets", id="an import"),
        pytest.param(
            "copy.bara.sky",
            "".join(f"# {line}\n" for line in EXPORT.splitlines()),
            "acme/widgets",
            id="commented out",
        ),
        pytest.param("proxy.config.json", "{}", "acme/widgets", id="no repository may pass"),
        pytest.param("proxy.config.json", proxy(), "acme/git-proxy", id="the product itself"),
    ],
)
def test_what_is_no_gateway(path: str, text: str, name: str) -> None:
    assert found({path: text}, name) == (False, 0)


@pytest.mark.parametrize(
    ("path", "text", "checks"),
    [
        pytest.param("copy.bara.sky", EXPORT, 3, id="an export with three kinds of checks"),
        pytest.param("oss/copy.bara.sky", "git.github_destination()", 0, id="a plain export"),
        pytest.param("proxy.config.json", proxy(**ALL), 0, id="everything passes"),
        pytest.param("proxy.config.json", proxy(**SOME), 2, id="addresses are checked"),
        pytest.param("proxy.config.json", proxy(diff=BLOCKED, **SOME), 3, id="and changes"),
    ],
)
def test_gateways_and_their_checks(path: str, text: str, checks: int) -> None:
    assert found({path: text}) == (True, checks)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="malformed"),
        pytest.param('{"authorisedList": [1], "commitConfig": 7}', id="of another shape"),
        pytest.param(Unobserved(Missing.FAULT, "damaged"), id="lost"),
    ],
)
def test_a_configuration_that_cannot_be_read_leaves_it_open(text: str | Unobserved) -> None:
    assert found({"proxy.config.json": text}) == (Missing.FAULT, Missing.FAULT)
