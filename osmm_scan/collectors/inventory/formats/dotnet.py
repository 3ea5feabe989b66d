"""Read the XML of NuGet projects, central package versions, packages.config and the lockfile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import Element, read_json, read_xml, table, word

_REFERENCES = ("PackageReference", "GlobalPackageReference", "PackageVersion")
_EXACT = re.compile(r"\[?\d+(?:\.\d+){0,3}(?:-[\w.-]+)?\]?")
_RUN = frozenset({"exe", "winexe"})
_APPLICATION_SDKS = ("Microsoft.NET.Sdk.Web", "Microsoft.NET.Sdk.Worker")
# The runtime itself, which old projects name as if it were a package.
_PLATFORM = frozenset({"microsoft.netcore.app", "microsoft.aspnetcore.app", "netstandard.library"})


def parse_project(file: File) -> Iterator[Statement]:
    """Yield the package references of a project or of properties that projects share."""
    project = read_xml(file.text)
    for kind in _REFERENCES:
        for element in project.below(kind):
            yield from _reference(file, element)
    if file.path.endswith("proj"):
        yield file.package(None, _role(project), project.line)


def parse_packages_config(file: File) -> Iterator[Statement]:
    """Yield the packages of a packages.config."""
    for element in read_xml(file.text).all("package"):
        is_development = element.attributes.get("developmentDependency") == "true"
        yield file.direct(
            named("nuget", element.attributes.get("id", "")),
            element.attributes.get("version", ""),
            element.line,
            scope=Scope.DEVELOPMENT if is_development else Scope.RUNTIME,
            is_exact=True,
        )


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a packages.lock.json."""
    frameworks = table(read_json(file.text), "dependencies")
    for framework in frameworks:
        packages = table(frameworks, framework)
        for name in packages:
            details = table(packages, name)
            is_local = details.get("type") == "Project"
            version = word(details.get("resolved"))
            yield file.locked(named("nuget", name), version, is_local=is_local)


def _reference(file: File, element: Element) -> Iterator[Statement]:
    # `Update` changes a reference that stands elsewhere.
    names = element.attributes.get("Include", "")
    version = element.attributes.get("Version", "") or element.value("Version")
    # Assets marked so never reach those that use the project.
    is_private = "all" in (
        element.attributes.get("PrivateAssets", "").lower(),
        element.value("PrivateAssets").lower(),
    )
    for name in filter(None, (part.strip() for part in names.split(";"))):
        if "$(" in name or "@(" in name:
            yield file.computed("a package name that the build computes", element.line)
        elif name.lower() not in _PLATFORM:
            yield file.direct(
                named("nuget", name),
                version,
                element.line,
                scope=Scope.DEVELOPMENT if is_private else Scope.RUNTIME,
                is_exact=_EXACT.fullmatch(version) is not None,
            )


def _role(project: Element) -> Role | None:
    kinds = {element.text.lower() for element in project.below("OutputType")}
    if kinds & _RUN or project.attributes.get("Sdk", "").startswith(_APPLICATION_SDKS):
        return Role.APPLICATION
    packed = {element.text.lower() for element in project.below("IsPackable")}
    is_published = any(True for _ in project.below("PackageId")) or "true" in packed
    return Role.LIBRARY if is_published and "false" not in packed else None


FORMATS = (
    manifest("nuget", parse_project, "*.csproj", "*.fsproj", "*.vbproj"),
    manifest(
        "nuget",
        parse_project,
        "Directory.Packages.props",
        "Directory.Build.props",
        "Directory.Build.targets",
    ),
    manifest("nuget", parse_packages_config, "packages.config"),
    lockfile("nuget", parse_lock, "packages.lock.json"),
)
