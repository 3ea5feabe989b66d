from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory import use
from osmm_scan.collectors.inventory.answers import Answer, Question
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value
from tests.fakes import FakeRepository, observe

WORKFLOW = "jobs: {a: {steps: [{uses: a/b@v1}]}}\n"


@pytest.mark.parametrize(
    ("files", "declares", "consumes"),
    [
        pytest.param({}, False, False, id="no files"),
        pytest.param({"package.json": "{}"}, False, False, id="an empty manifest"),
        pytest.param({"examples/requirements.txt": "six\n"}, False, False, id="only an example"),
        pytest.param(
            {".github/workflows/ci.yml": WORKFLOW}, True, False, id="an action is no package"
        ),
        pytest.param({"Dockerfile": "FROM python\n"}, True, False, id="an image is no package"),
        pytest.param({"requirements.txt": "six\n"}, True, True, id="a package"),
        pytest.param(
            {"yarn.lock": 'a@1:\n  version "1"\n'}, True, True, id="only a lockfile tells"
        ),
        pytest.param(
            {"package.json": UNREADABLE}, Missing.FAULT, Missing.FAULT, id="nothing readable"
        ),
        pytest.param(
            {"package.json": UNREADABLE, "requirements.txt": "six\n"},
            True,
            True,
            id="enough is readable",
        ),
        pytest.param(
            {"Dockerfile": UNREADABLE}, Missing.FAULT, False, id="no package hides in an image"
        ),
        pytest.param(
            {"setup.py": "setup(install_requires=read())"},
            Missing.NOT_SUPPORTED,
            Missing.NOT_SUPPORTED,
            id="computed",
        ),
        pytest.param(
            {"build.sbt": "libraryDependencies"},
            Missing.NOT_SUPPORTED,
            Missing.NOT_SUPPORTED,
            id="a format that is not read",
        ),
    ],
)
def test_packages_are_told_from_images_and_actions(
    files: Files, declares: Value | Missing, consumes: Value | Missing
) -> None:
    assert (value(use.declares, files), value(use.consumes, files)) == (declares, consumes)


def test_the_manifest_nearest_to_the_root_is_cited() -> None:
    files = {"a/requirements.txt": "six\n", "z.gemspec": "\n s.add_dependency 'rack'\n"}

    assert answer(use.consumes, files) == Answer(True, "z.gemspec", 2)


TWO = {
    "a/requirements.txt": "six\nrequests\n",
    "package.json": '{"dependencies": {"react": "1"}, "devDependencies": {"react": "2"}}',
}
BROKEN = {**TWO, "b/package.json": "{"}


@pytest.mark.parametrize(
    ("question", "files", "expected"),
    [
        pytest.param(use.direct, {}, (), id="no package"),
        pytest.param(
            use.direct,
            TWO,
            ("pkg:npm/react", "pkg:pypi/requests", "pkg:pypi/six"),
            id="sorted and each once",
        ),
        pytest.param(
            use.direct,
            BROKEN,
            ("pkg:npm/react", "pkg:pypi/requests", "pkg:pypi/six"),
            id="siblings of a broken one count",
        ),
        pytest.param(use.direct, {"package.json": "{"}, Missing.FAULT, id="all broken"),
        pytest.param(use.direct_count, TWO, 3, id="their number"),
        pytest.param(use.direct_count, BROKEN, Missing.FAULT, id="a number that may be larger"),
        pytest.param(use.ecosystems, {}, (), id="no ecosystem"),
        pytest.param(use.ecosystems, TWO, ("npm", "pypi"), id="two ecosystems"),
        pytest.param(use.ecosystems, {"package.json": "{"}, Missing.FAULT, id="perhaps one"),
        pytest.param(use.locked_count, BROKEN, 0, id="no lockfile is broken"),
        pytest.param(use.locked_count, {"yarn.lock": "<"}, Missing.FAULT, id="one is broken"),
    ],
)
def test_what_is_used(question: Question, files: Files, expected: Value | Missing) -> None:
    assert value(question, files) == expected


BEFORE = "six\nrequests\n"


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        pytest.param({"requirements.txt": BEFORE}, {"requirements.txt": BEFORE}, (), id="the same"),
        pytest.param(
            {"requirements.txt": BEFORE}, {"requirements.txt": "six\n"}, (), id="one left"
        ),
        pytest.param(
            {"requirements.txt": BEFORE},
            {"requirements.txt": "six>=2\nRequests\n"},
            (),
            id="other versions and spellings",
        ),
        pytest.param(
            {"requirements.txt": BEFORE}, {"api/requirements.txt": BEFORE}, (), id="it was moved"
        ),
        pytest.param({}, {}, (), id="nothing at all"),
        pytest.param(
            {"requirements.txt": BEFORE},
            {"requirements.txt": BEFORE + "attrs\n"},
            ("pkg:pypi/attrs",),
            id="one came",
        ),
        pytest.param(
            {"README.md": "#"}, {"requirements.txt": "six\n"}, ("pkg:pypi/six",), id="the first"
        ),
        pytest.param(None, {"requirements.txt": "six\n"}, ("pkg:pypi/six",), id="a new repository"),
        pytest.param(
            {"requirements.txt": UNREADABLE},
            {"requirements.txt": "six\n"},
            Missing.FAULT,
            id="what was there is not readable",
        ),
        pytest.param(
            {"requirements.txt": BEFORE},
            {"requirements.txt": UNREADABLE},
            Missing.FAULT,
            id="what is there is not readable",
        ),
    ],
)
def test_new_packages_are_those_that_were_not_asked_for_before(
    then: Files | None, now: Files, expected: Value | Missing
) -> None:
    past = None if then is None else FakeRepository(then)

    assert value_of(FakeRepository(now, earlier=past), use.new_direct) == expected


def test_new_packages_of_a_shallow_clone_are_unknown() -> None:
    cut = Unobserved(Missing.TRUNCATED, "a shallow clone")

    assert value_of(FakeRepository(TWO, earlier=cut), use.new_direct) is Missing.TRUNCATED


def value_of(repository: FakeRepository, question: Question) -> Value | Missing:
    try:
        return question(observe(repository)).value
    except Unobserved as reason:
        return reason.missing
