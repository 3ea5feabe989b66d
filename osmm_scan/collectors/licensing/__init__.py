"""Licensing: which license a repository is under, proved by its text, and how clearly it says so.

A file name, a manifest or an API alone never proves a license.
"""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.licensing import answers
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

FACTS = {
    "license.recognized": "the text of a license was recognized in a license file of the project",
    "license.expression": "the SPDX expression that the license files come down to",
    "license.open": (
        "open licenses alone (OSI-approved, FSF-libre or open content) satisfy the expression, and"
        " nothing beside the texts takes that back"
    ),
    "license.clarity": (
        "mean of: manifest agrees with the license text, source files with a license, notices of"
        " what is released, no contradiction; parts that do not apply are left out"
    ),
    "license.headers": (
        "more than half of the project's own source files carry an SPDX header or are covered by"
        " REUSE; of many files a fixed sample is read"
    ),
    "license.contradiction": (
        "license files, manifests and README name licenses that exclude each other"
    ),
    "license.policy_as_code": "a machine-readable list sorts licenses of dependencies",
    "license.policy_list": "the licenses that lists allow or, after a `!`, those that they deny",
}

DETAILS = {
    "license.file": "one license file: what it says, how, between which lines, how sure that is",
    "license.declared": "the license that one manifest declares",
    "license.rider": "words that change what a license text grants",
    "license.contradicts": "one statement that another one excludes",
    "license.coverage": "how many own source files were examined, and how many have a license",
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield all that is known of the repository's license; one fault hides only its own facts."""
    for keys, answer in answers.ANSWERS:
        try:
            yield from answer(observer)
        except Unobserved as fault:
            yield from (observer.missing(key, fault) for key in keys)
