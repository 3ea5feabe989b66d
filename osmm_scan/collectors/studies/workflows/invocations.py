"""Find the program that a command really starts, behind `sudo`, `npx`, `docker run` and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from osmm_scan.collectors.studies.workflows.globs import matches
from osmm_scan.collectors.studies.workflows.shell import commands

Words = tuple[str, ...]

# What starts another program: the program, its subcommands, and how many plain words follow
# before the started program, such as the name of a container.
_STARTERS: Mapping[str, tuple[tuple[Words, int], ...]] = {
    "bun": ((("x",), 0), (("run",), 0)),
    "bundle": ((("exec",), 0),),
    "bunx": (((), 0),),
    "command": (((), 0),),
    "composer": ((("exec",), 0),),
    "conda": ((("run",), 0),),
    "dart": ((("run",), 0),),
    "docker": (
        (("compose", "exec"), 1),
        (("compose", "run"), 1),
        (("container", "run"), 0),
        (("exec",), 1),
        (("run",), 0),
    ),
    "docker-compose": ((("exec",), 1), (("run",), 1)),
    "doppler": ((("run",), 0),),
    "dotnet": ((("tool", "run"), 0),),
    "env": (((), 0),),
    "exec": (((), 0),),
    "go": ((("run",), 0), (("tool",), 0)),
    "hatch": ((("run",), 0),),
    "mise": ((("exec",), 0),),
    "nice": (((), 0),),
    "nix": ((("develop",), 0), (("run",), 0)),
    "nohup": (((), 0),),
    "npm": ((("exec",), 0),),
    "npx": (((), 0),),
    "pdm": ((("run",), 0),),
    "php": (((), 0),),
    "pipenv": ((("run",), 0),),
    "pipx": ((("run",), 0),),
    "pixi": ((("run",), 0),),
    "pnpm": ((("dlx",), 0), (("exec",), 0), (("run",), 0), ((), 0)),
    "pnpx": (((), 0),),
    "podman": ((("run",), 0),),
    "poetry": ((("run",), 0),),
    "py": ((("-m",), 0),),
    "python": ((("-m",), 0),),
    "python3": ((("-m",), 0),),
    "retry": (((), 0),),
    "rye": ((("run",), 0),),
    "stdbuf": (((), 0),),
    "sudo": (((), 0),),
    "time": (((), 0),),
    "timeout": (((), 1),),
    "travis_retry": (((), 0),),
    "travis_wait": (((), 0),),
    "uv": ((("run",), 0), (("tool", "run"), 0)),
    "uvx": (((), 0),),
    "xvfb-run": (((), 0),),
    "yarn": ((("dlx",), 0), (("exec",), 0), (("run",), 0), ((), 0)),
}
_SHELLS = frozenset({"bash", "dash", "nix-shell", "pwsh", "sh", "zsh"})
_INLINE = re.compile(r"-[a-z]*c|--run|--command|-[Cc]ommand")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_VERSION = re.compile(r"[:@][^/]*\Z")
_ENDING = re.compile(r"\.(?:bat|cmd|exe)\Z")
_INTERPRETER = re.compile(r"python3\.\d+")
# A program kept in a variable is nearly always named after it: `$PYTHON`, `${{ env.CARGO }}`.
_VARIABLE = re.compile(r"\$(?:\{?(\w+)}?|\{\{ *env\.(\w+) *}})|\$env:(\w+)")
# What is put in behind a word, as in `package${{ inputs.options }}`, is taken for options.
_GLUED = re.compile(r"(?<=\w)\$\{\{[^{}]*}}\Z")
_DEPTH_LIMIT = 4
_READINGS_LIMIT = 24


def invocations(words: Words) -> tuple[Words, ...]:
    """Return every reading of a command, the program first without its folder and version.

    Whether a word behind an option is its value cannot be told without knowing the program, so
    a command behind a starter with options has several readings.
    """
    found: dict[Words, None] = {}
    for reading in _readings(tuple(_GLUED.sub("", word) for word in words), 0):
        found[reading] = None
        if len(found) >= _READINGS_LIMIT:
            break
    return tuple(found)


def behind(words: Words, wanted: Words, start: int = 1) -> int | None:
    """Return the place behind these subcommands, None when the words do not begin with them.

    Options may stand between, each with a value. A wanted word may hold `*` and, split by `|`,
    several choices.
    """
    place = start
    for want in wanted:
        after_option = False
        while place < len(words) and not fits(want, words[place]):
            is_option = words[place][:1] in ("-", "+")
            if not is_option and not after_option:
                return None
            after_option = is_option
            place += 1
        if place >= len(words):
            return None
        place += 1
    return place


def fits(want: str, word: str) -> bool:
    """Tell whether a word is one of the choices of a pattern such as `test|test:*`."""
    return any(matches(choice, word) for choice in want.split("|"))


def _readings(words: Words, depth: int) -> Iterator[Words]:
    while words and _ASSIGNMENT.match(words[0]):
        words = words[1:]
    if not words or depth > _DEPTH_LIMIT:
        return
    plain = (_program(words[0]), *words[1:])
    yield plain
    if plain[0] in _SHELLS:
        yield from _inline(plain, depth)
    for start in _starts(plain):
        yield from _readings(words[start:], depth + 1)


def _program(word: str) -> str:
    variable = _VARIABLE.fullmatch(word)
    if variable:
        return str(variable[variable.lastindex or 0]).lower()
    folder, slash, name = word.replace("\\", "/").rstrip("/").rpartition("/")
    if not folder and name.startswith("@"):
        return name
    name = _ENDING.sub("", _VERSION.sub("", name))
    if folder.startswith("@") and "/" not in folder:
        return folder + slash + name
    return "python3" if _INTERPRETER.fullmatch(name) else name


def _starts(words: Words) -> Iterator[int]:
    """Yield where the started program may stand."""
    for subcommands, skipped in _STARTERS.get(words[0], ()):
        place = behind(words, subcommands)
        if place is not None:
            yield from _plain(words, place, skipped)
            return


def _plain(words: Words, place: int, skipped: int) -> Iterator[int]:
    """Yield the plain words that may be a program: those behind options may be their values."""
    maybe: list[int] = []
    sure = seen = 0
    after_option = False
    for at in range(place, len(words)):
        if words[at] == "--":
            yield at + 1
            return
        if words[at].startswith("-"):
            after_option = "=" not in words[at]
        elif not _ASSIGNMENT.match(words[at]):
            seen += 1
            sure += not after_option
            after_option = False
            maybe += [at] if seen > skipped else []
            if sure > skipped:
                break
    yield from maybe


def _inline(words: Words, depth: int) -> Iterator[Words]:
    for option, script in pairwise(words[1:]):
        if _INLINE.fullmatch(option):
            for command in commands(script):
                yield from _readings(command.words, depth + 1)
            return
