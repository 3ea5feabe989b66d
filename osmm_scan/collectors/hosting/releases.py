"""What a project publishes with its releases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.host import Statements, statements
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.hosting import Hosting

FACTS: Mapping[str, str] = {
    "releases.signed_files": "files of the newest release come with signatures or attestations",
    "releases.sbom_file": "a bill of materials is among the files of the newest release",
}

_SIGNATURE = re.compile(
    r"(?i)\S{0,200}\.(?:asc|sig|minisig|sigstore|sigstore\.json|intoto\.jsonl|cosign\.bundle)"
)
_SBOM = re.compile(
    r"(?i)(?:\S{0,200}[._-])?(?:sbom|bom|cyclonedx|spdx|cdx)(?:[._-]\S{0,40})?\.(?:json|xml|txt)"
    r"|\S{1,200}\.spdx"
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what the newest release carries."""

    def newest(hosting: Hosting) -> Statements:
        known = [one for one in hosting.releases() if one.published <= observer.until]
        if not known:
            raise Unobserved(Missing.NOT_SUPPORTED, "no release was published on the host")
        files = max(known, key=lambda one: (one.published, one.tag)).files
        return {
            "releases.signed_files": any(_SIGNATURE.fullmatch(name) for name in files),
            "releases.sbom_file": any(_SBOM.fullmatch(name) for name in files),
        }

    yield from statements(observer, FACTS, "releases", newest)
