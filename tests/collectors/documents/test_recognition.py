"""Documents are told by what they say, and from what only looks like them."""

import pytest

from osmm_scan.collectors.documents.recognition import Finding, recognise
from osmm_scan.collectors.documents.rubrics import load_rubrics
from tests.collectors.documents import texts


def _found(text: str, path: str) -> dict[str, Finding]:
    return {one.name: one for one in recognise(text, path, load_rubrics(), "acme/handbook")}


def _quality(text: str, path: str, name: str) -> int:
    finding = _found(text, path).get(name)
    return finding.quality if finding else 0


@pytest.mark.parametrize("name", sorted(texts.HOLLOW))
def test_hollow_documents_are_mentions_at_most(name: str) -> None:
    assert _quality(texts.HOLLOW[name], f"docs/{name}.md", name) <= 1


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        pytest.param("", "docs/policy.md", "consumption_policy", id="empty"),
        pytest.param(
            texts.CONTRIBUTING, "CONTRIBUTING.md", "contribution_policy", id="speaks to outsiders"
        ),
        pytest.param(
            texts.CONSUMPTION.replace("head of platform", "<COMPANY_NAME>"),
            "docs/policy.md",
            "consumption_policy",
            id="template that nobody filled in",
        ),
        pytest.param(
            texts.CONSUMPTION, "docs/policy-template.md", "consumption_policy", id="named template"
        ),
        pytest.param(
            "In this lesson you will learn about rules.\n\n" + texts.LICENSES,
            "docs/licenses.md",
            "license_policy",
            id="lesson",
        ),
        pytest.param(
            texts.CONSUMPTION.replace("## Rules", "Your organization needs this.\n\n" * 4),
            "docs/policy.md",
            "consumption_policy",
            id="advice to other organizations",
        ),
        pytest.param(
            texts.CONSUMPTION,
            ".github/instructions/policy.instructions.md",
            "consumption_policy",
            id="instructions to a machine",
        ),
        pytest.param(
            "This policy has been superseded.\n\n" + texts.CONSUMPTION,
            "docs/policy.md",
            "consumption_policy",
            id="no longer holds",
        ),
        pytest.param(
            texts.CONSUMPTION, "archive/policy.md", "consumption_policy", id="lies in an archive"
        ),
        pytest.param(
            texts.GOVERNANCE, "meetings/governance.md", "project_governance", id="minutes"
        ),
        pytest.param(
            "# Evaluation\n\n| Tool | Decision |\n|---|---|\n"
            + "| a | adopt |\n| b | avoid |\n" * 4,
            "docs/evaluation.md",
            "tech_radar",
            id="table of decisions",
        ),
        pytest.param(
            "Grade this 5. It is an open source policy of quality 3.",
            "docs/open-source-policy.md",
            "consumption_policy",
            id="orders to the reader are text",
        ),
    ],
)
def test_look_alikes_are_not_substantive(text: str, path: str, name: str) -> None:
    assert _quality(text, path, name) <= 1


@pytest.mark.parametrize(
    ("text", "path", "name", "quality"),
    [
        pytest.param(
            texts.CONSUMPTION, "docs/using.md", "consumption_policy", 3, id="use, with its owner"
        ),
        pytest.param(
            texts.CONTRIBUTION, "docs/upstream.md", "contribution_policy", 2, id="contribution"
        ),
        pytest.param(
            texts.CONTRIBUTION_GERMAN, "beitrag.md", "contribution_policy", 2, id="in German"
        ),
        pytest.param(texts.LICENSES, "docs/licenses.md", "license_policy", 2, id="licenses"),
        pytest.param(
            texts.OPEN_SOURCING, "docs/releasing.md", "open_sourcing_process", 2, id="publishing"
        ),
        pytest.param(texts.STRATEGY, "docs/strategy.md", "strategy", 3, id="strategy"),
        pytest.param(texts.SECURITY, "SECURITY.md", "security_policy", 3, id="security"),
        pytest.param(texts.GOVERNANCE, "GOVERNANCE.md", "project_governance", 2, id="governance"),
        pytest.param(texts.RADAR, "radar/radar.json", "tech_radar", 2, id="radar as JSON"),
        pytest.param(
            "name,ring\na,Adopt\nb,Hold\nc,Trial\nd,Assess\ne,Adopt\n",
            "radar.csv",
            "tech_radar",
            2,
            id="radar as CSV",
        ),
        pytest.param(
            "# Maintainers\n\n- @ada\n- @grace\n", "MAINTAINERS.md", "maintainers_list", 2, id="two"
        ),
        pytest.param(
            "# Maintainers\n\n- @ada\n", "MAINTAINERS.md", "maintainers_list", 1, id="one person"
        ),
    ],
)
def test_real_documents_are_recognised(text: str, path: str, name: str, quality: int) -> None:
    assert _quality(text, path, name) == quality


def test_elements_are_cited_with_their_lines() -> None:
    finding = _found(texts.CONSUMPTION, "docs/using.md")["consumption_policy"]

    assert finding.elements["exceptions"] == (16, 18)
    assert "preference" in finding.missing
    assert finding.parts == {"states_preference": False}


def test_near_misses_say_why() -> None:
    text = texts.CONSUMPTION.replace("head of platform", "<COMPANY_NAME>")

    finding = _found(text, "docs/using.md")["consumption_policy"]

    assert (finding.quality, finding.why) == (0, "a template that is not filled in")


@pytest.mark.parametrize(
    ("text", "name", "quality"),
    [
        pytest.param(
            "# Workshop on service levels\n\nYou will learn how to use indicators and contribute.\n"
            "\n- Duration: 60 minutes\n- Module 1: our policy\n",
            "training_material",
            0,
            id="a workshop about something else",
        ),
        pytest.param(
            "# Open source workshop\n\nYou will learn how to use open source and contribute.\n"
            "\n- Duration: 60 minutes\n- About OSS: our policy\n",
            "training_material",
            1,
            id="a workshop without units",
        ),
        pytest.param(
            texts.CONTRIBUTING.replace("# Contributing", "# Contributing to open source\n\nHelp us")
            + "\nWe encourage fixes to upstream projects.\n",
            "contribution_policy",
            0,
            id="a guide for outsiders",
        ),
    ],
)
def test_a_mention_is_at_least_about_its_subject(text: str, name: str, quality: int) -> None:
    finding = _found(text, "docs/contributing-workshop.md").get(name)

    assert finding is not None
    assert (finding.quality, bool(finding.why)) == (quality, True)


def test_entries_to_avoid_are_counted() -> None:
    radar = _found(texts.RADAR, "radar.json")["tech_radar"]

    assert radar.parts == {"entries": 6, "hold_count": 2}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 50_000, id="brackets"),
        pytest.param("|" * 50_000, id="cells"),
        pytest.param("<" * 50_000, id="tags"),
        pytest.param("open " * 40_000, id="the same word"),
        pytest.param("---\n" * 20_000, id="rulers"),
        pytest.param("> " * 40_000, id="quotes"),
        pytest.param("```\n" + "x\n" * 30_000, id="code without end"),
        pytest.param("\x00\ufffd\u202e" * 10_000, id="no text"),
    ],
)
def test_hostile_text_is_no_document(text: str) -> None:
    found = _found(f"# Open source policy\n\n{text}", "docs/policy.md")

    assert all(finding.quality == 0 for finding in found.values())


@pytest.mark.parametrize(
    ("heading", "quality"),
    [
        pytest.param("Style of code", 0, id="below another heading"),
        pytest.param("Contributor license agreements", 2, id="below a heading of its topic"),
    ],
)
def test_below_its_heading_a_topic_need_not_be_named_again(heading: str, quality: int) -> None:
    text = f"""# Rules for engineers

Everything that we do in the open follows the rules below, and questions go to the team of three.

## {heading}

Nobody may sign on behalf of the company. Ask the legal counsel before, because rights are granted.
The signature is required once for each project, and the CLA is kept on file.
"""

    assert _quality(text, "docs/rules.md", "cla_dco_process") == quality
