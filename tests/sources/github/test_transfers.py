"""A project was given away when an address at the organisation leads to where it is hosted now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.sources.github.transfers import ADDRESSES, transferred
from tests.github_fake.faults import shaped, status
from tests.github_fake.server import NOW, FakeGitHub
from tests.github_fake.world import World
from tests.sources.github.network import FakeClock

HOSTED = frozenset({"backstage", "other/tool", "other/else", "acme-labs/own"})


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    """Return a server where acme has repositories, and others have the projects."""
    world = World()
    for slug in ("acme/tool", "acme/own", "other/tool", "backstage/backstage", "acme-labs/own"):
        owner, _, name = slug.partition("/")
        world.repository(world.organizations.get(owner) or world.organization(owner), name)
    with FakeGitHub(world) as server:
        yield server


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("acme/unlisted", "other/tool", set(), id="name that no project has"),
        pytest.param("acme/else", "acme/own", set(), id="another name at the same owner"),
        pytest.param("acme/own", "acme-labs/own", set(), id="another owner of its own"),
        pytest.param("third/else", "other/tool", set(), id="given by somebody else"),
        pytest.param("acme/else", "Third/Unlisted", set(), id="nobody hosts it"),
        pytest.param("acme/tool", "other/tool", {"other/tool"}, id="given"),
        pytest.param("acme-labs/tool", "other/tool", {"other/tool"}, id="by its other owner"),
        pytest.param("acme/else", "Other/Tool", {"other/tool"}, id="whatever the case"),
        pytest.param(
            "acme/else", "backstage/backstage", {"backstage/backstage"}, id="whole owner hosted"
        ),
    ],
)
def test_old_addresses_lead_to_what_was_given(
    github: FakeGitHub, old: str, new: str, found: set[str]
) -> None:
    if new == "Third/Unlisted":
        github.world.repository(github.world.organization("Third"), "Unlisted")
    github.world.renamed(old, new)

    assert transferred(github.client(), ("Acme", "acme-labs"), HOSTED) == found


def test_a_repository_of_the_same_name_was_not_given(github: FakeGitHub) -> None:
    assert transferred(github.client(), ("acme",), HOSTED) == frozenset()


def test_who_hosts_projects_moves_its_own(github: FakeGitHub) -> None:
    github.world.renamed("backstage/tool", "other/tool")

    assert transferred(github.client(), ("backstage",), HOSTED) == frozenset()


@pytest.mark.parametrize("owners", [(), ("../acme", "a b")])
def test_nothing_is_asked_without_an_owner(github: FakeGitHub, owners: tuple[str, ...]) -> None:
    assert transferred(github.client(), owners, HOSTED) == frozenset()
    assert github.questions == []


def test_many_projects_are_asked_for_at_once(github: FakeGitHub) -> None:
    names = [f"project-{number:03}" for number in range(ADDRESSES + 1)]
    github.world.renamed(f"acme/{names[-1]}", "other/tool")
    hosted = {f"other/{name}" for name in names} | {"other/tool"}

    assert transferred(github.client(), ("acme",), hosted) == {"other/tool"}
    assert [one.operation for one in github.questions] == ["Addresses"] * 2


def test_what_is_too_heavy_is_asked_in_halves(github: FakeGitHub) -> None:
    github.world.renamed("acme/tool", "other/tool")
    github.next(status(502), operation="Addresses", times=4)

    assert transferred(github.client(clock=FakeClock(NOW)), ("acme",), HOSTED) == {"other/tool"}


def test_an_answer_of_another_shape_tells_nothing(github: FakeGitHub) -> None:
    github.next(shaped({"data": {"a0": {}}}), operation="Addresses")

    with pytest.raises(Unobserved):
        transferred(github.client(), ("acme",), HOSTED)
