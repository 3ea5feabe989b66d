"""Write docs/items.md and docs/signals.md from the rules; with --check only compare them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.resources import rules_directory
from osmm_scan.signals.declarations import SignalDeclaration
from osmm_scan.verdicts import Criterion

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Write the catalogue; with --check only compare and leave with 1 when it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not _is_current(path, text)]
    if only_check and stale:
        sys.exit(f"out of date: {', '.join(map(str, stale))}; run python tools/catalogue.py")
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Return every page of the catalogue by its path."""
    pack = load_rules(rules_directory())
    return {
        DOCS / "items.md": "\n".join(items(pack)) + "\n",
        DOCS / "signals.md": "\n".join(signals(pack)) + "\n",
    }


def items(pack: RulePack) -> Iterator[str]:
    """Yield the lines of the catalogue of items."""
    yield "# What each item asks\n"
    yield "Made from `rules/osmm/`. A rule reads fields of [signals](signals.md); a grade without a"
    yield "rule can only be stated by people. *Facets* of level 5 are reported beside the items.\n"
    everything = sorted((*pack.criteria, *pack.facets), key=lambda one: (one.level, one.activity))
    for level, criteria in groupby(everything, key=lambda one: one.level):
        stated = pack.model.levels[level - 1]
        yield f"## Level {level}: {stated.name}\n\n{stated.means}\n"
        for criterion in criteria:
            yield from _item(criterion)


def signals(pack: RulePack) -> Iterator[str]:
    """Yield the lines of the catalogue of signals."""
    measured = [signal for signal in pack.signals.values() if signal.is_measured]
    yield "# What is measured\n"
    yield f"Made from `rules/signals/`. {len(measured)} of {len(pack.signals)} signals are measured"
    yield "from clones or through GitHub; the others say what they wait for.\n"
    yield "| Signal | Measured |\n|---|---|"
    for signal in pack.signals.values():
        state = "yes" if signal.is_measured else f"waits for {signal.awaits}"
        yield f"| [`{signal.id}`](#{signal.id}) | {state} |"
    by_collector = sorted(pack.signals.values(), key=lambda one: (one.collector, one.id))
    for collector, group in groupby(by_collector, key=lambda one: one.collector):
        yield f"\n## {collector.replace('_', ' ').capitalize()}\n"
        for signal in group:
            yield from _signal(signal, pack)


def _item(criterion: Criterion) -> Iterator[str]:
    kind = f"facet of `{criterion.facet_of}`" if criterion.facet_of else criterion.activity_title
    yield f"### {criterion.title}\n"
    yield f"`{criterion.id}` · {kind}{' · gate' if criterion.gate else ''}\n"
    yield f"{criterion.criterion}\n\n*Why:* {criterion.why}\n"
    yield "| Grade | Meaning | Rule |\n|---|---|---|"
    for step in criterion.grading:
        rule = f"`{step.when}`" if step.when else "stated by people"
        yield f"| {step.grade} {step.name} | {step.meaning} | {rule} |"
    yield f"\n*One repository:* {criterion.repository_says}"
    yield f"\n*To improve ({criterion.remedy.effort}):* {criterion.remedy.action}\n"


def _signal(signal: SignalDeclaration, pack: RulePack) -> Iterator[str]:
    yield f"### {signal.id}\n\n**{signal.name}**, {signal.unit}. {signal.compute}\n"
    yield "| Field | Meaning | Measured by |\n|---|---|---|"
    for name, field in signal.fields.items():
        how = f"`{field.measure}`" if field.measure else f"waits for {signal.awaits}"
        yield f"| `{name}` ({field.type}) | {field.means} | {how} |"
    yield f"\nCounted over: {', '.join(f'`{one}`' for one in signal.population) or 'everything'}.\n"
    yield "Looked for in:\n"
    yield from (f"- {source}" for source in signal.source)
    yield "\nTraps:\n"
    yield from (f"- {trap}" for trap in signal.traps)
    users = [one for one in (*pack.criteria, *pack.facets) if signal.id in one.signals]
    yield f"\nUsed by: {', '.join(f'`{one.id}`' for one in users) or 'no item'}.\n"


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
