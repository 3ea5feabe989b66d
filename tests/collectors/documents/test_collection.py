"""The best document of a repository is its fact; what cannot be seen is unknown."""

from datetime import date

import pytest

from osmm_scan.collectors import documents
from osmm_scan.collectors.documents.candidates import LIMIT, SIZE_LIMIT
from osmm_scan.collectors.studies.changes import OLDEST_DAYS
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value
from osmm_scan.sources.repository import Change
from tests.collectors.documents import texts
from tests.fakes import AS_OF, FakeRepository, change, facts, observe

KEY = "document.consumption_policy"


def _fact(key: str = KEY, **repository: object) -> Evidence:
    given = {"name": "acme/handbook", **repository}
    return facts(documents, FakeRepository(**given))[key]  # type: ignore[arg-type] # table of options


def test_a_repository_without_documents_has_none() -> None:
    found = facts(documents, FakeRepository({"README.md": "# Widgets\n"}))

    assert [item.value for item in found.values() if item.missing] == []
    assert found[KEY].value == {"present": False, "quality": 0}
    assert found["document.metrics_report"].value == {
        "present": False,
        "quality": 0,
        "programme_quality": 0,
        "health_quality": 0,
        "programme_24m": 0,
        "recent_24m": 0,
    }


def test_the_best_document_counts_and_is_cited() -> None:
    files = {"docs/a-policy.md": texts.HOLLOW["consumption_policy"], "use.md": texts.CONSUMPTION}

    found = _fact(files=files)

    assert found.value == {
        "states_preference": False,
        "present": True,
        "quality": 3,
        "age_days": 149,
    }
    assert (found.source.path, found.source.line) == ("use.md", 11)


@pytest.mark.parametrize(
    ("changes", "age"),
    [
        pytest.param([], {"low": OLDEST_DAYS}, id="unchanged for years"),
        pytest.param([change("use.md", "2026-06-29")], {"low": OLDEST_DAYS}, id="another file"),
        pytest.param([change("docs/upstream.md", "2026-05-31")], 30, id="changed a month ago"),
        pytest.param(
            Unobserved(Missing.TRUNCATED, "a shallow clone"), {"low": 0}, id="no history to tell"
        ),
    ],
)
def test_without_a_date_the_last_change_tells_the_age(
    changes: list[Change] | Unobserved, age: Value
) -> None:
    files = {"docs/upstream.md": texts.CONTRIBUTION}

    found = _fact("document.contribution_policy", files=files, changes=changes)

    assert isinstance(found.value, dict)
    assert found.value["age_days"] == age


@pytest.mark.parametrize(
    ("day", "age"),
    [
        pytest.param("2025-06-30", 149, id="the stated day is later"),
        pytest.param("2026-06-20", 10, id="the last change is later"),
    ],
)
def test_a_document_with_a_date_is_as_old_as_the_later_of_both(day: str, age: int) -> None:
    found = _fact(files={"use.md": texts.CONSUMPTION}, changes=[change("use.md", day)])

    assert isinstance(found.value, dict)
    assert found.value["age_days"] == age


def test_the_day_of_approval_is_an_age() -> None:
    found = _fact("document.strategy", files={"docs/strategy.md": texts.STRATEGY})

    assert isinstance(found.value, dict)
    assert found.value["age_days"] == (AS_OF - date(2026, 1, 10)).days


def test_the_date_of_the_next_review_is_no_age() -> None:
    text = texts.CONSUMPTION.replace("2026-02-01", "2026-02-01, next review 2026-06-01")

    found = _fact(files={"use.md": text})

    assert isinstance(found.value, dict)
    assert found.value["age_days"] == 149


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        pytest.param(texts.STRATEGY.partition("## Objectives")[0], 0, id="half of one"),
        pytest.param(texts.STRATEGY, 1, id="says nothing to staff"),
        pytest.param(
            texts.STRATEGY + "\nOur employees publish.\n\nOur engineers use it.\n",
            3,
            id="binds staff",
        ),
    ],
)
def test_a_product_speaks_for_its_owner_only_where_it_says_so(text: str, quality: int) -> None:
    files = {"docs/strategy.md": text, "src/main.py": "print()"}

    found = facts(documents, FakeRepository(files, name="acme/widgets"))["document.strategy"]

    assert isinstance(found.value, dict)
    assert found.value["quality"] == quality


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(Unobserved(Missing.FAULT, "damaged"), id="damaged"),
        pytest.param("a" * (SIZE_LIMIT + 1), id="too large"),
        pytest.param(b"\0\1", id="binary"),
    ],
)
def test_a_likely_document_that_cannot_be_read_is_unknown(content: Unobserved | str) -> None:
    found = _fact(files={"docs/consumption.md": content})

    assert found.missing is not None
    assert found.source.path == "docs/consumption.md"


def test_more_likely_files_than_are_read_leave_the_answer_open() -> None:
    found = _fact(files={f"policy/{number}.md": "text" for number in range(LIMIT + 1)})

    assert found.missing is Missing.TRUNCATED


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("vendor/use.md", id="vendored"),
        pytest.param("examples/use.md", id="example"),
        pytest.param("tests/use.md", id="test"),
        pytest.param("use.png", id="no text"),
        pytest.param("LICENSES/LicenseRef-Use.txt", id="text of a license"),
        pytest.param("fonts/OFL.txt", id="text of a font's license"),
    ],
)
def test_files_of_others_are_not_read(path: str) -> None:
    assert _fact(files={path: texts.CONSUMPTION}).value == {"present": False, "quality": 0}


def test_single_entries_make_one_radar() -> None:
    rings = ("adopt", "trial", "assess", "hold", "adopt")
    files = {
        f"radar/{edition}/tool-{number}.md": f'---\ntitle: "tool"\nring: {ring}\n---\nA tool.\n'
        for edition in ("2025-01", "2026-01")
        for number, ring in enumerate(rings)
    }

    found = _fact("document.tech_radar", files=files | {"site/main.py": "print()"}, name="acme/x")

    assert isinstance(found.value, dict)
    assert (found.value["quality"], found.value["entries"], found.value["hold_count"]) == (2, 5, 1)


_ADVICE = "Your organization needs a strategy.\n\n" * 4 + texts.STRATEGY


@pytest.mark.parametrize(
    ("pages", "quality"),
    [
        pytest.param(0, 3, id="alone"),
        pytest.param(4, 3, id="beside some advice"),
        pytest.param(5, None, id="among a body of advice"),
    ],
)
def test_a_document_among_advice_to_others_may_be_nobodys_own(
    pages: int, quality: int | None
) -> None:
    files = {f"guide/strategy-{number}.md": _ADVICE for number in range(pages)}

    found = _fact("document.strategy", files=files | {"strategy.md": texts.STRATEGY})

    assert (found.value["quality"] if isinstance(found.value, dict) else None) == quality
    assert found.source.path == "strategy.md"


def test_advice_to_others_leaves_the_rest_as_it_is() -> None:
    files = {f"guide/strategy-{number}.md": _ADVICE for number in range(5)}

    found = facts(documents, FakeRepository({**files, "SECURITY.md": texts.SECURITY}))

    assert found["document.security_policy"].value is not None
    assert found["document.tech_radar"].value == {"present": False, "quality": 0}


@pytest.mark.parametrize(
    ("path", "text", "name", "quality"),
    [
        pytest.param(
            "docs/networks.md",
            "# Networks\n\n| Name | State |\n|---|---|\n| a | deprecated |\n",
            "acme/widgets",
            0,
            id="a word of its rings in another table",
        ),
        pytest.param("MAINTAINERS", "Ada", "acme/tech-radar", 0, id="another file of a radar"),
        pytest.param("docs/config.json", texts.RADAR, "acme/widgets", 0, id="data of a product"),
        pytest.param(
            "radar/hold/old.md", "---\nring: hold\n---\nOld.\n", "acme/x", 1, id="one entry"
        ),
        pytest.param("docs/config.json", texts.RADAR, "acme/tech-radar", 2, id="data of a radar"),
    ],
)
def test_a_radar_is_told_by_its_entries(path: str, text: str, name: str, quality: int) -> None:
    found = _fact("document.tech_radar", files={path: text}, name=name)

    assert isinstance(found.value, dict)
    assert found.value["quality"] == quality


def test_each_document_is_shown_with_what_it_lacks() -> None:
    observer = observe(FakeRepository({"use.md": texts.CONSUMPTION}, name="acme/handbook"))

    details = [one for one in documents.collect(observer) if one.key == "document.found"]

    shown = {one.value["class"]: one.value for one in details if isinstance(one.value, dict)}
    assert shown["consumption_policy"]["quality"] == 3
    assert "preference" in shown["consumption_policy"]["missing"]  # type: ignore[operator] # a tuple
