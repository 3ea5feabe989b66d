"""What an organisation gives: upstream contribution and published projects, as bars and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.words import Share, share

# What is shown of which signal, most telling first. A field is a share where it is marked so.
_GROUPS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "upstream",
        "Upstream contribution",
        (
            ("upstream_merged_prs.count", "", "Changes merged in projects of others in a year"),
            ("upstream_merged_prs.repos", "", "Projects of others that they went to"),
            ("upstream_contributor_share.share", "share", "People with a merged change"),
            ("upstream_contributor_share.retained_share", "share", "Still contributing"),
            ("upstream_acceptance_rate.share", "share", "Proposed changes that were merged"),
            ("upstream_acceptance_rate.median_days", "", "Median days until a merge"),
            ("upstream_noncode_activity.count", "", "Reviews, issues and answers elsewhere"),
            ("strategic_upstream_coverage.share", "share", "Strategic projects contributed to"),
        ),
    ),
    (
        "published",
        "Published projects",
        (
            ("published_footprint.count", "", "Active published projects"),
            ("published_footprint.with_outside_contributor", "", "With commits from outside"),
            ("release_cadence.released_12m_share", "share", "Released within a year"),
            ("lifecycle_status_coverage.share", "share", "State of the project declared"),
            ("lifecycle_status_coverage.archival_hygiene", "share", "Idle ones marked as such"),
            ("open_development_index.value", "share", "Developed in the open"),
            ("adopters_and_dependents.outside_orgs", "", "Organisations named as adopters"),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure: its value in words and, of a share, what is sure and what may be added."""

    id: str
    name: str
    text: str
    over: str
    sure: Share | None
    more: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The measures of one theme that have a value."""

    id: str
    title: str
    measures: tuple[Measure, ...]


def outward(document: dict[str, Any]) -> tuple[Group, ...]:
    """Return the themes of which something was measured; one repository has none."""
    if document["target"]["kind"] == "repository":
        return ()
    measured = {one["id"]: one for one in document["signals"] if "missing" not in one}
    groups = (
        Group(id=identity, title=title, measures=tuple(_measures(fields, measured)))
        for identity, title, fields in _GROUPS
    )
    return tuple(group for group in groups if group.measures)


def _measures(
    fields: tuple[tuple[str, str, str], ...], measured: dict[str, dict[str, Any]]
) -> Iterator[Measure]:
    for field, kind, name in fields:
        signal, _, part = field.partition(".")
        value = measured[signal]["fields"].get(part) if signal in measured else None
        low, high = (value["low"], value["high"]) if isinstance(value, dict) else (value, value)
        if low is None or (kind and (low, high) == (0, 1)):
            continue
        sure, most = (share(low), share(1 if high is None else high)) if kind else (None, None)
        yield Measure(
            id=field.replace(".", "-"),
            name=name,
            text=_told(sure, most) if sure and most else words.value(value),
            over=f"{measured[signal]['n']:,} examined" if kind else "",
            sure=sure,
            more=share(max(0.0, most.value - sure.value)) if sure and most else None,
        )


def _told(sure: Share, most: Share) -> str:
    return sure.text if sure.text == most.text else f"{sure.text} to {most.text}"
