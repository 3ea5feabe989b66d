"""Look up what `npm run NAME`, `make NAME` and `./NAME.sh` stand for, in the repository itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from posixpath import basename, join, normpath

from osmm_scan.collectors.studies.workflows.invocations import Words, behind, invocations
from osmm_scan.collectors.studies.workflows.shell import Command, commands
from osmm_scan.errors import Unobserved
from osmm_scan.sources.repository import Repository

SIZE_LIMIT = 256 * 1024

_RUNNERS = frozenset({"bun", "npm", "pnpm", "yarn"})
_SHORT = {"t": "test", "tst": "test"}
_FOLDER_OPTIONS = frozenset({"-C", "--cwd", "--dir", "--directory", "--prefix"})
_MAKEFILES = ("GNUmakefile", "makefile", "Makefile")
_TARGET = re.compile(r"([\w./%-]{1,80}(?: +[\w./%-]{1,80}){0,20}) *::?(?!=)([^#]*)")
_VARIABLE = re.compile(r"(?:export +)?(\w{1,60}) *[:?]?:?= *([^#]*)")
_REFERENCE = re.compile(r"\$[({](\w{1,60})[)}]")
_SHELL_FILE = re.compile(r"(?:[\w.-]{1,100}/){0,12}[\w.-]{1,100}")
_ROOT = re.compile(r"\$\{?GITHUB_WORKSPACE}?|\$\{\{ *github\.workspace *}}|\$PWD")
_SHELLS = frozenset({"bash", "dash", "sh", "source", ".", "zsh"})
# They do nothing that anybody would look for.
_SAYS_ONLY = frozenset({":", "echo", "exit", "false", "printf", "true"})
_BUILT_IN = _SAYS_ONLY | {
    "[",
    "[[",
    "break",
    "case",
    "cd",
    "continue",
    "export",
    "for",
    "function",
    "local",
    "mkdir",
    "read",
    "return",
    "rm",
    "set",
    "shift",
    "test",
    "unset",
}
_SHELL_ENDINGS = (".bash", ".ps1", ".sh")
_FOLLOWED_LIMIT = 400
_NAME_LIMIT = 3
_DEPTH_LIMIT = 8
_LINE_LIMIT = 4_000
_VALUE_LIMIT = 400


@dataclass(frozen=True, slots=True)
class _Makefile:
    """Recipes and prerequisites by target, and the variables that they may use."""

    recipes: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[str, ...]]
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Invocation:
    """What a command comes down to: each reading of it, and whether its failure counts."""

    readings: tuple[Words, ...]
    fails: bool


@dataclass(slots=True)
class Scripts:
    """The named scripts of one repository; every file is read, every name followed only once.

    Of what stands inside scripts only the commands that somebody knows are kept.
    """

    repository: Repository
    know: Callable[[tuple[Words, ...]], bool]
    _packages: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _makefiles: dict[str, _Makefile | None] = field(default_factory=dict)
    _files: dict[str, tuple[Command, ...] | None] = field(default_factory=dict)
    _followed: dict[tuple[Words, str, int], tuple[Invocation, ...]] = field(default_factory=dict)

    def follow(self, words: Words, folder: str, depth: int = 0) -> tuple[Invocation, ...]:
        """Return a command and all that it stands for; nothing when it only says something."""
        key = (words, folder, depth)
        if key not in self._followed:
            self._followed[key] = tuple(self._follow(words, folder, depth))
        return self._followed[key]

    def _follow(self, words: Words, folder: str, depth: int) -> Iterator[Invocation]:
        readings = invocations(words)
        inner, place = self._behind(words, readings, folder)
        if inner is not None and all(part.words[0] in _SAYS_ONLY for part in inner):
            return
        if depth == 0 or self.know(readings):
            yield Invocation(readings, True)
        found: dict[Invocation, None] = {}
        for part in inner if inner and depth < _NAME_LIMIT else ():
            if part.words[0] in _BUILT_IN:
                continue
            for one in self.follow(part.words, place, depth + 1):
                found[replace(one, fails=one.fails and part.fails)] = None
        yield from islice(found, _FOLLOWED_LIMIT)

    def _behind(
        self, words: Words, readings: tuple[Words, ...], folder: str
    ) -> tuple[tuple[Command, ...] | None, str]:
        """Return the commands behind a name, and the folder in which they run."""
        for reading in (words, *readings):
            there = moved(reading, folder)
            if reading[0] in _RUNNERS:
                found = self._package_script(reading, there)
            elif reading[0] in ("make", "gmake"):
                found = self._make(reading, there)
            else:
                found, there = self._file(reading, folder), folder
            if found is not None:
                return found, there
        return None, folder

    def _package_script(self, words: Words, folder: str) -> tuple[Command, ...] | None:
        scripts = self._package(folder)
        name = _script_name(words, scripts)
        return None if name is None else commands(scripts[name])

    def _package(self, folder: str) -> Mapping[str, str]:
        path = joined(folder, "package.json")
        if path not in self._packages:
            self._packages[path] = _package_scripts(self._text(path) or "{}")
        return self._packages[path]

    def _make(self, words: Words, folder: str) -> tuple[Command, ...] | None:
        makefile = self._makefile(folder)
        if makefile is None:
            return None
        targets = [word for word in words[1:] if word in makefile.recipes]
        found = tuple(_recipes(makefile, targets, set(), 0))
        return found or None

    def _makefile(self, folder: str) -> _Makefile | None:
        if folder not in self._makefiles:
            texts = (self._text(joined(folder, name)) for name in _MAKEFILES)
            text = next((text for text in texts if text is not None), None)
            self._makefiles[folder] = None if text is None else _read_makefile(text)
        return self._makefiles[folder]

    def _file(self, words: Words, folder: str) -> tuple[Command, ...] | None:
        named = words[1:] if words[0] in _SHELLS else words
        name = next((word for word in named if not word.startswith("-")), "")
        if not _SHELL_FILE.fullmatch(name.removeprefix("./")):
            return None
        path = joined(folder, name)
        if path not in self._files:
            text = self._text(path)
            is_shell = text is not None and (path.endswith(_SHELL_ENDINGS) or _is_script(text))
            self._files[path] = commands(text) if text is not None and is_shell else None
        return self._files[path]

    def _text(self, path: str) -> str | None:
        if path not in self.repository.entries():
            return None
        try:
            return self.repository.text(path, limit=SIZE_LIMIT)
        except (KeyError, Unobserved):
            return None


def _script_name(words: Words, scripts: Mapping[str, str]) -> str | None:
    after_option = False
    for word in words[behind(words, ("run|run-script",)) or 1 :]:
        name = _SHORT.get(word, word)
        if name in scripts:
            return name
        if not word.startswith("-") and not after_option:
            return None
        after_option = word.startswith("-")
    return None


def moved(words: Words, folder: str) -> str:
    """Return the folder that a command works in when told to by an option such as `-C`."""
    for option, value in pairwise(words):
        if option in _FOLDER_OPTIONS:
            return joined(folder, value)
    return folder


def joined(folder: str, name: str) -> str:
    """Return the path of a file or folder that is named from within a folder."""
    if root := _ROOT.match(name):
        folder, name = "", name[root.end() :]
    return normpath(join(folder.strip("/"), name.lstrip("/"))).removeprefix("./")


def _is_script(text: str) -> bool:
    first = text.partition("\n")[0]
    return first.startswith("#!") and basename(first.strip().rpartition(" ")[2]) in _SHELLS


def _package_scripts(text: str) -> Mapping[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    scripts = data.get("scripts") if isinstance(data, dict) else None
    if not isinstance(scripts, dict):
        return {}
    return {name: script for name, script in scripts.items() if isinstance(script, str)}


def _read_makefile(text: str) -> _Makefile:
    recipes: dict[str, list[str]] = {}
    needs: dict[str, tuple[str, ...]] = {}
    variables: dict[str, str] = {}
    current: list[str] = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("\t"):
            for target in current:
                recipes[target].append(line.strip())
        elif match := _VARIABLE.match(line):
            variables.setdefault(match[1], match[2].strip()[:_VALUE_LIMIT])
        elif match := _TARGET.match(line):
            current = match[1].split()
            for target in current:
                recipes.setdefault(target, [])
                needs[target] = (*needs.get(target, ()), *match[2].split())
    return _Makefile({name: tuple(lines) for name, lines in recipes.items()}, needs, variables)


def _recipes(
    makefile: _Makefile, targets: Iterable[str], seen: set[str], depth: int
) -> Iterator[Command]:
    for target in targets:
        if target in seen or target not in makefile.recipes or depth > _DEPTH_LIMIT:
            continue
        seen.add(target)
        yield from _recipes(makefile, makefile.needs[target], seen, depth + 1)
        for line in makefile.recipes[target]:
            ignored = "-" in line[: len(line) - len(line.lstrip("@-+"))]
            for command in commands(_expanded(line.lstrip("@-+ "), makefile.variables)):
                yield Command(command.words, 0, command.fails and not ignored)


def _expanded(line: str, variables: Mapping[str, str]) -> str:
    """Put in the values of variables; an unknown one is taken for the program of its name."""

    def value(match: re.Match[str]) -> str:
        return variables.get(match[1], match[1].lower())

    once = _REFERENCE.sub(value, line[:_LINE_LIMIT])
    return _REFERENCE.sub(value, once[:_LINE_LIMIT])
