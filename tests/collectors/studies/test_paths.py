"""Whose file a path is, its language, and where GitHub looks for health files."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.studies import paths
from osmm_scan.sources.repository import Entry, EntryKind
from tests.fakes import FakeRepository


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("src/app.py", id="plain source"),
        pytest.param("src/main/java/com/example/App.java", id="example as a package name"),
        pytest.param("lib/external/api.py", id="external below the top"),
        pytest.param("src/latest.java", id="ends like a test in lower case"),
        pytest.param("contest.py", id="contains a test's name"),
        pytest.param("package-lock.json", id="lockfiles are the project's own evidence"),
        pytest.param(".github/workflows/ci.yml", id="hidden folder"),
        pytest.param("vendor", id="a file with a vendor folder's name"),
        pytest.param("src/distribution/map.js", id="name begins like a generated folder"),
    ],
)
def test_the_projects_own_files_are_own(path: str) -> None:
    assert paths.is_own(path)


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        pytest.param("web/node_modules/a/index.js", paths.is_vendored, id="npm"),
        pytest.param("vendor/github.com/a/b.go", paths.is_vendored, id="go"),
        pytest.param("Third_Party/zlib/zlib.c", paths.is_vendored, id="case is ignored"),
        pytest.param("external/zlib/zlib.c", paths.is_vendored, id="external at the top"),
        pytest.param(".yarn/releases/yarn-4.cjs", paths.is_vendored, id="yarn"),
        pytest.param("ios/Pods/A/A.m", paths.is_vendored, id="cocoapods"),
        pytest.param("gradlew", paths.is_vendored, id="wrapper script"),
        pytest.param("examples/a/main.go", paths.is_example, id="examples"),
        pytest.param("docs/samples/a.py", paths.is_example, id="samples below docs"),
        pytest.param("pkg/testdata/a.yaml", paths.is_test, id="test data"),
        pytest.param("tests/test_a.py", paths.is_test, id="tests folder"),
        pytest.param("src/test/java/A.java", paths.is_test, id="maven tests"),
        pytest.param("pkg/a_test.go", paths.is_test, id="go test"),
        pytest.param("src/a.spec.ts", paths.is_test, id="javascript test"),
        pytest.param("src/AppTest.java", paths.is_test, id="java test class"),
        pytest.param("dist/index.js", paths.is_generated, id="bundled"),
        pytest.param("static/jquery.min.js", paths.is_generated, id="minified"),
        pytest.param("api/v1/a.pb.go", paths.is_generated, id="protobuf"),
        pytest.param("api/zz_generated.deepcopy.go", paths.is_generated, id="kubernetes"),
    ],
)
def test_what_is_not_own_says_why(path: str, claim) -> None:
    assert claim(path)
    assert not paths.is_own(path)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        pytest.param("README.md", None, id="prose"),
        pytest.param("data.json", None, id="data"),
        pytest.param("index.html", None, id="markup"),
        pytest.param("LICENSE", None, id="no ending"),
        pytest.param(".py", None, id="hidden file, no ending"),
        pytest.param("app/main.PY", "Python", id="ending in capitals"),
        pytest.param("Dockerfile", "Dockerfile", id="by name"),
        pytest.param("x/CMakeLists.txt", "CMake", id="name before ending"),
        pytest.param("a.tsx", "TypeScript", id="dialect"),
    ],
)
def test_language_is_known_by_name(path: str, language: str | None) -> None:
    assert paths.language(path) == language


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param(["src/CONTRIBUTING.md"], None, id="not a place GitHub looks at"),
        pytest.param([".github/docs/CONTRIBUTING.md"], None, id="too deep"),
        pytest.param(["CONTRIBUTING.md/a.txt"], None, id="folder of that name"),
        pytest.param(["CONTRIBUTING.py"], None, id="not prose"),
        pytest.param(["CONTRIBUTING .md"], None, id="look-alike with a space"),
        pytest.param(["contributing.MD"], "contributing.MD", id="case is ignored"),
        pytest.param(["CONTRIBUTING"], "CONTRIBUTING", id="no ending"),
        pytest.param(["docs/CONTRIBUTING.rst"], "docs/CONTRIBUTING.rst", id="docs"),
        pytest.param(
            ["CONTRIBUTING.md", "docs/CONTRIBUTING.md"], "CONTRIBUTING.md", id="top before docs"
        ),
        pytest.param(
            [".github/CONTRIBUTING.txt", "CONTRIBUTING.md"],
            ".github/CONTRIBUTING.txt",
            id=".github before top, whatever the ending",
        ),
        pytest.param(
            ["CONTRIBUTING.txt", "CONTRIBUTING.md"], "CONTRIBUTING.md", id="usual ending first"
        ),
    ],
)
def test_health_files_are_found_where_github_looks(files: list[str], found: str | None) -> None:
    entries = FakeRepository(dict.fromkeys(files, "text")).entries()

    assert paths.at_github_locations(entries, ["CONTRIBUTING"]) == found


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        pytest.param(EntryKind.SUBMODULE, None, id="submodule"),
        pytest.param(EntryKind.SYMLINK, "SECURITY.md", id="link"),
    ],
)
def test_links_are_files_and_submodules_are_not(kind: EntryKind, found: str | None) -> None:
    entries = {"SECURITY.md": Entry("SECURITY.md", kind, "0" * 40, 12)}

    assert paths.at_github_locations(entries, ["SECURITY"]) == found
