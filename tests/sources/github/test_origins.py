"""Only names and servers that cannot mislead git reach it."""

from __future__ import annotations

import pytest

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.sources.github.hosts import GITHUB, Host
from osmm_scan.sources.github.origins import origin


@pytest.mark.parametrize(
    ("slug", "branch", "commit"),
    [
        pytest.param("acme/../x", "main", "a" * 40, id="name with a way out"),
        pytest.param("acme", "main", "a" * 40, id="no name"),
        pytest.param("acme/$HOME", "main", "a" * 40, id="name for a shell"),
        pytest.param("acme/x", "--upload-pack=x", "a" * 40, id="branch that is an option"),
        pytest.param("acme/x", "a:refs/heads/b", "a" * 40, id="branch that is a refspec"),
        pytest.param("acme/x", "../../x", "a" * 40, id="branch with a way out"),
        pytest.param("acme/x", "a/../../x", "a" * 40, id="branch with a way out inside"),
        pytest.param("acme/x", "a\nb", "a" * 40, id="branch of two lines"),
        pytest.param("acme/x", "main", "HEAD", id="commit that is no id"),
    ],
)
def test_names_that_mislead_git_never_reach_it(slug: str, branch: str, commit: str) -> None:
    with pytest.raises(Unobserved):
        origin(GITHUB, slug, branch=branch, commit=commit)


@pytest.mark.parametrize("branch", ["main", "release/1.x", "feature_Ä", "v1.0-rc+1", "a@b"])
def test_usual_branches_are_fetched(branch: str) -> None:
    assert origin(GITHUB, "acme/x", branch=branch, commit="a" * 40).branch == branch


@pytest.mark.parametrize(
    "web", ["http://github.com", "ext::sh", "file:///etc", "ssh://-oX", "https://10.1.2.3"]
)
def test_only_https_to_a_named_server_leaves_this_machine(web: str) -> None:
    host = Host(kind=GITHUB.kind, web=web, rest=web, graphql=web)

    with pytest.raises(SourceError):
        origin(host, "acme/x", branch="main", commit="a" * 40)
