from __future__ import annotations

from osmm_scan.collectors.inventory.formats.terraform import parse_lock, parse_module
from tests.collectors.inventory.formats.reading import direct, recorded

MODULE = """\
module "vpc" {
  source = "acme/vpc/aws"
}
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    random = { source = "registry.terraform.io/hashicorp/random" }
    # old = { source = "acme/old" }
  }
}
source = "not/one"
"""


def test_required_providers_are_read() -> None:
    found = direct(parse_module, MODULE)

    assert [(each.purl[14:], each.line) for each in found] == [
        ("hashicorp/aws", 7),
        ("hashicorp/random", 10),
    ]


def test_a_lockfile_is_read() -> None:
    text = """\
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.60.0"
  constraints = "~> 5.0"
}
"""

    assert recorded(parse_lock, text) == [("terraform/hashicorp/aws", "5.60.0")]
