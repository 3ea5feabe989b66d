"""Read pom.xml; properties are filled in as far as the file itself tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.inventory.purls import maven
from osmm_scan.collectors.inventory.statements import File, Role, Scope, Statement, manifest
from osmm_scan.collectors.studies.structured import Element, read_xml

_PROPERTY = re.compile(r"\$\{([^${}]{1,200})\}")
_LONGEST_VALUE = 300
_SCOPES = {"test": Scope.DEVELOPMENT, "provided": Scope.OPTIONAL}
_APPLICATIONS = frozenset({"ear", "hpi", "war"})
_APPLICATION_PLUGINS = frozenset({"jib-maven-plugin", "quarkus-maven-plugin"})
_BOOT_PLUGIN = "spring-boot-maven-plugin"


def parse_pom(file: File) -> Iterator[Statement]:
    """Yield the dependencies of a pom.xml and of its profiles.

    What `dependencyManagement` lists is only a table of versions, and plugins are tools of the
    build: neither is a dependency.
    """
    project = read_xml(file.text)
    properties = _properties(project)
    group, artifact = properties["project.groupId"], properties["project.artifactId"]
    is_named = "${" not in group + artifact and group and artifact
    role = _role(project, is_module="/" in file.path)
    yield file.package(maven(group, artifact) if is_named else None, role, project.line)
    for element in _dependencies(project):
        yield _dependency(file, element, properties)


def _dependencies(project: Element) -> Iterator[Element]:
    yield from project.all("dependencies", "dependency")
    yield from project.all("profiles", "profile", "dependencies", "dependency")


def _dependency(file: File, element: Element, properties: Mapping[str, str]) -> Statement:
    group = _fill(element.value("groupId"), properties)
    artifact = _fill(element.value("artifactId"), properties)
    version = _fill(element.value("version"), properties)
    if "${" in group + artifact:
        return file.computed("a name that another file or the build fills in", element.line)
    scope = _SCOPES.get(element.value("scope"), Scope.RUNTIME)
    return file.direct(
        maven(group, artifact),
        version,
        element.line,
        scope=Scope.OPTIONAL if element.value("optional") == "true" else scope,
        is_exact=bool(version) and not version.startswith(("[", "(")) and "${" not in version,
        is_local=element.value("scope") == "system",
    )


def _properties(project: Element) -> dict[str, str]:
    found = {
        element.name: element.text
        for table in project.all("properties")
        for element in table.children
        if len(element.text) <= _LONGEST_VALUE
    }
    for name in ("groupId", "version", "artifactId"):
        parent = project.value("parent", name)
        # An artifact is never named by its parent; group and version are.
        own = project.value(name) or (parent if name != "artifactId" else "")
        found |= {f"project.{name}": own, f"pom.{name}": own, f"project.parent.{name}": parent}
    return found


def _fill(text: str, properties: Mapping[str, str]) -> str:
    """Return a text with its properties filled in; properties may name others, a few times over."""
    for _ in range(4):
        if "${" not in text or len(text) > _LONGEST_VALUE:
            break
        text = _PROPERTY.sub(lambda found: properties.get(found[1], found[0]), text)
    return text


def _role(project: Element, *, is_module: bool) -> Role | None:
    packaging = project.value("packaging") or "jar"
    plugins = {element.text for element in _plugin_names(project)}
    if packaging in _APPLICATIONS or plugins & _APPLICATION_PLUGINS:
        return Role.APPLICATION
    if _BOOT_PLUGIN in plugins and packaging == "jar":
        return Role.APPLICATION
    # A module is a part of either; only a project of one module is a library by being a jar.
    is_library = packaging in {"bundle", "jar", "maven-plugin"}
    return Role.LIBRARY if is_library and not is_module else None


def _plugin_names(project: Element) -> Iterator[Element]:
    yield from project.all("build", "plugins", "plugin", "artifactId")


FORMATS = (manifest("maven", parse_pom, "pom.xml"),)
