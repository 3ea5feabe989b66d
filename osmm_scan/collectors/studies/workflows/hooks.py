"""Read the hooks that run when people commit: pre-commit, husky and lefthook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from osmm_scan.collectors.studies.workflows.acts import Unfolding
from osmm_scan.collectors.studies.workflows.model import ON_CHANGE, Act, Place, Truth
from osmm_scan.strict_yaml import Document, load

CONFIGURATIONS = (".pre-commit-config.yaml", ".pre-commit-config.yml")
SCRIPTS = (".husky/pre-commit", ".husky/pre-push")


def read_hooks(path: str, text: str, act: Act, unfolding: Unfolding) -> Iterator[Act]:
    """Yield one act `hook:ID` per hook, and what local hooks run. Raises `YamlFault`."""
    document = load(text, aliases=True)
    data = document.data if isinstance(document.data, dict) else {}
    if "ci" in data:
        # It configures a service that runs the hooks for proposals, where that is installed.
        often = dict.fromkeys(ON_CHANGE, Truth.SETTING)
        act = replace(act, when={**act.when, **often})
    for at, repository in enumerate(_mappings(data.get("repos"))):
        for index, hook in enumerate(_mappings(repository.get("hooks"))):
            if hook.get("stages") == ["manual"] or not isinstance(hook.get("id"), str):
                continue
            line = _line(document, at, index)
            here = replace(act, place=Place(path, line), job=f"{path}#{hook['id']}")
            inputs = {"repo": str(repository.get("repo", "")), "args": _arguments(hook)}
            yield replace(here, uses=f"hook:{hook['id']}", inputs=inputs)
            if repository.get("repo") == "local" and isinstance(hook.get("entry"), str):
                yield from unfolding.scripted(f"{hook['entry']} {_arguments(hook)}", here)


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    parts = value if isinstance(value, list) else []
    return [part if isinstance(part, dict) else {} for part in parts]


def _line(document: Document, at: int, index: int) -> int:
    return document.at(("repos", at, "hooks", index))[0]


def _arguments(hook: Mapping[str, Any]) -> str:
    args = hook.get("args")
    return " ".join(str(part) for part in args) if isinstance(args, list) else ""
