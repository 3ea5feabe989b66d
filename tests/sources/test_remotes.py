"""Which addresses name an owner and a repository, and which only pretend to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.sources.git_config import first_value
from osmm_scan.sources.remotes import parse_remote
from osmm_scan.sources.repository import Remote

_WIDGETS = Remote("github.com", "acme", "widgets")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("", id="empty"),
        pytest.param("/srv/git/acme/widgets.git", id="path"),
        pytest.param("../widgets", id="relative path"),
        pytest.param("file:///github.com/acme/widgets", id="file"),
        pytest.param("ext::sh -c x github.com/acme/widgets", id="command"),
        pytest.param("http://github.com/acme/widgets", id="not encrypted"),
        pytest.param("https://github.com@evil.example/acme/widgets", id="host as account"),
        pytest.param(
            "https://github.com:x@evil.example/acme/widgets", id="host as account, secret"
        ),
        pytest.param("github.com@evil.example:acme/widgets", id="host as account, scp"),
        pytest.param("https://github.com.evil.example/acme/widgets", id="host as subdomain"),
        pytest.param("git@github.com.evil.example:acme/widgets", id="host as subdomain, scp"),
        pytest.param("https://github.com\\@evil.example/acme/widgets", id="backslash"),
        pytest.param("https:\\\\github.com\\acme\\widgets", id="backslashes"),
        pytest.param("https://evil.example/@github.com/acme/widgets", id="host as path"),
        pytest.param("https://evil.example#@github.com/acme/widgets", id="fragment"),
        pytest.param("https://evil.example?@github.com/acme/widgets", id="query"),
        pytest.param("https://github.com/acme/widgets\n", id="line break"),
        pytest.param("https://github.com/acme/wid gets", id="blank"),
        pytest.param("https://github.com/acme/widgets\x00", id="NUL"),
        pytest.param("https://github.com/acme/widgets\u202e", id="bidirectional override"),
        pytest.param("https://g\u0456thub.com/acme/widgets", id="look-alike letter"),
        pytest.param("https://github\u3002com/acme/widgets", id="ideographic full stop"),
        pytest.param("https://github.com%2f@evil.example/acme/widgets", id="escaped slash"),
        pytest.param("https://github.com%2facme/widgets/x", id="escaped slash in the host"),
        pytest.param("https://github.com./acme/widgets", id="trailing dot"),
        pytest.param("https://-github.com/acme/widgets", id="option-like host"),
        pytest.param("ssh://-oProxyCommand=x/acme/widgets", id="option instead of a host"),
        pytest.param("https://github.com:8443/acme/widgets", id="another port"),
        pytest.param("https://[::1]/acme/widgets", id="IPv6"),
        pytest.param("https://127.0.0.1/acme/widgets", id="IPv4"),
        pytest.param("https://github.com/acme", id="no name"),
        pytest.param("https://github.com/acme/", id="empty name"),
        pytest.param("https://github.com//widgets", id="empty owner"),
        pytest.param("https://github.com/acme/..", id="parent"),
        pytest.param("https://github.com/../widgets", id="parent as owner"),
        pytest.param("https://github.com/acme/.git", id="only the suffix"),
        pytest.param("https://gitlab.com/acme/tools/widgets", id="nested group"),
        pytest.param("https://github.com/acme/widgets?x=1", id="query behind the name"),
        pytest.param("https://github.com/acme/%2e%2e", id="escaped dots"),
        pytest.param("https://github.com/acme/" + "x" * 101, id="name too long"),
        pytest.param("https://github.com/acme/widgets" + "/" * 3000, id="address too long"),
    ],
)
def test_what_names_no_repository_is_no_remote(address: str) -> None:
    assert parse_remote(address) is None


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        pytest.param("https://github.com/acme/widgets", _WIDGETS, id="https"),
        pytest.param("https://github.com/acme/widgets.git", _WIDGETS, id="suffix"),
        pytest.param("https://github.com/acme/widgets/", _WIDGETS, id="trailing slash"),
        pytest.param("https://GitHub.com/acme/widgets", _WIDGETS, id="capitals in the host"),
        pytest.param("https://www.github.com/acme/widgets", _WIDGETS, id="www"),
        pytest.param("https://github.com:443/acme/widgets", _WIDGETS, id="usual port"),
        pytest.param("https://ghp_secret@github.com/acme/widgets", _WIDGETS, id="token"),
        pytest.param("https://me:p.w:x@github.com/acme/widgets", _WIDGETS, id="password"),
        pytest.param("git@github.com:acme/widgets.git", _WIDGETS, id="scp"),
        pytest.param("github.com:acme/widgets", _WIDGETS, id="scp without account"),
        pytest.param("org-42@github.com:acme/widgets", _WIDGETS, id="scp of an organisation"),
        pytest.param("ssh://git@github.com/acme/widgets.git", _WIDGETS, id="ssh"),
        pytest.param("ssh://git@github.com:22/acme/widgets", _WIDGETS, id="ssh with port"),
        pytest.param("ssh://git@ssh.github.com:443/acme/widgets", _WIDGETS, id="ssh over https"),
        pytest.param("git+ssh://git@github.com/acme/widgets", _WIDGETS, id="git+ssh"),
        pytest.param("git://github.com/acme/widgets", _WIDGETS, id="git"),
        pytest.param(
            "https://github.com/acme/.github", Remote("github.com", "acme", ".github"), id=".github"
        ),
        pytest.param(
            "https://octo.ghe.com/acme/widgets",
            Remote("octo.ghe.com", "acme", "widgets"),
            id="data residency",
        ),
        pytest.param(
            "git@git-server:acme/widgets.git",
            Remote("git-server", "acme", "widgets"),
            id="intranet",
        ),
    ],
)
def test_an_address_tells_host_owner_and_name(address: str, remote: Remote) -> None:
    assert parse_remote(address) == remote


@given(st.text())
def test_any_text_is_a_clean_remote_or_none(text: str) -> None:
    remote = parse_remote(text)

    assert remote is None or remote.url.isascii()


@given(st.from_regex(r"[a-z0-9+:/@.\\%-]{0,60}", fullmatch=True))
def test_any_address_like_text_is_a_remote_of_three_plain_names_or_none(text: str) -> None:
    remote = parse_remote(text)

    assert remote is None or remote.url.count("/") == 4


@pytest.mark.parametrize(
    "config",
    [
        pytest.param("", id="empty"),
        pytest.param("url = a", id="no section"),
        pytest.param('[remote "upstream"]\nurl = a', id="another remote"),
        pytest.param('[remote "Origin"]\nurl = a', id="names of remotes have capitals"),
        pytest.param("[remote]\nurl = a", id="section without name"),
        pytest.param('[branch "origin"]\nurl = a', id="another section"),
        pytest.param('[remote "origin"]\npushurl = a', id="another key"),
        pytest.param('[remote "origin"]\n# url = a\n; url = a', id="comments"),
        pytest.param('[remote "origin"]\n[core]\nurl = a', id="section has ended"),
        pytest.param('[remote "origin"]\nurl = a\\\nb', id="goes on in the next line"),
        pytest.param('[remote "origin"]\nurl = a"b"c"', id="odd quotes"),
        pytest.param('[include]\npath = other\n[remote "origin"]', id="an include is not followed"),
    ],
)
def test_no_address_where_the_configuration_gives_none(config: str) -> None:
    assert first_value(config, "remote", "origin", "url") is None


@pytest.mark.parametrize(
    "config",
    [
        pytest.param('[remote "origin"]\n\turl = a', id="as git writes it"),
        pytest.param('[remote "origin"]\nurl=a', id="without blanks"),
        pytest.param('[remote "origin"]\r\n\turl = a\r\n', id="carriage returns"),
        pytest.param('[remote "origin"] url = a', id="in the line of its section"),
        pytest.param('[Remote "origin"]\nURL = a', id="capitals"),
        pytest.param('[remote "or\\igin"]\nurl = a', id="needless escape in the section"),
        pytest.param('[remote "origin"]\nurl = "a"', id="quotes"),
        pytest.param('[remote "origin"]\nurl = a # comment', id="comment"),
        pytest.param('[remote "origin"]\nurl = a\nurl = b', id="the first one is fetched from"),
        pytest.param('[a]\n]broken[\n[remote "origin"]\nurl = a', id="after a malformed line"),
    ],
)
def test_the_address_is_found_as_git_finds_it(config: str) -> None:
    assert first_value(config, "remote", "origin", "url") == "a"
