"""The baseline: what a later scan is compared with, by `--fail-on-regression --baseline FILE`."""

from __future__ import annotations

from osmm_scan.engine.standing import standing
from osmm_scan.report.options import Options
from osmm_scan.store.baseline import write_baseline
from osmm_scan.verdicts import Assessment

NAME = "baseline"
SUFFIX = ".baseline.json"


def render(assessment: Assessment, options: Options) -> str:
    """Return where the target stands; no repository of an organisation is named."""
    return write_baseline(standing(assessment))
