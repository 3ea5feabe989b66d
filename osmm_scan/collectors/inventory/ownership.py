"""Tell packages that the repository's own owner publishes from those of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from osmm_scan.collectors.inventory.statements import Dependency, Package
from osmm_scan.sources.repository import Remote

# Addresses under which each owner has a folder; elsewhere the whole host belongs to one owner.
_FORGES = frozenset({"bitbucket.org", "codeberg.org", "gitee.com", "github.com", "gitlab.com"})
# Names that anybody may publish under.
_SHARED = frozenset({"golang/gopkg.in", "maven/com.github", "maven/io.github"})
_SCOPED = frozenset({"composer", "npm"})


@dataclass(frozen=True, slots=True)
class Owner:
    """The packages that a repository defines, and the namespaces that they lie in."""

    purls: frozenset[str]
    namespaces: tuple[str, ...]

    @classmethod
    def of(cls, remote: Remote | None, packages: Iterable[Package]) -> Owner:
        """Return the owner of these packages of a repository with this remote."""
        purls = frozenset(package.purl for package in packages if package.purl)
        namespaces = {_namespace(purl).lower() for purl in purls}
        if remote is not None and remote.host in _FORGES:
            owner = remote.owner.lower()
            namespaces |= {f"{kind}/{remote.host}/{owner}" for kind in ("golang", "swift")}
            namespaces.add(f"githubactions/{owner}")
        return cls(purls, tuple(sorted(namespaces - {""} - _SHARED)))

    def owns(self, dependency: Dependency) -> bool:
        """Tell whether a package is the owner's own."""
        if dependency.purl in self.purls:
            return True
        name = dependency.purl.removeprefix("pkg:").lower()
        return any(name.startswith((f"{own}/", f"{own}.")) for own in self.namespaces)


def _namespace(purl: str) -> str:
    """Return the part of a package's name that belongs to its owner, empty when none does."""
    kind, _, name = purl.removeprefix("pkg:").partition("/")
    parts = name.split("/")
    if kind == "golang":
        owned = parts[:2] if parts[0] in _FORGES else parts[:1]
        is_whole = len(owned) == 2 or parts[0] not in _FORGES
        return "/".join([kind, *owned]) if is_whole and "." in parts[0] else ""
    if kind == "maven":
        return f"{kind}/{parts[0]}" if "." in parts[0] else ""
    return f"{kind}/{parts[0]}" if kind in _SCOPED and len(parts) > 1 else ""
