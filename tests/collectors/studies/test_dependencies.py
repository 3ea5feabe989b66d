"""A package leads to a repository only where its name is the address of one."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.studies.dependencies import repositories


@pytest.mark.parametrize(
    ("purl", "expected"),
    [
        pytest.param("pkg:npm/react", set(), id="a name in a registry"),
        pytest.param("pkg:golang/golang.org/x/net", set(), id="a name that leads elsewhere"),
        pytest.param("pkg:golang/github.com/owner", set(), id="an owner alone"),
        pytest.param("pkg:golang/github.com/../x", set(), id="no name"),
        pytest.param("pkg:docker/owner/name", set(), id="an image"),
        pytest.param("pkg:golang/github.com/Owner/Name", {"owner/name"}, id="Go"),
        pytest.param("pkg:golang/github.com/owner/name/sub/v2", {"owner/name"}, id="Go, deeper"),
        pytest.param("pkg:swift/github.com/owner/name", {"owner/name"}, id="Swift"),
        pytest.param("pkg:githubactions/actions/checkout", {"actions/checkout"}, id="an action"),
        pytest.param("pkg:swift/github.com/owner/name@1.2", {"owner/name"}, id="with a version"),
    ],
)
def test_repositories_behind_packages(purl: str, expected: set[str]) -> None:
    assert repositories([purl]) == expected
