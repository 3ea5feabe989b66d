"""Tell which scans of code and dependencies are wired into CI, and which only the host knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_vendored
from osmm_scan.collectors.studies.workflows.model import REGULARLY, Occasion
from osmm_scan.collectors.studies.workflows.practices import Demand, Verdict, practices
from osmm_scan.collectors.supply_chain.hosting import alerts, default_setup, may_be_on_github
from osmm_scan.model import Evidence

_API_ONLY = {
    "sca.wired": "Dependabot alerts may be on, which GitHub shows to administrators only",
    "sast.wired": "CodeQL's default set-up may be on, which GitHub shows to administrators only",
    "secrets.scanned": "secret scanning may be on, which GitHub shows to administrators only",
    "secrets.preventive": "push protection may be on, which GitHub shows to administrators only",
}
_SETTINGS = {"sca.wired": alerts, "sast.wired": default_setup}
_FUZZ = re.compile(r"(?:^|[/_.-])fuzz(?:ing|ers?|_?targets?|_?tests?)?(?:[/_.-]|$)")
_BEFORE_MERGE = (Occasion.PROPOSAL,)
_WITH_HOOKS = (*REGULARLY, Occasion.COMMIT)


def scanning(observer: Observer) -> Iterator[Evidence]:
    """Yield whether each kind of scan happens by itself."""
    practised = observer.once(practices)
    verdicts = {
        "sca.wired": practised.judge("sca", demand=Demand.HEARD),
        "sast.wired": practised.judge("sast", demand=Demand.HEARD),
        "secrets.scanned": practised.judge("secrets", _WITH_HOOKS, demand=Demand.HEARD),
        # A hook that people may leave out stops nothing; one that CI runs too does.
        "secrets.preventive": practised.judge("secrets", _BEFORE_MERGE, demand=Demand.FAILS),
    }
    is_hosted = may_be_on_github(observer)
    for key, verdict in verdicts.items():
        set_up = _SETTINGS[key](observer) if key in _SETTINGS and verdict.proof is None else None
        judged = verdict.or_unknown(_API_ONLY[key]) if is_hosted else verdict
        # That a setting is off is no proof where files could not be told.
        is_told = set_up is not None and (set_up.value is True or verdict.is_no)
        yield set_up if set_up is not None and is_told else judged.evidence(observer, key)
    yield _fuzzed(observer, practised.judge("dynamic", demand=Demand.HEARD)).evidence(
        observer, "dynamic.tested"
    )
    yield practised.judge("scorecard", demand=Demand.HAPPENS).evidence(
        observer, "scorecard.adopted"
    )


def _fuzzed(observer: Observer, verdict: Verdict) -> Verdict:
    """Return the verdict, unknown where fuzz targets wait for a service that runs them."""
    for path in observer.repository.entries():
        if _FUZZ.search(path.lower()) and not is_vendored(path):
            why = f"{path} may be run by OSS-Fuzz or elsewhere, which the clone does not show"
            return verdict.or_unknown(why)
    return verdict
