"""Find the files of a rule pack, and lay those of an extending pack over the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from osmm_scan.engine.layers import Overlay, amend_model, overlay
from osmm_scan.engine.parts import Part, Text
from osmm_scan.engine.rule_files import Layered, Written, read_file, read_written
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import RuleError
from osmm_scan.resources import rules_directory
from osmm_scan.verdicts import RuleChange, RuleSet

MANIFEST = "pack.yaml"
CASES = "cases"
MODEL = "osmm/model.yaml"
CHECKS = "osmm/repository.yaml"
_ACTIVITIES = "osmm/level-*/**/*.yaml"
_SIGNALS = "signals/*.yaml"
# What an extending pack may hold. `*` of fnmatch stands for folders, too.
_ALLOWED = (
    MANIFEST,
    MODEL,
    CHECKS,
    "osmm/level-*/*.yaml",
    _SIGNALS,
    "recognisers/*.yaml",
    "documents/*.yaml",
    f"{CASES}/*.yaml",
    "*.md",
    "LICENSE*",
)


class Manifest(Part):
    """All of `pack.yaml`: what a pack is called, and what it extends."""

    name: Text
    version: Text = ""
    extends: Literal["shipped"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of a pack; `signals` are not looked at for the shipped one.

    `root` is the folder of the pack, and `below` that of the pack which it extends.
    """

    root: Path
    below: Path | None
    rules: RuleSet
    model: Layered | None
    checks: Layered | None
    activities: tuple[Layered, ...]
    signals: tuple[Layered, ...] = ()

    @property
    def is_shipped(self) -> bool:
        """Tell whether these are the rules that ship with osmm-scan."""
        return self.root.resolve() == rules_directory().resolve()

    @property
    def own_items(self) -> frozenset[str]:
        """Return the ids of the items that the pack adds to the shipped ones."""
        return frozenset(
            one.id for one in self.rules.changes if (one.kind, one.how) == ("item", "adds")
        )


def read_sources(directory: Path, faults: list[str]) -> Sources:
    """Return the files of a rule pack; what is wrong with them is added to `faults`."""
    manifest = _manifest(directory, faults)
    if manifest is None or manifest.extends is None:
        whole = _whole(directory, RuleSet(), faults)
        name = manifest.name if manifest else directory.resolve().name
        rules = RuleSet(name=name, version=manifest.version if manifest else "")
        if whole.is_shipped:
            return whole
        # What is no YAML is told by those who read the declarations.
        signals = _read_all(sorted(directory.glob(_SIGNALS)), [])
        return replace(whole, rules=rules, signals=tuple(map(_layered, signals)))
    rules = RuleSet(name=manifest.name, version=manifest.version, extends=manifest.extends)
    below = _whole(rules_directory(), rules, faults)
    signals = _read_all(sorted(rules_directory().glob(_SIGNALS)), faults)
    return _extended(directory, replace(below, signals=tuple(map(_layered, signals))), faults)


def is_pack(directory: Path) -> bool:
    """Tell whether a folder holds a rule pack."""
    return (directory / MANIFEST).is_file() or (directory / MODEL).is_file()


def _manifest(directory: Path, faults: list[str]) -> Manifest | None:
    path = directory / MANIFEST
    if not path.is_file():
        return None
    try:
        return read_file(path, Manifest).content
    except RuleError as error:
        raise RuleError([*faults, *error.faults]) from error


def _whole(directory: Path, rules: RuleSet, faults: list[str]) -> Sources:
    model, checks = _read(directory / MODEL, faults), _read(directory / CHECKS, faults)
    paths = sorted(directory.glob(_ACTIVITIES))
    if not paths:
        faults.append(f"{directory / 'osmm'}: there are no items in level-*/*.yaml")
    return Sources(
        root=directory,
        below=None,
        rules=rules,
        model=None if model is None else _layered(model),
        checks=None if checks is None else _layered(checks),
        activities=tuple(map(_layered, _read_all(paths, faults))),
    )


def _extended(root: Path, below: Sources, faults: list[str]) -> Sources:
    faults.extend(_strange(root))
    changes: list[RuleChange] = []
    model, checks = below.model, below.checks
    if model is not None and (root / MODEL).is_file() and (own := _read(root / MODEL, faults)):
        model, changed = amend_model(root, model, own, faults)
        changes.extend(changed)

    def laid(layers: Sequence[Layered], groups: tuple[str, ...], *names: str) -> Overlay:
        over = overlay(root, layers, groups)
        for written in _read_all(sorted(p for name in names for p in root.glob(name)), faults):
            over.lay(written)
        changes.extend(over.changes)
        faults.extend(over.faults)
        return over

    activities = laid(below.activities, ("items", "facets"), _ACTIVITIES).layers()
    if checks is not None:
        (checks,) = laid((checks,), ("checks",), CHECKS).layers()
    signals = laid(below.signals, ("signals",), _SIGNALS).layers()
    changes.extend(_recognition(root, faults))
    changes.sort(key=lambda one: (one.kind, one.id, one.place))
    return replace(
        below,
        root=root,
        below=below.root,
        rules=replace(below.rules, changes=tuple(changes)),
        model=model,
        checks=checks,
        activities=activities,
        signals=signals,
    )


def _recognition(root: Path, faults: list[str]) -> Iterator[RuleChange]:
    """Yield what a pack adds to recognisers and documents, or replaces of them."""
    for folder, kind in (("recognisers", "recogniser"), ("documents", "document")):
        for path in sorted((root / folder).glob("*.yaml")):
            try:
                data = read_written(path).document.data
            except RuleError:
                continue  # Told by those who read the files to recognise with.
            stated = data if isinstance(data, dict) else {}
            yield RuleChange(
                kind=kind,
                id=path.stem,
                how="overrides" if "overrides" in stated else "adds",
                reason=str(stated.get("reason", "")).strip(),
                place=path.relative_to(root).as_posix(),
            )


def _strange(root: Path) -> Iterator[str]:
    """Yield the files of a pack that nothing reads, which are written in vain."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        is_hidden = any(part.startswith(".") for part in Path(name).parts)
        if path.is_file() and not is_hidden and not any(fnmatch(name, one) for one in _ALLOWED):
            renamed = path.with_suffix(".yaml").relative_to(root).as_posix()
            is_near = any(fnmatch(renamed, one) for one in _ALLOWED)
            hint = nearest(name, (renamed,) if is_near else _names())
            yield f"{path}: no part of a pack has this name{hint}"


def _names() -> Iterator[str]:
    """Yield the names of the shipped files, of which a pack's files most likely mean one."""
    shipped = rules_directory()
    for pattern in _ALLOWED:
        yield from (path.relative_to(shipped).as_posix() for path in shipped.glob(pattern))
    yield MANIFEST


def _read(path: Path, faults: list[str]) -> Written | None:
    try:
        return read_written(path)
    except RuleError as error:
        faults.extend(error.faults)
        return None


def _read_all(paths: Sequence[Path], faults: list[str]) -> list[Written]:
    return [one for path in paths if (one := _read(path, faults))]


def _layered(written: Written) -> Layered:
    return Layered(written.document.data, written)
