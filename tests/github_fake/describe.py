"""Cut GitHub's OpenAPI description down to the answers that we read.

    npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
    python -m tests.github_fake.describe package/generated/api.github.com.json

Writes `openapi.json` beside this file: for each path the JSON Schema of a good answer. Nothing is
required there, so that a world may leave out what no test is about, but nothing else may be in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PATHS = {
    "/app/installations/{installation_id}/access_tokens": "post",
    "/rate_limit": "get",
    "/repos/{owner}/{repo}/private-vulnerability-reporting": "get",
    "/repos/{owner}/{repo}/security-advisories": "get",
}
_KEPT = ("type", "enum", "format")
_BRANCHES = ("oneOf", "anyOf")


def main() -> None:
    """Write the schemas of the answers."""
    description = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found = {path: _answer(description, path, verb) for path, verb in PATHS.items()}
    text = json.dumps(found, indent=1, sort_keys=True)
    (HERE / "openapi.json").write_text(f"{text}\n", encoding="utf-8")


def _answer(description: Mapping[str, Any], path: str, verb: str) -> Any:
    answers = description["paths"][path][verb]["responses"]
    (good,) = (answers[status] for status in ("200", "201") if status in answers)
    good = _resolved(description, good)
    return _cut(description, good["content"]["application/json"]["schema"])


def _cut(description: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    schema = _resolved(description, schema)
    merged: dict[str, Any] = {name: schema[name] for name in _KEPT if name in schema}
    for part in schema.get("allOf", ()):
        cut = _cut(description, part)
        merged = {**cut, **merged, "properties": _both(cut, merged)}
    if "properties" in schema:
        own = {name: _cut(description, one) for name, one in schema["properties"].items()}
        merged["properties"] = {**merged.get("properties", {}), **own}
        merged["additionalProperties"] = bool(schema.get("additionalProperties", False))
    if "items" in schema:
        merged["items"] = _cut(description, schema["items"])
    for word in _BRANCHES:
        if word in schema:
            merged[word] = [_cut(description, part) for part in schema[word]]
    return _or_null(merged) if schema.get("nullable") else merged


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {**one.get("properties", {}), **other.get("properties", {})}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _resolved(description: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        reference, node = node["$ref"], description
        for name in reference.removeprefix("#/").split("/"):
            node = node[name]
    return node


if __name__ == "__main__":
    main()
