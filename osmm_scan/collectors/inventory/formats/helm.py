"""Read the charts that a Helm chart depends on, and its Chart.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import read_yaml, tables, word

_EXACT = re.compile(r"v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?")


def parse_chart(file: File) -> Iterator[Statement]:
    """Yield the dependencies of a Chart.yaml."""
    document = read_yaml(file.text)
    is_library = document.data.get("type") == "library"
    yield file.package(None, Role.LIBRARY if is_library else Role.APPLICATION)
    for index, chart in enumerate(tables(document.data, "dependencies")):
        version = word(chart.get("version"))
        yield file.direct(
            named("helm", word(chart.get("name"))),
            version,
            document.at(("dependencies", index))[0],
            is_exact=_EXACT.fullmatch(version) is not None,
            is_local=_is_local(chart),
        )


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the charts of a Chart.lock."""
    document = read_yaml(file.text)
    for index, chart in enumerate(tables(document.data, "dependencies")):
        yield file.locked(
            named("helm", word(chart.get("name"))),
            word(chart.get("version")),
            document.at(("dependencies", index))[0],
            is_local=_is_local(chart),
        )


def _is_local(chart: Mapping[str, Any]) -> bool:
    # A chart without a repository lies in the folder `charts/`.
    repository = word(chart.get("repository"))
    return not repository or repository.startswith("file:")


FORMATS = (
    manifest("helm", parse_chart, "Chart.yaml"),
    lockfile("helm", parse_lock, "Chart.lock"),
)
