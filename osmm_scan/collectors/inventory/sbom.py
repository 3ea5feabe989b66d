"""Component lists that are committed: SPDX as JSON or tag-value, CycloneDX as JSON or XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.files import nearest
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.structured import Malformed, read_json, read_xml, tables
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

SBOM_LIMIT = 20 * 1024 * 1024
_MOST_FILES = 20

_NAME = re.compile(
    r"""
    (?:.*/)?(?:
      [^/]+\.(?:spdx | (?:spdx|cdx|cyclonedx)\.(?:json|xml))
    | (?:[^/]*[._-])?s?bom(?:[._-][^/]*)?\.(?:json|xml)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAGGED_PACKAGE = re.compile(r"^PackageName:", re.MULTILINE)
_TAGGED_VERSION = re.compile(r"^SPDXVersion:", re.MULTILINE)


def committed(observer: Observer) -> Answer:
    """Answer whether a component list is committed that parses and names a component."""
    fault: Unobserved | None = None
    chosen = nearest(observer, _NAME, _MOST_FILES)
    for path in chosen.paths:
        try:
            count = components(path, observer.repository.text(path, limit=SBOM_LIMIT))
        except Unobserved as reason:
            fault = fault or Unobserved(reason.missing, f"{path}: {reason.why}")
            continue
        except Malformed as error:
            line = f":{error.line}" if error.line else ""
            fault = fault or Unobserved(Missing.FAULT, f"{path}{line}: {error.why}")
            continue
        if count:
            return Answer(True, path)
    if fault is not None:
        raise fault
    chosen.require_all("component lists")
    return Answer(False)


def components(path: str, text: str) -> int:
    """Return how many components a file lists besides what it describes; 0 for another kind."""
    ending = path.rpartition(".")[2].lower()
    return _READERS.get(ending, _tag_value)(text)


def _json(text: str) -> int:
    data = read_json(text)
    if data.get("bomFormat") == "CycloneDX":
        return len(tables(data, "components"))
    if "spdxVersion" in data:
        return max(0, len(tables(data, "packages")) - 1)
    if "@graph" in data:
        packages = [entry for entry in tables(data, "@graph") if _is_spdx_3_package(entry)]
        return max(0, len(packages) - 1)
    return 0


def _is_spdx_3_package(entry: Mapping[str, Any]) -> bool:
    return entry.get("type") in {"software_Package", "Package"}


def _xml(text: str) -> int:
    root = read_xml(text)
    return sum(1 for _ in root.all("components", "component")) if root.name == "bom" else 0


def _tag_value(text: str) -> int:
    if _TAGGED_VERSION.search(text) is None:
        return 0
    return max(0, len(_TAGGED_PACKAGE.findall(text)) - 1)


_READERS: Mapping[str, Callable[[str], int]] = {"json": _json, "xml": _xml}
