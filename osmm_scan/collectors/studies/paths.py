"""Tell from a path alone whose file it is, in which language, and where GitHub looks for it.

Nothing here reads a file. A path is that of a tree: relative, with forward slashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import basename, splitext

from osmm_scan.collectors.studies.languages import BY_EXTENSION, BY_NAME
from osmm_scan.sources.repository import Entry, EntryKind

# The order in which GitHub looks for a health file; the first folder that has one wins.
HEALTH_FOLDERS = (".github/", "", "docs/")

# What a health file may end in, the usual ending first.
TEXT_ENDINGS = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".rst",
    ".adoc",
    ".asciidoc",
    ".txt",
    "",
    ".org",
    ".textile",
    ".rdoc",
)

_VENDORED = frozenset(
    {
        ".bundle",
        ".tox",
        ".venv",
        ".yarn",
        "3rd-party",
        "3rd_party",
        "3rdparty",
        "_vendor",
        "_vendored",
        "bower_components",
        "carthage",
        "godeps",
        "jspm_packages",
        "node_modules",
        "pods",
        "site-packages",
        "third-party",
        "third_party",
        "thirdparty",
        "vendor",
        "vendored",
        "vendors",
        "venv",
    }
)
# These names are vendor folders at the top only; deeper they are common names of own packages.
_VENDORED_AT_TOP = frozenset({"deps", "extern", "external", "externals"})
_VENDORED_FILES = frozenset({"gradlew", "gradlew.bat", "mvnw", "mvnw.cmd"})

_EXAMPLES = frozenset(
    {
        "_examples",
        "demo",
        "demos",
        "example",
        "examples",
        "sample",
        "samples",
        "tutorial",
        "tutorials",
    }
)
# `com/example/` is a package name, not a folder of examples.
_PACKAGE_ROOTS = frozenset({"com", "dev", "io", "net", "org"})

_TESTS = frozenset(
    {
        "__fixtures__",
        "__mocks__",
        "__snapshots__",
        "__tests__",
        "e2e",
        "fixture",
        "fixtures",
        "integration-test",
        "integration-tests",
        "integration_test",
        "integration_tests",
        "spec",
        "specs",
        "test",
        "test-data",
        "test-fixtures",
        "test_data",
        "test_fixtures",
        "testdata",
        "testfixtures",
        "tests",
        "unittest",
        "unittests",
    }
)
_TEST_FILE = re.compile(
    r"""
      conftest\.py
    | test_[^/]*\.py
    | [^/]*_test\.(?:c|cc|cpp|dart|ex|exs|go|py|rb|rs)
    | [^/]*_spec\.(?:lua|rb)
    | [^/]*[.-](?:e2e|spec|test|tests)\.[cm]?[jt]sx?
    """,
    re.VERBOSE,
)
# By convention these begin with a capital letter, so that `latest.java` is no test.
_TEST_CLASS = re.compile(r"[^/]*(?:Test|Tests|TestCase|Spec|IT)\.(?:cs|groovy|java|kt|php|scala)")

_GENERATED = frozenset(
    {"__generated__", "__pycache__", "_build", "_site", "dist", "generated", "htmlcov"}
)
_GENERATED_FILE = re.compile(
    r"""
      [^/]*[.-]min\.[cm]?(?:css|js)
    | [^/]*\.(?:css|js)\.map
    | [^/]*[._]generated\.[a-z]+
    | [^/]*\.(?:g|freezed)\.dart
    | [^/]*\.(?:g|designer)\.cs
    | [^/]*\.pb(?:\.gw)?\.(?:cc|go|h|swift)
    | [^/]*_grpc\.pb\.go
    | [^/]*_pb2(?:_grpc)?\.pyi?
    | [^/]*_pb\.[jt]s
    | zz_generated\.[^/]*
    """,
    re.VERBOSE,
)


def is_own(path: str) -> bool:
    """Tell whether a file is the project's own work and part of what it delivers."""
    return not (is_vendored(path) or is_example(path) or is_test(path) or is_generated(path))


def is_vendored(path: str) -> bool:
    """Tell whether a file was copied in from another project."""
    folders, name = _parts(path)
    return (
        bool(_VENDORED.intersection(folders))
        or bool(folders and folders[0] in _VENDORED_AT_TOP)
        or name.lower() in _VENDORED_FILES
    )


def is_example(path: str) -> bool:
    """Tell whether a file is part of an example, sample, demonstration or tutorial."""
    folders, _ = _parts(path)
    before = ("", *folders)
    return any(
        folder in _EXAMPLES and parent not in _PACKAGE_ROOTS
        for parent, folder in zip(before, folders, strict=False)
    )


def is_test(path: str) -> bool:
    """Tell whether a file is a test, or data that tests read."""
    folders, name = _parts(path)
    return (
        bool(_TESTS.intersection(folders))
        or _TEST_FILE.fullmatch(name.lower()) is not None
        or _TEST_CLASS.fullmatch(name) is not None
    )


def is_generated(path: str) -> bool:
    """Tell whether a file was made by a program: compiled, bundled, minified. Lockfiles are not."""
    folders, name = _parts(path)
    return bool(_GENERATED.intersection(folders)) or bool(_GENERATED_FILE.fullmatch(name.lower()))


def language(path: str) -> str | None:
    """Return the programming language of a file by its name, as Linguist calls it.

    None for prose, data and markup.
    """
    name = basename(path)
    return BY_NAME.get(name) or BY_EXTENSION.get(splitext(name)[1].lower())


def at_github_locations(entries: Mapping[str, Entry], names: Iterable[str]) -> str | None:
    """Return the health file of one of these names, such as `CONTRIBUTING`, that GitHub shows.

    A link counts as a file here; reading it tells whether it leads to one.
    """
    wanted = {f"{name}{ending}".lower(): ending for name in names for ending in TEXT_ENDINGS}
    found = [
        (HEALTH_FOLDERS.index(folder), TEXT_ENDINGS.index(wanted[name.lower()]), path)
        for path, folder, name in _health_files(entries)
        if name.lower() in wanted
    ]
    return min(found)[2] if found else None


def _health_files(entries: Mapping[str, Entry]) -> Iterable[tuple[str, str, str]]:
    for path, entry in entries.items():
        folder, slash, name = path.rpartition("/")
        if folder + slash in HEALTH_FOLDERS and entry.kind is not EntryKind.SUBMODULE:
            yield path, folder + slash, name


def _parts(path: str) -> tuple[tuple[str, ...], str]:
    folder, _, name = path.rpartition("/")
    return tuple(folder.lower().split("/")) if folder else (), name
