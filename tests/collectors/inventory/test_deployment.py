from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.deployment import deployable, stated
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value

RUNS = 'FROM a\nCMD ["x"]\n'
DIGEST = "sha256:" + "0" * 64
WORKLOAD = "apiVersion: apps/v1\nkind: Deployment\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no files"),
        pytest.param({"Dockerfile": "FROM a\nRUN make\n"}, False, id="only built on"),
        pytest.param({".devcontainer/Dockerfile": RUNS}, False, id="to work in"),
        pytest.param({"examples/k8s/web.yaml": WORKLOAD}, False, id="an example"),
        pytest.param({"data/web.yaml": WORKLOAD}, False, id="in no folder of descriptors"),
        pytest.param({"k8s/config.yaml": "kind: ConfigMap\n"}, False, id="no workload"),
        pytest.param(
            {"compose.yaml": "services:\n  db:\n    image: x\n"}, False, id="others' images"
        ),
        pytest.param({"Dockerfile": RUNS}, True, id="an image that runs"),
        pytest.param({"Procfile": "web: x"}, True, id="hosted"),
        pytest.param({"deploy/chart/Chart.yaml": "name: x\n"}, True, id="a chart"),
        pytest.param({"k8s/web.yaml": WORKLOAD}, True, id="a workload"),
        pytest.param(
            {"compose.yaml": "services:\n  web:\n    build: .\n"}, True, id="built to run"
        ),
        pytest.param({"Dockerfile": UNREADABLE}, Missing.FAULT, id="an unreadable image"),
        pytest.param({"k8s/web.yaml": UNREADABLE}, Missing.FAULT, id="an unreadable descriptor"),
    ],
)
def test_services_are_deployed(files: Files, expected: Value | Missing) -> None:
    assert value(deployable, files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no files"),
        pytest.param({"Dockerfile": f"FROM widgets@{DIGEST}\n"}, False, id="only built on"),
        pytest.param({"k8s/web.yaml": "image: acme/widgets:1.2.3\n"}, False, id="a tag can move"),
        pytest.param({"k8s/db.yaml": f"image: postgres@{DIGEST}\n"}, False, id="of others"),
        pytest.param({"k8s/x.yaml": f"image: pacmec/x@{DIGEST}\n"}, False, id="a longer name"),
        pytest.param({"k8s/x.yaml": "image: acme/widgets@sha256:12\n"}, False, id="cut short"),
        pytest.param(
            {"compose.yaml": f"web:\n  image: acme/widgets\ndb:\n  image: redis@{DIGEST}\n"},
            False,
            id="of another service in a compose file",
        ),
        pytest.param(
            {"k8s/web.yaml": f"image: ghcr.io/acme/x@{DIGEST}\n"}, True, id="of the owner"
        ),
        pytest.param(
            {"compose.yaml": f"  image: widgets@{DIGEST}\n"}, True, id="in a compose file"
        ),
        pytest.param(
            {"overlays/a/kustomization.yaml": f"- name: acme/widgets\n  digest: {DIGEST}\n"},
            True,
            id="beside the name",
        ),
        pytest.param({"main.tf": f'image = "acme/widgets@{DIGEST}"\n'}, True, id="in Terraform"),
        pytest.param({"k8s/web.yaml": UNREADABLE}, Missing.FAULT, id="unreadable"),
    ],
)
def test_deployments_state_what_runs(files: Files, expected: Value | Missing) -> None:
    assert value(stated, files) == expected


def test_the_line_is_cited() -> None:
    files = {"k8s/web.yaml": f"kind: Deployment\nimage: acme/widgets@{DIGEST}\n"}

    assert answer(stated, files) == Answer(True, "k8s/web.yaml", 2)
    assert answer(deployable, files) == Answer(True, "k8s/web.yaml", 1)
