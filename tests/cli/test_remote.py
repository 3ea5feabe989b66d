"""Organisations and repositories on a server are seen as they are, once, and without a trace."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from osmm_scan.cli.scanning.clones import Visit, Window, visit_clone
from osmm_scan.cli.scanning.looking import Expedition
from osmm_scan.cli.scanning.remote import (
    Choice,
    fetched_defaults,
    find_organisations,
    find_repository,
    scan_organisations,
    scan_repository,
)
from osmm_scan.cli.scanning.snapshots import Snapshots
from osmm_scan.collectors.hosting import FACTS as HOSTING
from osmm_scan.collectors.innersource import FACTS as INNERSOURCE
from osmm_scan.collectors.studies.foundations import FOUNDATION_FACTS
from osmm_scan.errors import ScanError, SourceError, UsageError
from osmm_scan.model import Bundle, Missing, Visibility
from osmm_scan.settings import Estate, Member
from osmm_scan.sources.landscapes import Landscape, parse_landscape
from tests.fakes import AS_OF
from tests.github_fake.faults import page, shaped, status
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import TOKEN, Node, World
from tests.sources.clones import Clone
from tests.sources.git_server import GitServer

NEVER = Snapshots(None)
EVERYTHING = Choice()
WINDOW = Window(as_of=AS_OF, days=365)


@dataclass
class Town:
    """A server with an organisation, and its repositories behind it."""

    github: FakeGitHub
    root: Path
    acme: Node
    git: GitServer
    estate: Estate = field(default_factory=Estate)
    landscapes: tuple[Landscape, ...] = ()
    jobs: int = 1

    def repository(self, name: str, files: dict[str, str] | None = None, **fields: Any) -> Node:
        """Add a repository with these files; without any it is empty."""
        path = self.root / "acme" / f"{name}.git"
        path.mkdir(parents=True)
        clone = Clone(path)
        clone.git("init", "-q", "--bare", "--template=", "--initial-branch=main")
        if files is None:
            return self.github.world.repository(self.acme, name, isEmpty=True, **fields)
        branch = {
            "name": "main",
            "target": {"__typename": "Commit", "oid": self.commit(name, files)},
        }
        known = {"hasIssuesEnabled": True, "defaultBranchRef": branch, **fields}
        return self.github.world.repository(self.acme, name, **known)

    def commit(self, name: str, files: dict[str, str]) -> str:
        """Commit files to a repository and return the commit."""
        work = self.root / "work" / name
        if not work.exists():
            work.mkdir(parents=True)
            Clone(work).git("init", "-q", "--template=", "--initial-branch=main")
        oid = Clone(work).commit(files)
        Clone(work).git("push", "-q", self.root / "acme" / f"{name}.git", "main")
        return oid

    def scan(
        self,
        *logins: str,
        choice: Choice = EVERYTHING,
        snapshots: Snapshots = NEVER,
    ) -> Bundle:
        """Scan organisations."""
        expedition = self._expedition(snapshots)
        found = find_organisations(expedition.api, logins or ("acme",), choice)
        with fetched_defaults(expedition.api, found) as defaults:
            return scan_organisations(expedition, found, defaults)

    def scan_one(self, slug: str) -> Bundle:
        """Scan one repository."""
        expedition = self._expedition(NEVER)
        found = find_repository(expedition.api, slug)
        with fetched_defaults(expedition.api, found) as defaults:
            return scan_repository(expedition, found, defaults)

    def asked(self) -> list[str]:
        """Return what was asked since the last time."""
        asked = [one.operation or one.path for one in self.github.questions]
        self.github.questions.clear()
        return asked

    def _expedition(self, snapshots: Snapshots) -> Expedition:
        return Expedition(
            landscapes=self.landscapes,
            api=self.github.client(),
            window=replace(WINDOW, estate=self.estate),
            snapshots=snapshots,
            rules="rules",
            jobs=self.jobs,
            progress=lambda done, everything: None,
        )


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    world = World()
    git = GitServer(tmp_path / "served", TOKEN)
    with FakeGitHub(world, other=git.answer) as github:
        yield Town(
            github, tmp_path / "served", world.organization("acme", viewerCanAdminister=True), git
        )


def values(bundle: Bundle, subject: str) -> dict[str, Any]:
    return {
        item.key: item.value if item.missing is None else item.missing
        for item in bundle.evidence
        if item.subject == subject
    }


def test_an_organisation_is_seen_whole(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n", "main.py": "print()\n"})
    town.repository("old", {"README.md": "# Old\n"}, isArchived=True)
    town.repository("empty")

    bundle = town.scan()

    assert bundle.repositories == ("acme/empty", "acme/old", "acme/widgets")
    assert (bundle.target.name, bundle.target.source) == ("acme", "github")
    assert (bundle.visibility, bundle.unseen, bundle.faults) == (Visibility.FULL, 0, ())
    assert bundle.token == "classic personal access token"
    widgets, old = values(bundle, "acme/widgets"), values(bundle, "acme/old")
    assert (widgets["repository.archived"], old["repository.archived"]) == (False, True)
    assert widgets["repository.code"] is True
    assert old["repository.active"] is False
    assert values(bundle, "acme/empty")["repository.empty"] is True


def test_worker_processes_see_the_same(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n", "main.py": "print()\n"})
    town.repository(".github", {"CODE_OF_CONDUCT.md": "Write to conduct@acme.example.\n"})
    alone = town.scan()
    town.jobs = 2

    assert town.scan() == alone


def test_forks_are_listed_and_not_fetched(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n"})
    town.repository("fork", {"README.md": "# Other\n"}, isFork=True)
    bundle = town.scan()

    fork = values(bundle, "acme/fork")
    assert (fork["repository.fork"], fork["repository.active"]) == (True, False)
    assert fork["readme.explains"] is Missing.NOT_SUPPORTED
    assert bundle.faults == ()


def test_the_owners_defaults_count(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n"})
    town.repository(".github", {"CODE_OF_CONDUCT.md": "Write to conduct@acme.example.\n"})

    conduct = [
        item
        for item in town.scan().evidence
        if item.key == "conduct.contact" and item.subject == "acme/widgets"
    ]

    assert conduct[0].source.path == "CODE_OF_CONDUCT.md"
    assert "acme/.github" in (conduct[0].source.url or "")


def test_a_repository_that_cannot_be_fetched_is_unknown(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n"})
    gone = {"name": "main", "target": {"__typename": "Commit", "oid": "d" * 40}}
    town.repository("broken", {"README.md": "x"}, defaultBranchRef=gone)
    town.repository("disabled", {"README.md": "x"}, isDisabled=True)
    town.repository("headless", {"README.md": "x"}, defaultBranchRef=None)

    bundle = town.scan()

    assert [fault.subject for fault in bundle.faults] == [
        "acme/broken",
        "acme/disabled",
        "acme/headless",
    ]
    assert bundle.repositories == ("acme/broken", "acme/disabled", "acme/headless", "acme/widgets")
    broken = values(bundle, "acme/broken")
    assert broken["license.recognized"] is Missing.FAULT
    assert broken["repository.archived"] is False


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        pytest.param(Choice(), ("a", "b", "ab"), id="all"),
        pytest.param(Choice(include=("a*",)), ("a", "ab"), id="included"),
        pytest.param(Choice(include=("ACME/b",)), ("b",), id="by owner and in any case"),
        pytest.param(Choice(exclude=("*b",)), ("a",), id="excluded"),
        pytest.param(Choice(include=("a*",), exclude=("ab",)), ("a",), id="exclusion wins"),
    ],
)
def test_repositories_are_chosen_by_name(town: Town, choice: Choice, names: Sequence[str]) -> None:
    for name in ("a", "b", "ab"):
        town.repository(name, isFork=True)

    bundle = town.scan(choice=choice)

    assert bundle.repositories == tuple(sorted(f"acme/{name}" for name in names))


@pytest.mark.parametrize(
    ("login", "error"),
    [
        pytest.param("nobody", UsageError, id="unknown organisation"),
        pytest.param("../etc", UsageError, id="no name at all"),
        pytest.param("acme", ScanError, id="no repository"),
    ],
)
def test_nothing_to_look_at_is_an_error(town: Town, login: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        town.scan(login)


def test_a_token_that_is_refused_is_an_error(town: Town) -> None:
    town.github.world.tokens.clear()

    with pytest.raises(SourceError):
        town.scan()


def test_an_outsider_sees_what_is_public(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n"})
    town.acme["viewerCanAdminister"] = False

    assert town.scan().visibility is Visibility.PUBLIC


def test_what_did_not_change_costs_its_line(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    town.repository("widgets", {"README.md": "# Widgets\n"})
    other = town.repository("other", {"README.md": "# Other\n"})
    first = town.scan(snapshots=snapshots)
    town.asked()
    fetches = len(town.git.headers_seen)

    assert town.scan(snapshots=snapshots) == first
    assert sorted(set(town.asked())) == ["Organisation", "RepositoryList", "Viewer"]
    assert len(town.git.headers_seen) == fetches

    other["defaultBranchRef"]["target"]["oid"] = town.commit("other", {"README.md": "# New\n"})
    changed = town.scan(snapshots=snapshots)

    assert values(changed, "acme/widgets") == values(first, "acme/widgets")
    assert len(town.git.headers_seen) > fetches


def test_an_interrupted_scan_goes_on(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    for name in ("a", "b", "c"):
        town.repository(name, {"README.md": f"# {name}\n"})
    whole = town.scan()
    kept: list[object] = []

    class Killed(Snapshots):
        def keep(self, parts: tuple[str, ...], bundle: Bundle) -> None:
            super().keep(parts, bundle)
            kept.append(parts)
            if len(kept) == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town.scan(snapshots=Killed(tmp_path / "cache"))
    before = len(town.git.headers_seen)
    resumed = town.scan(snapshots=snapshots)

    assert resumed == whole
    assert 0 < len(town.git.headers_seen) - before < before / 2


def test_what_the_server_failed_to_answer_is_asked_again(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    town.repository("widgets", {"README.md": "# Widgets\n"})
    town.github.next(page(), operation="Issues", times=2)
    first = values(town.scan(snapshots=snapshots), "acme/widgets")
    again = values(town.scan(snapshots=snapshots), "acme/widgets")

    assert isinstance(first["responses.asked"], Missing)
    assert again["responses.asked"] == 0


def test_damaged_snapshots_are_looked_at_anew(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    town.repository("widgets", {"README.md": "# Widgets\n"})
    first = town.scan(snapshots=snapshots)
    for path in (tmp_path / "cache").glob("*/*"):
        path.write_bytes(path.read_bytes()[:-10])

    assert town.scan(snapshots=snapshots) == first


def test_one_repository_is_audited_alone(town: Town) -> None:
    oid = town.repository("widgets", {"README.md": "# Widgets\n"})["defaultBranchRef"]["target"][
        "oid"
    ]

    bundle = town.scan_one("acme/widgets")

    assert bundle.repositories == ("acme/widgets",)
    assert bundle.target.commit == oid
    assert bundle.unseen > 0


def test_a_renamed_repository_is_found_under_its_new_name(town: Town) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n"})
    town.github.world.renamed("acme/gadgets", "acme/widgets")

    assert town.scan_one("acme/gadgets").repositories == ("acme/widgets",)


def test_an_unknown_repository_is_an_error(town: Town) -> None:
    with pytest.raises(UsageError):
        town.scan_one("acme/absent")


def test_the_token_is_in_no_evidence_and_no_snapshot(town: Town, tmp_path: Path) -> None:
    town.repository("widgets", {"README.md": "# Widgets\n"})
    bundle = town.scan(snapshots=Snapshots(tmp_path / "cache"))

    kept = [
        subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
        for path in (tmp_path / "cache").glob("*/*")
    ]
    assert kept
    assert TOKEN not in repr(bundle)
    assert [one for one in kept if TOKEN.encode() in one] == []


def _searching(query: str) -> list[Node]:
    """Find what ada did: two merged changes elsewhere, one of them in each of two repositories."""
    if "author:ada" in query and "is:merged merged:2025-06-30..2026-06-30" in query:
        return [_change("other/tool", "2026-05-03"), _change("more/thing", "2026-05-05")]
    if "author:ada" in query and ("is:closed" in query or "created:" in query):
        return [_change("other/tool", "2026-05-03")] * 4
    if "reviewed-by:bob" in query and "is:merged" in query:
        return [
            _change("other/tool", "2026-05-03", by="Bob"),
            _change("carl/notes", "2026-05-03", by="Bob"),
            _change("more/thing", "2026-05-03", by="eve"),
            _change("more/thing", "2026-05-03"),
        ]
    return [_change("other/tool", "2026-05-03")] if "reviewed-by:bob" in query else []


def _change(target: str, merged: str, by: str | None = None) -> Node:
    return {
        "__typename": "PullRequest",
        "createdAt": "2026-05-01T00:00:00Z",
        "mergedAt": f"{merged}T00:00:00Z",
        "mergedBy": by and {"__typename": "User", "login": by},
        "repository": {"nameWithOwner": target, "stargazerCount": 50},
    }


def test_members_are_counted_with_their_work_elsewhere(town: Town) -> None:
    town.repository("widgets")
    town.acme["viewerIsAMember"] = True
    town.estate = Estate(strategic=("Other/tool", "more", "thing", "other/absent"))
    for login in ("ada", "bob", "carl"):
        town.github.world.member(town.acme, login)
    town.github.world.search = _searching

    bundle = town.scan()

    assert values(bundle, "acme") == {
        "affiliates.active": 2,
        "affiliates.declared": False,
        "affiliates.hidden": 0,
        **dict.fromkeys(FOUNDATION_FACTS, Missing.NOT_COLLECTED),
        "sponsorships.active": 0,
        "upstream.accepted_share": 0.5,
        "upstream.closed": 4,
        "upstream.contributor_share": 0.5,
        "upstream.dependency_share": {"low": 1.0, "high": 1.0},
        "upstream.maintained": {"low": 1},
        "upstream.maintainers": {"low": 1},
        "upstream.merge_days": 3.0,
        "upstream.merged": 2,
        "upstream.noncode": 5,
        "upstream.per_person": 1.0,
        "upstream.retained_share": Missing.NOT_SUPPORTED,
        "upstream.reviewers": 1,
        "upstream.strategic": 4,
        "upstream.strategic_derived": False,
        "upstream.strategic_share": {"low": 0.5, "high": 1.0},
        "upstream.targets": 2,
    }
    assert "ada" not in repr([item for item in bundle.evidence if item.subject == "acme"])


def test_outsiders_see_a_part_of_the_people(town: Town) -> None:
    town.repository("widgets")
    town.github.world.member(town.acme, "ada")
    town.github.world.search = _searching

    found = values(town.scan(), "acme")

    assert found["upstream.merged"] == {"low": 2}
    assert found["upstream.contributor_share"] is Missing.NO_ACCESS
    assert found["affiliates.hidden"] is Missing.NO_ACCESS


def test_a_declared_roster_names_everybody(town: Town) -> None:
    town.repository("widgets")
    town.estate = Estate(roster=(Member(login="ada"), Member(login="gone", until=date(2020, 1, 1))))
    town.github.world.search = _searching

    found = values(town.scan(), "acme")

    assert (found["affiliates.active"], found["affiliates.declared"]) == (1, True)
    assert found["upstream.merged"] == 2


def test_work_in_repositories_of_its_own_is_not_elsewhere(town: Town) -> None:
    town.repository("widgets")
    town.estate = Estate(organisations=("acme-labs",), roster=(Member(login="ada"),))
    asked: list[str] = []
    town.github.world.search = lambda query: asked.append(query) or []

    town.scan()

    elsewhere = [query for query in asked if "author:ghost" not in query and "is:pr" in query]
    assert elsewhere
    assert [query for query in elsewhere if "-org:acme -org:acme-labs" not in query] == []


def test_searches_that_are_too_heavy_are_asked_in_halves(town: Town) -> None:
    town.repository("widgets")
    town.estate = Estate(roster=(Member(login="ada"), Member(login="bob")))
    town.github.world.search = _searching
    town.github.next(status(502), operation="MergedChanges", times=4)

    found = values(town.scan(), "acme")

    assert (found["upstream.merged"], found["affiliates.hidden"]) == (2, 0)


def test_people_are_asked_about_once_a_day(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    town.repository("widgets")
    town.github.world.member(town.acme, "ada")
    town.scan(snapshots=snapshots)
    town.asked()

    town.scan(snapshots=snapshots)

    assert not {"Members", "Counts", "MergedChanges"} & set(town.asked())


def test_a_clone_shows_the_same_but_for_what_only_the_server_knows(
    town: Town, tmp_path: Path
) -> None:
    files = {
        "README.md": "# Widgets\n\nWidgets for gadgets.\n",
        "LICENSE": "MIT\n",
        "a.py": "x = 1\n",
    }
    town.repository("widgets", files)
    remote = town.scan_one("acme/widgets")
    clone = tmp_path / "clone"
    Clone(tmp_path).git("clone", "-q", town.root / "acme" / "widgets.git", clone)
    Clone(clone).git("remote", "set-url", "origin", "https://github.com/acme/widgets")

    local = visit_clone(Visit(path=clone, window=WINDOW, defaults=None))

    seen = values(remote, "acme/widgets")
    told = {
        item.key: item.value if item.missing is None else item.missing for item in local.evidence
    }
    of_the_server = {*HOSTING, *INNERSOURCE, "repository.archived", "repository.fork"}
    # What is put together of several facts is known as far as they are.
    different = {key for key in seen if seen[key] != told[key]} - {"presentation.index"}
    assert different == of_the_server - {
        key for key in of_the_server if seen[key] is Missing.NOT_COLLECTED
    }
    assert {told[key] for key in of_the_server} == {Missing.NOT_COLLECTED}


@pytest.mark.parametrize(
    ("profile", "domains", "memberships"),
    [
        pytest.param({}, (), Missing.NOT_COLLECTED, id="no domain is known"),
        pytest.param(
            {"websiteUrl": "https://acme.example"},
            (),
            Missing.NOT_COLLECTED,
            id="a claim of a domain",
        ),
        pytest.param({}, ("beta.example",), {"low": 0}, id="not listed there"),
        pytest.param(
            {"websiteUrl": "https://acme.example", "isVerified": True},
            (),
            {"low": 1},
            id="verified domain",
        ),
        pytest.param({}, ("acme.example",), {"low": 1}, id="domain in the configuration"),
        pytest.param(
            {"domains": [{"domain": "acme.example", "isVerified": True}]},
            (),
            {"low": 1},
            id="domain that owners see",
        ),
        pytest.param(
            {"domains": [{"domain": "acme.example", "isVerified": False}]},
            (),
            Missing.NOT_COLLECTED,
            id="domain that is not verified",
        ),
        pytest.param(
            {
                "domains": [{"domain": "acme.example", "isVerified": True}],
                "viewerCanAdminister": False,
            },
            (),
            Missing.NOT_COLLECTED,
            id="domain that others do not see",
        ),
    ],
)
def test_memberships_are_found_by_domain(
    town: Town,
    profile: dict[str, Any],
    domains: tuple[str, ...],
    memberships: object,
) -> None:
    town.repository("widgets")
    town.acme.update(profile)
    town.estate = Estate(domains=domains)
    item = "{name: Acme, homepage_url: 'https://acme.example'}"
    text = f"landscape: [{{name: Members, subcategories: [{{name: Gold, items: [{item}]}}]}}]"
    town.landscapes = (parse_landscape(text.encode(), "finos.yml"),)

    assert values(town.scan(), "acme")["foundations.memberships"] == memberships


def test_work_in_projects_of_foundations_is_found(town: Town) -> None:
    town.repository("widgets")
    town.estate = Estate(roster=(Member(login="ada"), Member(login="bob")), aliases=("Acme",))
    town.github.world.search = _searching
    item = "{name: Acme, project: sandbox, repo_url: 'https://github.com/Other/Tool'}"
    text = f"landscape: [{{name: LF Members, subcategories: [{{name: Gold, items: [{item}]}}]}}]"
    town.landscapes = (parse_landscape(text.encode(), "lf.yml"),)

    found = values(town.scan(), "acme")

    assert found["foundations.maintainers"] == {"low": 1}
    assert found["foundations.active_share"] == {"low": 1.0, "high": 1.0}


def test_commits_of_staff_are_counted_anew_for_other_domains(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    town.repository("widgets", {"README.md": "x"})

    found = []
    for domains in ((), ("example.org",)):
        town.estate = Estate(domains=domains)
        found.append(values(town.scan(snapshots=snapshots), "acme/widgets")["staff.identified"])

    assert found == [Missing.NOT_COLLECTED, 0]


def test_projects_given_to_foundations_are_found(town: Town, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "cache")
    town.repository("widgets")
    town.estate = Estate(roster=(Member(login="ada"),))
    world = town.github.world
    world.search = _searching
    world.repository(world.organization("Other"), "Tool")
    world.renamed("acme/Tool", "Other/Tool")
    item = "{name: Tool, project: sandbox, repo_url: 'https://github.com/Other/Tool'}"
    text = f"landscape: [{{name: Tools, subcategories: [{{name: New, items: [{item}]}}]}}]"
    town.landscapes = (parse_landscape(text.encode(), "lf.yml"),)
    keys = ("foundations.given", "foundations.given_active")
    town.github.next(shaped({"data": {"a0": {}}}), operation="Addresses")

    failed = values(town.scan(snapshots=snapshots), "acme")
    found = values(town.scan(snapshots=snapshots), "acme")

    assert {failed[key] for key in keys} == {Missing.FAULT}
    assert [found[key] for key in keys] == [{"low": 1}, {"low": 1}]


def test_changes_in_dependencies_are_found(town: Town) -> None:
    module = "module acme.example/widgets\n\ngo 1.22\n\nrequire github.com/other/tool v1.0.0\n"
    town.repository("widgets", {"go.mod": module, "main.go": "package main\n"})
    town.estate = Estate(roster=(Member(login="ada"),))
    town.github.world.search = _searching

    found = values(town.scan(), "acme")

    assert found["upstream.dependency_share"] == {"low": 0.5, "high": 1.0}
