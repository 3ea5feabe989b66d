"""Tell whether the commands that a guide names exist in the repository it is about."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, partial

from osmm_scan.collectors.studies.blocks import Block
from osmm_scan.collectors.studies.paths import is_vendored
from osmm_scan.errors import Unobserved
from osmm_scan.sources.repository import Repository

# Tools that work where there is one of these files, in whichever folder.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "bazel": ("BUILD", "BUILD.bazel", "MODULE.bazel", "WORKSPACE"),
    "bazelisk": ("BUILD", "BUILD.bazel", "MODULE.bazel", "WORKSPACE"),
    "bun": ("package.json",),
    "bundle": ("Gemfile",),
    "cargo": ("Cargo.toml",),
    "cmake": ("CMakeLists.txt",),
    "composer": ("composer.json",),
    "ctest": ("CMakeLists.txt",),
    "dotnet": ("*.csproj", "*.fsproj", "*.proj", "*.sln", "*.slnx"),
    "flutter": ("pubspec.yaml",),
    "go": ("go.mod",),
    "golangci-lint": ("go.mod",),
    "gradle": ("*.gradle", "*.gradle.kts"),
    "hatch": ("pyproject.toml",),
    "just": ("justfile", "Justfile", ".justfile"),
    "make": ("CMakeLists.txt", "GNUmakefile", "Makefile", "Makefile.am", "Makefile.in", "makefile"),
    "meson": ("meson.build",),
    "mix": ("mix.exs",),
    "mvn": ("pom.xml",),
    "nox": ("noxfile.py",),
    "npm": ("package.json",),
    "pdm": ("pyproject.toml",),
    "phpunit": ("composer.json",),
    "pnpm": ("package.json",),
    "poetry": ("pyproject.toml",),
    "pre-commit": (".pre-commit-config.yaml", ".pre-commit-config.yml"),
    "pytest": ("*.py",),
    "rake": ("Rakefile",),
    "sbt": ("build.sbt",),
    "swift": ("Package.swift",),
    "task": ("Taskfile.yaml", "Taskfile.yml"),
    "tox": ("pyproject.toml", "setup.cfg", "tox.ini"),
    "uv": ("pyproject.toml",),
    "yarn": ("package.json",),
}
# These do something without being told what; a bare `go` or `npm` only names the tool.
_WHOLE = frozenset({"just", "make", "nox", "pytest", "rake", "task", "tox", "yarn"})
_PREFIXES = frozenset({"exec", "sudo", "time"})
_RUNNERS = frozenset({"bundle", "hatch", "pdm", "poetry", "uv"})
_INTERPRETERS = frozenset({"bash", "node", "perl", "python", "python3", "ruby", "sh"})
_PACKAGE_MANAGERS = frozenset({"bun", "npm", "pnpm", "yarn"})
_MAKEFILES = frozenset({"GNUmakefile", "Makefile", "makefile"})
# A path that is run rather than mentioned.
_SCRIPT = re.compile(r"^\.{1,2}/|\.(?:bash|bat|cmd|js|mjs|pl|ps1|py|rb|sh|ts)$")
# Folders that a build makes, so that what is said to be there cannot be in the repository.
_BUILT = re.compile(r"(?:^|/)(?:_?build|bin|dist|node_modules|out|target|\.?venv)/|configure$")
_TARGET = re.compile(r"^([\w./%$(){}-][\w./%$(){} -]{0,300}?)[ \t]*::?(?!=)", re.M)
_INCLUDE = re.compile(r"^-?include\b", re.M)
_PATH = re.compile(r"(?:\.{0,2}/)?[\w.-]{1,60}(?:/[\w.-]{1,60}){0,8}")
_READ_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Commands:
    """The first line that names a command that exists, and how many exist and are missing."""

    first: Block | None
    existing: int
    missing: int


def check(home: Repository, code: Iterable[Block]) -> Commands:
    """Return which commands exist; those that say nothing about a repository do not count."""
    known = _Known(home)
    answers = [
        (block, answer)
        for block in code
        for words in _commands(block.text)
        if (answer := known.has(words)) is not None
    ]
    return Commands(
        first=next((block for block, exists in answers if exists), None),
        existing=sum(exists for _, exists in answers),
        missing=sum(not exists for _, exists in answers),
    )


def _commands(line: str) -> Iterator[list[str]]:
    for part in re.split(r"&&|\|\||[;|]", line[:1000].lstrip("$>% ")):
        words = part.partition(" #")[0].split()
        while words and (words[0] in _PREFIXES or "=" in words[0]):
            words = words[1:]
        if words:
            yield words


class _Known:
    """What commands can refer to in one repository, looked up at most once."""

    def __init__(self, home: Repository) -> None:
        self._home = home
        self._paths = [path for path in home.entries() if not is_vendored(path)]

    def has(self, words: list[str]) -> bool | None:
        """Tell whether a command exists; None for one that says nothing about the repository."""
        name, rest = words[0], words[1:]
        if "/" in name:
            return self._has_script(name) if _SCRIPT.search(name) else None
        if not rest and name not in _WHOLE:
            return None
        ask = self._special.get(name)
        if ask:
            return ask(rest)
        return self._has_tool(name) if name in _NEEDS else None

    @cached_property
    def _special(self) -> Mapping[str, Callable[[list[str]], bool | None]]:
        """Return what to ask of commands whose first word does not tell enough."""
        return {
            "make": self._makes,
            **dict.fromkeys(_INTERPRETERS, self._interprets),
            **dict.fromkeys(_PACKAGE_MANAGERS, self._runs_script),
            **{name: partial(self._runs_inner, name) for name in _RUNNERS},
        }

    def _runs_inner(self, name: str, rest: list[str]) -> bool | None:
        inner = self.has(rest[1:]) if rest[0] in {"exec", "run"} and len(rest) > 1 else None
        return self._has_tool(name) if inner is None else inner

    def _has_tool(self, name: str) -> bool:
        return any(fnmatchcase(file, form) for form in _NEEDS[name] for file in self._names)

    def _has_script(self, path: str) -> bool | None:
        if not _PATH.fullmatch(path) or path.startswith("/") or _BUILT.search(path):
            return None
        wanted = posixpath.normpath(path)
        entries = self._home.entries()
        return wanted in entries or any(entry.endswith(f"/{wanted}") for entry in entries)

    def _interprets(self, rest: list[str]) -> bool | None:
        if rest[:1] == ["-m"] and len(rest) > 1:
            return self.has(rest[1:]) if rest[1] in _NEEDS else None
        script = rest[0] if rest else ""
        return self._has_script(script) if "." in script else None

    def _makes(self, rest: list[str]) -> bool | None:
        goals = [word for word in rest if re.fullmatch(r"[A-Za-z][\w./-]{0,80}", word)]
        if not self._has_tool("make"):
            return False
        if not goals or goals[0] in self._targets:
            return True
        return None if self._makes_targets or rest[0].startswith("-") else False

    def _runs_script(self, rest: list[str]) -> bool | None:
        if not self._has_tool("npm"):
            return False
        word = rest[0] if rest else ""
        if word in {"ci", "i", "install"}:
            return True
        name = rest[1] if word == "run" and len(rest) > 1 else word
        if self._scripts is None or name in self._scripts:
            return True
        is_script = name != "run" and word in {"run", "test"} and name[:1].isalpha()
        return False if is_script else None

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(posixpath.basename(path) for path in self._paths)

    @cached_property
    def _makefiles(self) -> tuple[str, ...]:
        return tuple(self._texts(_MAKEFILES))

    @cached_property
    def _targets(self) -> frozenset[str]:
        """Return the goals that makefiles name."""
        named = (goals for text in self._makefiles for goals in _TARGET.findall(text))
        return frozenset(goal for goals in named for goal in goals.split())

    @cached_property
    def _makes_targets(self) -> bool:
        """Tell whether there may be goals that no makefile names."""
        return (
            not self._targets
            or any(mark in goal for goal in self._targets for mark in "%$")
            or any(_INCLUDE.search(text) for text in self._makefiles)
        )

    @cached_property
    def _scripts(self) -> frozenset[str] | None:
        """Return the scripts of all packages, None when one cannot be read."""
        found: set[str] = set()
        for text in self._texts(frozenset({"package.json"})):
            try:
                package = json.loads(text)
            except (ValueError, RecursionError):
                return None
            scripts = package.get("scripts") if isinstance(package, dict) else None
            found.update(scripts if isinstance(scripts, dict) else ())
        return frozenset(found)

    def _texts(self, names: frozenset[str]) -> Iterator[str]:
        paths = [path for path in self._paths if posixpath.basename(path) in names]
        for path in sorted(paths, key=lambda path: (path.count("/"), path))[:_READ_AT_MOST]:
            try:
                yield self._home.text(path)
            except Unobserved:
                continue
