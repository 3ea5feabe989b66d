"""Write the JSON Schemas that editors check configuration and attestations by.

With --check only compare them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from osmm_scan.cli.attestations.schemas import AttestationFile
from osmm_scan.cli.configuration.schemas import Configuration
from osmm_scan.engine.rules import load_rules
from osmm_scan.resources import rules_directory

DOCS = Path(__file__).resolve().parent.parent / "docs"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def main() -> None:
    """Write the schemas; with --check only compare and leave with 1 when one is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    stale = [path for path, text in schemas().items() if not _is_current(path, text)]
    if only_check and stale:
        sys.exit(f"out of date: {', '.join(map(str, stale))}; run python tools/schemas.py")
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")


def schemas() -> dict[Path, str]:
    """Return every schema by its path."""
    return {
        DOCS / "attestations.schema.json": _written(_attestations()),
        DOCS / "configuration.schema.json": _written(Configuration.model_json_schema()),
    }


def _attestations() -> dict[str, Any]:
    whole = AttestationFile.model_json_schema()
    entry, proof = whole["$defs"]["AttestationEntry"], whole["$defs"]["ProofEntry"]
    pack = load_rules(rules_directory())
    # A rule pack may have more items; those that ship are offered by editors.
    items = {"enum": [criterion.id for criterion in pack.criteria]}
    entry["properties"]["item"]["anyOf"] = [items, {"type": "string"}]
    required = list(pack.model.attestation_policy.required_fields)
    entry["if"] = {"properties": {"grade": {"type": "integer"}}, "required": ["grade"]}
    entry["then"] = {
        "required": required,
        "properties": {
            name: {"not": {"enum": [None, "", []]}} for name in required if name != "grade"
        },
    }
    kinds = (["link"], ["document"], ["repository", "file"])
    proof["oneOf"] = [{"required": kind} for kind in kinds]
    return whole


def _written(schema: dict[str, Any]) -> str:
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
