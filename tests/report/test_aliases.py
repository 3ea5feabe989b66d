"""Names that are not to be told are found wherever a text mentions them, and nothing else is."""

from __future__ import annotations

import pytest

from osmm_scan.report.aliases import Aliases

NAMES = Aliases(
    {"acme/app": "private-0001", "acme/app.js": "private-0002", "vault": "private-0003"}
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("acme/application is public", id="a longer name"),
        pytest.param("acme/app-two is public", id="a longer name with a dash"),
        pytest.param("big-acme/app is another's", id="a longer owner"),
        pytest.param("acme builds an app", id="its parts"),
        pytest.param("vaults and a_vault", id="part of a word"),
    ],
)
def test_what_is_no_mention_stays(text):
    assert NAMES.put_into(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("acme/app", "private-0001", id="alone"),
        pytest.param("see acme/app.", "see private-0001.", id="end of a sentence"),
        pytest.param("acme/app, Acme/APP.js", "private-0001, private-0002", id="another case"),
        pytest.param("git@github.com:acme/app.git", "git@github.com:private-0001", id="a clone"),
        pytest.param(
            "(https://github.com/acme/app/blob/main/merger.md#L3)",
            "(https://github.com/private-0001)",
            id="an address with a path",
        ),
        pytest.param("acme/app#12: late", "private-0001: late", id="an issue"),
        pytest.param("acme/app/acme/app x", "private-0001 x", id="a name in a path of its own"),
        pytest.param("acme/other/vault", "acme/other/private-0003", id="a name without an owner"),
    ],
)
def test_mentions_are_numbered(text, told):
    assert NAMES.put_into(text) == told


def test_names_of_any_kind_are_replaced_longest_first():
    names = Aliases({"my app": "one", "my app two": "two"})

    assert names.put_into("my app two and my app") == "two and one"


def test_no_names_change_nothing():
    assert Aliases({}).put_into("acme/app") == "acme/app"
