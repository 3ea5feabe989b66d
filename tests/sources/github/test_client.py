"""The client against a server of our own: pages, batches, refusals, older schemas."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github import documents
from osmm_scan.sources.github.api import Answer, RefusalKind
from osmm_scan.sources.github.hosts import HostKind
from osmm_scan.sources.github.limits import Budget
from tests.github_fake.faults import Reply, cut, page, partial, primary, secondary, slow, status
from tests.github_fake.prune import OPERATIONS
from tests.github_fake.server import NOW, FakeGitHub, Question
from tests.github_fake.world import World
from tests.sources.github.network import FakeClock

TEXTS = {file.stem: file.read_text(encoding="utf-8") for file in OPERATIONS.glob("*.graphql")}


@pytest.fixture(autouse=True)
def _operations(monkeypatch: pytest.MonkeyPatch) -> None:
    real = documents.load
    monkeypatch.setattr(documents, "load", lambda name: TEXTS.get(name) or real(name))


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    world = World()
    acme = world.organization("acme")
    for number in range(120):
        world.repository(acme, f"r{number:03}", issues=[])
    with FakeGitHub(world) as server:
        yield server


def _names(pages: Iterator[Answer]) -> list[str]:
    return [
        node["name"] for page in pages for node in page.at("organization", "repositories", "nodes")
    ]


def _list(github: FakeGitHub, **options: Any) -> Iterator[Answer]:
    return github.client(clock=FakeClock(NOW), **options).pages(
        "List", ("organization", "repositories"), org="acme"
    )


def _is_larger_than(most: int) -> Any:
    def matches(question: Question) -> bool:
        wanted = question.variables
        return int(wanted.get("n") or len(wanted.get("ids", ()))) > most

    return matches


def test_an_organization_of_that_name_may_be_hidden(github: FakeGitHub) -> None:
    pages = github.client().pages("List", ("organization", "repositories"), org="nobody")

    with pytest.raises(Unobserved, match="not there, or hidden") as reason:
        next(pages)

    assert reason.value.missing is Missing.NO_ACCESS


def test_a_list_is_read_page_by_page(github: FakeGitHub) -> None:
    assert len(_names(_list(github))) == 120
    assert [one.variables["cursor"] for one in github.questions] == [None, "50", "100"]


@pytest.mark.parametrize(
    ("most", "sizes"),
    [
        pytest.param(100, [50, 50, 50], id="light enough"),
        pytest.param(25, [50, 25, 25, 25, 25, 25], id="halved once for all"),
    ],
)
def test_heavy_pages_are_halved(github: FakeGitHub, most: int, sizes: list[int]) -> None:
    github.when(_is_larger_than(most), status(502))

    assert len(set(_names(_list(github)))) == 120
    assert [one.variables["n"] for one in github.questions] == sizes


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(status(504), id="time-out"),
        pytest.param(page(502), id="a page of the gateway"),
        pytest.param(
            partial(None, {"message": "Something went wrong while executing your query"}),
            id="words",
        ),
        pytest.param(
            partial({"organization": None}, {"type": "RESOURCE_LIMITS_EXCEEDED", "path": []}),
            id="limits with status 200",
        ),
    ],
)
def test_what_is_too_heavy_at_any_size_is_given_up(github: FakeGitHub, fault: Reply) -> None:
    github.when(lambda one: one.operation == "List", fault)

    with pytest.raises(Unobserved) as reason:
        _names(_list(github))

    assert reason.value.missing is Missing.TRUNCATED
    assert [one.variables["n"] for one in github.questions][:6] == [50, 25, 12, 6, 3, 1]
    assert len(github.questions) <= 9


def test_one_heavy_node_costs_only_itself(github: FakeGitHub) -> None:
    ids = [f"R_acme_r{number:03}" for number in range(40)]
    github.when(lambda one: ids[7] in one.variables.get("ids", ()), status(502))

    seen = dict(github.client(clock=FakeClock(NOW)).nodes("Each", ids))

    assert list(seen) == ids
    assert [one for one, answer in seen.items() if isinstance(answer, Unobserved)] == [ids[7]]
    assert len(github.questions) < 20


def test_a_node_that_is_gone_is_unknown(github: FakeGitHub) -> None:
    seen = dict(github.client().nodes("Each", ["R_acme_r001", "R_gone"]))

    gone = seen["R_gone"]
    assert isinstance(gone, Unobserved)
    assert gone.missing is Missing.NO_ACCESS
    assert seen["R_acme_r001"].at("name") == "r001"  # type: ignore[union-attr] # an answer


def test_a_refused_field_that_is_never_null_takes_its_node_along(github: FakeGitHub) -> None:
    hidden = "R_acme_r001"
    github.world.refused["Repository.issues"] = lambda node: (
        "FORBIDDEN" if node["id"] == hidden else None
    )

    seen = dict(github.client().nodes("Each", ["R_acme_r000", hidden]))

    assert isinstance(seen["R_acme_r000"], Answer)
    refused = seen[hidden]
    assert isinstance(refused, Unobserved)
    assert refused.why == "this token may not see it: issues: not for you"


def test_a_list_that_moves_while_it_is_read_is_read_again(github: FakeGitHub) -> None:
    repositories = github.world.organizations["acme"]["repositories"]
    pages = _list(github)
    first = _names(iter([next(pages)]))
    # One of the first page moves to the end, so that another slips over the page's edge.
    repositories.append(repositories.pop(0))

    assert len({*first, *_names(pages)}) == 120


def test_a_list_that_stays_short_is_said_to_be(github: FakeGitHub) -> None:
    acme = github.world.organizations["acme"]
    data = {
        "totalCount": 9,
        "pageInfo": {"hasNextPage": False, "endCursor": None},
        "nodes": [{"id": acme["id"], "name": "one", "isArchived": False}],
    }
    github.next(partial({"organization": {"repositories": data}}), operation="List", times=2)

    with pytest.raises(Unobserved, match="1 of 9 were listed") as reason:
        _names(_list(github))

    assert reason.value.missing is Missing.TRUNCATED


def test_a_list_that_turns_in_a_circle_ends(github: FakeGitHub) -> None:
    data = {"pageInfo": {"hasNextPage": True, "endCursor": "x"}, "nodes": []}
    github.next(partial({"organization": {"repositories": data}}), times=9)

    with pytest.raises(Unobserved, match="circle"):
        _names(_list(github))


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        pytest.param(secondary(7), [7], id="secondary limit"),
        pytest.param(primary(NOW + 600), [601], id="primary limit"),
        pytest.param(page(), [2], id="a web page"),
        pytest.param(cut(), [2], id="broken off"),
        pytest.param(status(503), [2], id="unavailable"),
        pytest.param(slow(0.05, {"data": None}), [2], id="late and empty"),
    ],
)
def test_a_fault_in_the_middle_loses_nothing(
    github: FakeGitHub, fault: Reply, waits: list[int]
) -> None:
    clock = FakeClock(NOW)
    pages = github.client(clock=clock).pages("List", ("organization", "repositories"), org="acme")
    first = _names(iter([next(pages)]))
    github.next(fault)

    assert len({*first, *_names(pages)}) == 120
    assert clock.waits == waits


def test_a_budget_ends_a_list_and_says_so(github: FakeGitHub) -> None:
    pages = _list(github, budget=Budget(points=2))
    seen = _names(iter([next(pages), next(pages)]))

    with pytest.raises(Unobserved, match="--budget"):
        next(pages)

    assert len(seen) == 100


def test_an_older_server_is_asked_only_what_it_knows(github: FakeGitHub) -> None:
    with FakeGitHub(github.world, lacks=("Repository.isArchived", "Query.rateLimit")) as older:
        api = older.client(kind=HostKind.SERVER)
        first = next(api.pages("List", ("organization", "repositories"), org="acme"))

    part = first.within("organization", "repositories")
    assert [one.operation for one in older.questions] == ["Introspection", "List"]
    assert part.at("nodes", 0, "name")
    with pytest.raises(Unobserved, match=r"does not know Repository\.isArchived") as reason:
        part.at("nodes", 0, "isArchived")
    assert reason.value.missing is Missing.NOT_SUPPORTED


def test_a_field_that_github_dropped_is_found_out(github: FakeGitHub) -> None:
    with FakeGitHub(github.world, lacks=("Repository.isArchived",)) as changed:
        first = next(changed.client().pages("List", ("organization", "repositories"), org="acme"))

    assert [one.operation for one in changed.questions] == ["List", "Introspection", "List"]
    assert first.refusals[0].kind is RefusalKind.UNSUPPORTED


def test_an_operation_of_which_nothing_is_left_is_not_asked(github: FakeGitHub) -> None:
    with (
        FakeGitHub(github.world, lacks=("Query.nodes",)) as older,
        pytest.raises(Unobserved, match=r"does not know Query\.nodes"),
    ):
        older.client(kind=HostKind.SERVER).ask("Each", ids=[])


def test_the_scopes_of_a_classic_token_are_known(github: FakeGitHub) -> None:
    rights = github.client().rights()

    assert (rights.login, rights.scopes) == ("scanner", {"repo", "read:org"})


def test_rest_answers_are_asked_for_by_path(github: FakeGitHub) -> None:
    reporting = "private-vulnerability-reporting"
    github.world.rest[f"/repos/acme/r1/{reporting}"] = {"enabled": True}
    github.world.rest[f"/repos/acme/r2/{reporting}"] = 204, None

    api = github.client()

    assert api.get(f"/repos/acme/r1/{reporting}") == {"enabled": True}
    assert api.get(f"/repos/acme/r2/{reporting}") is None


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("/repos/acme/r1/stars", {}, id="an address that GitHub does not describe"),
        pytest.param(
            "/repos/acme/r1/private-vulnerability-reporting", {"on": 1}, id="a field of no answer"
        ),
        pytest.param("/repos/acme/r1/security-advisories", {}, id="no list"),
    ],
)
def test_a_world_that_github_would_not_give_is_refused(
    github: FakeGitHub, path: str, content: Any
) -> None:
    github.world.rest[path] = content

    with pytest.raises(Unobserved, match="500"):
        github.client(clock=FakeClock(NOW)).get(path)


def test_threads_get_their_own_answers(github: FakeGitHub) -> None:
    ids = list(github.world.objects)[1:41]
    api = github.client(clock=FakeClock(NOW))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda one: next(iter(api.nodes("Each", [one]))), ids))
    sys.setswitchinterval(interval)

    assert [answer.at("id") for _, answer in seen if isinstance(answer, Answer)] == ids
