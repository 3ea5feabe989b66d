"""Whether every dependency is declared: in a standard manifest, or because there is none at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.contents import NOT_PACKAGES, study
from osmm_scan.collectors.inventory.formats.python_tokens import Token, TokenKind, read_tokens
from osmm_scan.collectors.inventory.use import consumes
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own, is_vendored, language
from osmm_scan.collectors.studies.structured import Malformed
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

# Where code in a language declares its packages. Languages that have no such place need none.
_MANIFESTS = {
    "C": {"conan", "vcpkg"},
    "C#": {"nuget"},
    "C++": {"conan", "vcpkg"},
    "Dart": {"pub"},
    "Elixir": {"hex"},
    "F#": {"nuget"},
    "Go": {"golang"},
    "Java": {"maven"},
    "JavaScript": {"npm"},
    "Jupyter Notebook": {"pypi"},
    "Kotlin": {"maven"},
    "PHP": {"composer"},
    "Python": {"pypi"},
    "Ruby": {"gem"},
    "Rust": {"cargo"},
    "Swift": {"swift"},
    "TypeScript": {"npm"},
    "Visual Basic .NET": {"nuget"},
}
_NEEDS_NONE = frozenset(
    {
        *("Assembly", "Awk", "Batchfile", "Bicep", "CMake", "Dockerfile", "GLSL", "HCL"),
        *("Makefile", "Nix", "Open Policy Agent", "PLSQL", "Shell", "Starlark", "TSQL"),
        "Vim Script",
    }
)
_MOST_FILES = 100
# The standard library of other versions of Python than the one that runs this.
_STANDARD = sys.stdlib_module_names | frozenset(
    {
        *("__future__", "__main__", "_typeshed", "annotationlib", "asynchat", "asyncore"),
        *("cgi", "cgitb", "chunk", "compression", "crypt", "distutils", "imghdr", "imp"),
        *("lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes", "smtpd"),
        *("sndhdr", "spwd", "sunau", "telnetlib", "tomllib", "uu", "xdrlib"),
    }
)


def declared_or_none(observer: Observer) -> Answer:
    """Answer whether dependencies stand in a standard manifest, or there are none at all."""
    used = consumes(observer)
    if used.value:
        return used
    entries = observer.repository.entries()
    copied = next((path for path in entries if is_vendored(path) and _language(path)), None)
    if copied is not None:
        return Answer(False, copied)
    manifests = observer.once(study).manifests
    covered = {found.ecosystem for found in manifests} - NOT_PACKAGES
    for path in entries:
        name = _language(path) if is_own(path) else None
        if name is None or covered & _MANIFESTS.get(name, set()):
            continue
        if name != "Python":
            why = f"{path}: whether this {name} code uses packages of others cannot be told"
            raise Unobserved(Missing.NOT_SUPPORTED, why)
    return _imports(observer) if "pypi" not in covered else Answer(True)


def _language(path: str) -> str | None:
    """Return the language of a file when code in it may use packages."""
    name = language(path)
    return None if name in _NEEDS_NONE or path.endswith("Jenkinsfile") else name


def _imports(observer: Observer) -> Answer:
    """Answer whether Python code without any manifest imports the standard library only."""
    entries = observer.repository.entries()
    files = [path for path in entries if is_own(path) and language(path) == "Python"]
    if len(files) > _MOST_FILES:
        why = f"more than {_MOST_FILES} Python files without a manifest"
        raise Unobserved(Missing.TRUNCATED, why)
    parts = (part for path in entries if path.endswith(".py") for part in path.split("/"))
    own = {part.removesuffix(".py") for part in parts}
    for path in files:
        try:
            tokens = read_tokens(observer.repository.text(path))
        except Malformed as error:
            raise Unobserved(Missing.FAULT, f"{path}: {error.why}") from error
        for name, line in _imported(tokens):
            if name not in _STANDARD and name not in own:
                return Answer(False, path, line)
    return Answer(True)


def _imported(tokens: list[Token]) -> Iterator[tuple[str, int]]:
    """Yield the first part of each imported module, and its line."""
    depth, previous = 0, Token(TokenKind.SIGN, "", 0)
    for token, following in pairwise(tokens):
        # In brackets, as after `yield`, `from` means something else.
        begins = depth == 0 and (previous.line != token.line or previous.text in {":", ";"})
        if begins and token.text in {"import", "from"} and following.kind is TokenKind.NAME:
            yield following.text, following.line
        depth += (token.text in set("([{")) - (token.text in set(")]}"))
        previous = token
