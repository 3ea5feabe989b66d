"""`osmm-scan doctor`: what a token can see, and what a scan with it will cost and leave unknown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import printable
from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.options.common import talking
from osmm_scan.cli.options.connecting import Connecting, connect, connecting
from osmm_scan.cli.scanning.diagnosis import Diagnosis, as_json, describe
from osmm_scan.errors import ExitCode, ScanError, Unobserved, UsageError
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Rights

if TYPE_CHECKING:
    from osmm_scan.sources.github.api import Api
    from osmm_scan.sources.github.estimates import Estimate
    from osmm_scan.sources.github.standing import Standing


@click.command("doctor")
@click.argument("organisation", metavar="ORG", required=False)
@connecting
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to say it.  [text]",
)
@talking
def command(organisation: str | None, form: str, connecting: Connecting) -> ExitCode:
    """Tell what the token can see, of the organisation ORG if it is given.

    Says who the token is, what is left of the rate limits, what a scan will cost, what will stay
    unknown, and how to get a better token. Leaves with 3 when a scan could not be carried out.
    """
    if connecting.offline:
        raise UsageError("--offline: doctor has to ask the server")
    api = connect(connecting)
    try:
        found = examine(api, organisation)
    except Unobserved as reason:
        raise ScanError(f"{organisation or api.host.rest}: {reason.why}") from reason
    if form == "json":
        click.echo(json.dumps(as_json(found), indent=2, sort_keys=True))
    else:
        for line in describe(found):
            click.echo(printable(line))
    # Without a token GitHub's GraphQL API, and with it a scan of an organisation, is closed.
    return ExitCode.DONE if api.token else ExitCode.UNDECIDED


def examine(api: Api, organisation: str | None) -> Diagnosis:
    """Return what can be found out.

    Raises `Unobserved` when the server or the organisation does not show at all.
    """
    from osmm_scan.engine.outlook import foresee
    from osmm_scan.sources.github.standing import look

    token = api.token
    rights = _rights(api)
    standing = look(api, organisation) if token and organisation else None
    scopes = None if rights.scopes is None else tuple(sorted(rights.scopes))
    return Diagnosis(
        host=api.host,
        token=str(token.kind) if token else "none",
        login=rights.login,
        scopes=scopes,
        windows=api.windows,
        skew=api.skew,
        standing=standing,
        cost=_cost(standing) if standing else None,
        unknown=foresee(load_pack(None), _lacks(standing, has_token=token is not None)),
    )


def _cost(standing: Standing) -> Estimate:
    from osmm_scan.sources.github.estimates import estimate

    return estimate(standing.repositories, standing.people, is_owner=standing.is_owner)


def _rights(api: Api) -> Rights:
    if api.token is not None:
        return api.rights()
    try:
        # Asking for the limits is free and the one thing that every server tells anybody.
        api.get("/rate_limit")
    except Unobserved as reason:
        # Enterprise Servers may have no limits at all, which they say with 404.
        if reason.missing is not Missing.NO_ACCESS:
            raise
    return Rights(None, None)


def _lacks(standing: Standing | None, *, has_token: bool) -> frozenset[str]:
    """Return the kinds of access, as signals declare them, that the token does not have."""
    lacks = set() if has_token else {"read-token"}
    if standing is None or not standing.is_owner:
        lacks.add("org-admin")
    if standing is None or not standing.is_member:
        lacks.add("private-content")
    return frozenset(lacks)
