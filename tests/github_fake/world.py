"""What the fake GitHub knows: plain dictionaries named as GitHub's schema names their fields.

    world = World()
    acme = world.organization("acme", description="Tools")
    world.repository(acme, "tool", isArchived=True, stargazerCount=7)
    world.member(acme, "alice", role="ADMIN")
    world.rest["/repos/acme/tool/private-vulnerability-reporting"] = {"enabled": True}

A field is a value, a list (also behind a connection: paging, `totalCount` and the usual filters
are made from it), or a function of the field's arguments. A field that a dictionary lacks is null,
or empty where the schema says that it is never null. Every object is found by its `id`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]

TOKEN = "ghp_" + "s3cr3tS3cr3t" * 3


@dataclass
class World:
    """Everything that exists on the server, who may ask, and what they may not see."""

    organizations: dict[str, Node] = field(default_factory=dict)
    repositories: dict[str, Node] = field(default_factory=dict)
    users: dict[str, Node] = field(default_factory=dict)
    # By id, whatever else is to be found by `node` and `nodes`.
    objects: dict[str, Node] = field(default_factory=dict)
    # Answers of REST by path: JSON, or (status, JSON), or (status, JSON, headers).
    rest: dict[str, Any] = field(default_factory=dict)
    # What `search(query:)` finds.
    search: Callable[[str], list[Node]] = lambda query: []
    # Tokens with their scopes (None: a token of a kind that has none).
    tokens: dict[str, list[str] | None] = field(
        default_factory=lambda: {TOKEN: ["repo", "read:org"]}
    )
    viewer: str = "scanner"
    # "Organization.domains": "FORBIDDEN" refuses a field with an error of that type; a function
    # of the object that holds the field may decide.
    refused: dict[str, str | Callable[[Node], str | None]] = field(default_factory=dict)
    points: int = 5000

    def organization(self, login: str, **fields: Any) -> Node:
        """Add an organization and return it."""
        node = {
            "__typename": "Organization",
            "id": f"O_{login}",
            "login": login,
            "url": f"https://github.com/{login}",
            "repositories": [],
            "membersWithRole": [],
            "teams": [],
            **fields,
        }
        self.organizations[login.lower()] = node
        return self._added(node)

    def repository(self, owner: Node, name: str, **fields: Any) -> Node:
        """Add a repository, public and alive unless said otherwise, and return it."""
        full = f"{owner['login']}/{name}"
        node = {
            "__typename": "Repository",
            "id": f"R_{full.replace('/', '_')}",
            "databaseId": len(self.repositories) + 1,
            "name": name,
            "nameWithOwner": full,
            "owner": owner,
            "url": f"https://github.com/{full}",
            "visibility": "PUBLIC",
            "createdAt": "2024-01-01T00:00:00Z",
            "updatedAt": "2026-06-01T00:00:00Z",
            "pushedAt": "2026-06-01T00:00:00Z",
            **fields,
        }
        self.repositories[full.lower()] = node
        owner["repositories"].append(node)
        return self._added(node)

    def user(self, login: str, **fields: Any) -> Node:
        """Add a person, or return the one who is there."""
        if login not in self.users:
            node = {"__typename": "User", "id": f"U_{login}", "login": login, **fields}
            self.users[login] = self._added(node)
        return self.users[login]

    def member(self, organization: Node, login: str, role: str = "MEMBER", **fields: Any) -> Node:
        """Make a person a member of an organization; how it is a member is kept on the edge."""
        node = self.user(login, **fields)
        organization["membersWithRole"].append({**node, "edge": {"role": role}})
        return node

    def renamed(self, old: str, new: str) -> None:
        """Let an old `owner/name` lead to a repository, as GitHub does after a rename."""
        self.repositories[old.lower()] = self.repositories[new.lower()]

    def _added(self, node: Node) -> Node:
        self.objects[node["id"]] = node
        return node
