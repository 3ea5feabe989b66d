"""The estate frame."""

from __future__ import annotations

import pytest

from osmm_scan.model import Evidence
from osmm_scan.signals.estate import build_estate
from tests.fakes import AS_OF


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("acme/widgets", id="plain"),
        pytest.param("acme/\udcff", id="not valid Unicode, which Arrow refuses"),
        pytest.param("acme/\0", id="a control character"),
    ],
)
def test_a_repository_may_have_any_name(name: str) -> None:
    fact = Evidence(key="repository.active", subject=name, value=True, observed_at=AS_OF)

    estate = build_estate([fact], ["repository.active"], repositories=[name])

    assert estate.columns["repository.active"].low.tolist() == [1.0]
