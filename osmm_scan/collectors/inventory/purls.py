"""Package URLs without a version, one function per ecosystem (https://github.com/package-url)."""

from __future__ import annotations

import re
from functools import lru_cache

from packageurl import PackageURL
from packaging.utils import canonicalize_name

from osmm_scan.collectors.studies.structured import Malformed

_LONGEST = 300
_SCHEME = re.compile(r"^(?:git\+)?(?:[a-z+]+://)?(?:[^@/]*@)?", re.IGNORECASE)


def pypi(name: str) -> str:
    """Return the purl of a Python package; `Foo_bar.baz` and `foo-bar-baz` are the same one."""
    return _purl("pypi", "", canonicalize_name(name))


def npm(name: str) -> str:
    """Return the purl of a JavaScript package, `name` or `@scope/name`."""
    scope, _, rest = name.rpartition("/")
    return _purl("npm", scope, rest)


def maven(group: str, artifact: str) -> str:
    """Return the purl of a Java artifact."""
    return _purl("maven", group, artifact)


def golang(module: str) -> str:
    """Return the purl of a Go module."""
    namespace, _, name = module.rpartition("/")
    return _purl("golang", namespace, name)


def composer(name: str) -> str:
    """Return the purl of a PHP package, `vendor/name`."""
    vendor, _, rest = name.rpartition("/")
    return _purl("composer", vendor, rest)


def swift(url: str) -> str:
    """Return the purl of a Swift package by the address of its repository."""
    address = _SCHEME.sub("", url.strip(), count=1).replace(":", "/", 1)
    namespace, _, name = address.rstrip("/").removesuffix(".git").rpartition("/")
    return _purl("swift", namespace.lower(), name)


def github_action(uses: str) -> str:
    """Return the purl of a GitHub action, `owner/repository` with or without a path inside it."""
    owner, _, rest = uses.partition("/")
    return _purl("githubactions", owner.lower(), rest.partition("/")[0].lower())


def docker(image: str) -> str:
    """Return the purl of an image; the registry is kept unless it is Docker Hub."""
    host, slash, rest = image.partition("/")
    if not (slash and (":" in host or "." in host or host == "localhost")):
        host, rest = "", image
    if host in {"docker.io", "index.docker.io", "registry-1.docker.io"}:
        host = ""
    namespace, _, name = rest.removeprefix("library/").rpartition("/")
    return _purl("docker", namespace, name, host)


def terraform(source: str) -> str:
    """Return the purl of a Terraform provider, `namespace/name` with or without a registry."""
    namespace, _, name = source.rpartition("/")
    return _purl("terraform", namespace.rpartition("/")[2] or "hashicorp", name)


def named(ecosystem: str, name: str) -> str:
    """Return the purl of a package in an ecosystem whose names are flat."""
    return _purl(ecosystem, "", name)


@lru_cache(maxsize=16_384)
def _purl(kind: str, namespace: str, name: str, host: str = "") -> str:
    if not name.strip() or len(name) + len(namespace) > _LONGEST:
        raise Malformed("a package has no usable name")
    qualifiers = {"repository_url": host} if host else None
    try:
        return PackageURL(kind, namespace or None, name, qualifiers=qualifiers).to_string()
    except ValueError as error:  # UnicodeEncodeError, too: half of a surrogate pair
        raise Malformed("a package has no usable name") from error
