"""What commit messages say beside their subject."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.studies import commit_messages as messages
from osmm_scan.sources.repository import Person
from tests.fakes import commit

ADA = "Ada Lovelace <ada@acme.com>"


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("Fix", id="none"),
        pytest.param("Fix\n\nSigned-off-by: Grace Hopper <grace@acme.com>", id="somebody else's"),
        pytest.param(f"Fix\n\n Signed-off-by: {ADA}", id="indented"),
        pytest.param(f"Fix\n\nSigned-off-by:{ADA}", id="no space"),
        pytest.param(f"Fix\n\nSigned-off-by: {ADA} again", id="text behind it"),
        pytest.param("Fix\n\nSigned-off-by: Ada Lovelace", id="no address"),
        pytest.param(f"Fix\n\nThe rule is Signed-off-by: {ADA}", id="within a sentence"),
        pytest.param(f"Fix\n\nReviewed-by: {ADA}", id="another trailer"),
        pytest.param("Fix\n\nSigned-off-by:  <>", id="empty"),
    ],
)
def test_commits_without_a_sign_off_of_their_maker(message: str) -> None:
    assert not messages.is_signed_off(commit("2026-05-01", ADA, message))


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(f"Fix\n\nSigned-off-by: {ADA}", id="as git writes it"),
        pytest.param(f"Fix\n\nsigned-off-by: {ADA}  \r\n", id="lower case, spaces behind"),
        pytest.param(f"Signed-off-by: {ADA}\n\nMore text", id="anywhere in the message"),
        pytest.param(
            "Fix\n\nSigned-off-by: Ada Lovelace <7+a@users.noreply.github.com>", id="name"
        ),
        pytest.param("Fix\n\nSigned-off-by: A. Lovelace <ADA@acme.com>", id="address"),
        pytest.param(f"Fix\n\nSigned-off-by: X <x@x>\nSigned-off-by: {ADA}", id="one of several"),
    ],
)
def test_sign_offs_name_the_maker(message: str) -> None:
    assert messages.is_signed_off(commit("2026-05-01", ADA, message))


@pytest.mark.parametrize(
    ("author", "signer", "expected"),
    [
        pytest.param("Ada L <1+al@users.noreply.github.com>", "Bo Hu <b@x>", False, id="other"),
        pytest.param("Al <1+al@users.noreply.github.com>", "Bo Hu <info@x>", False, id="short"),
        pytest.param("Info Team <a@x>", "Bo Hu <info@x>", False, id="word of many"),
        pytest.param("GitHub Actions <a@x>", "dependabot[bot] <b@github>", False, id="bots"),
        pytest.param(
            "Ada Byron <1+al@users.noreply.github.com>", "Ada King <k@x>", True, id="word"
        ),
        pytest.param("K <7+kash21@users.noreply.github.com>", "kash21 <kp@x>", True, id="account"),
        pytest.param(
            "AdaLov <7+AdaLov@users.noreply.github.com>",
            "Ada Lovelace <a@x>",
            True,
            id="run together",
        ),
        pytest.param(
            "R E <6+renewitt@users.noreply.github.com>",
            "Ray Newitt <renewitt@x>",
            True,
            id="address",
        ),
    ],
)
def test_squashing_changes_names(author: str, signer: str, expected: bool) -> None:
    made = commit("2026-05-01", author, f"Fix (#1)\n\nSigned-off-by: {signer}")

    assert messages.is_signed_off(made) is expected


def test_the_site_signs_off_for_nobody() -> None:
    made = commit("2026-05-01", "GitHub <noreply@github.com>", "x\n\nSigned-off-by: GitHub <a@b>")

    assert not messages.is_signed_off(made)


def test_trailers_name_people() -> None:
    text = "Fix\n\nCo-Authored-By: A <b> C <c@c>\nReviewed-by: nobody\nAcked-by: D <d@d>"

    assert list(messages.trailers(text)) == [
        ("co-authored-by", Person("A <b> C", "c@c")),
        ("acked-by", Person("D", "d@d")),
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("Fix the crash", False, id="plain"),
        pytest.param("Fix #12", False, id="an issue"),
        pytest.param("Revert (#12) for now", False, id="number inside the subject"),
        pytest.param("Fix the crash (#12)", True, id="squashed"),
        pytest.param("Fix the crash (#12)\n\n* one", True, id="squashed with a body"),
        pytest.param("Merge pull request #12 from ada/fix\n\nFix", True, id="merged"),
        pytest.param("Fix\n\nReviewed-by: Ada Lovelace <ada@acme.com>", True, id="reviewed"),
        pytest.param("Fix\n\nPR-URL: https://example.org/1", True, id="landed by a tool"),
    ],
)
def test_reviewable_changes(message: str, expected: bool) -> None:
    assert messages.is_reviewable(message) is expected


@pytest.mark.parametrize(
    ("message", "account"),
    [
        pytest.param("Merge branch 'main'", None, id="no pull request"),
        pytest.param("Merge pull request #12", None, id="no account"),
        pytest.param("Merge pull request #12 from Ada/fix", "ada", id="account"),
    ],
)
def test_merges_name_an_account(message: str, account: str | None) -> None:
    assert messages.merged_account(message) == account


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("Fix", False, id="plain"),
        pytest.param("Sync settings with the server", False, id="another kind of sync"),
        pytest.param("Merge from main", False, id="merge"),
        pytest.param("Fix\n\nmentions PiperOrigin-RevId: 7", False, id="within a sentence"),
        pytest.param("Fix\n\nPiperOrigin-RevId: 7", True, id="trailer of a sync tool"),
        pytest.param("Fix\n\nGitOrigin-RevId: ab12", True, id="trailer of another"),
        pytest.param("Sync from internal repository", True, id="in words"),
        pytest.param("Project import generated by Copybara.", True, id="copybara"),
    ],
)
def test_synchronisations(message: str, expected: bool) -> None:
    assert messages.is_synced(message) is expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("Fix 1.2.3", False, id="more than a version"),
        pytest.param("Release notes", False, id="no version"),
        pytest.param("1.2.3", True, id="version alone"),
        pytest.param("Chore: Make release 2.0.10\n", True, id="in words"),
        pytest.param("chore(release): v1.2.3-rc.1", True, id="conventional"),
    ],
)
def test_release_subjects(message: str, expected: bool) -> None:
    assert messages.is_release(message) is expected


@pytest.mark.parametrize(
    "function",
    [messages.is_reviewable, messages.is_synced, messages.is_release, messages.trailers],
)
@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Signed-off-by: a <", id="openings"),
        pytest.param("(#1", id="numbers"),
        pytest.param("sync ", id="words"),
        pytest.param("Signed-off-by: \n", id="lines"),
    ],
)
def test_long_messages_are_read_to_their_end(function, piece: str) -> None:
    found = function(piece * 60_000)

    assert found is False or list(found or []) == []
