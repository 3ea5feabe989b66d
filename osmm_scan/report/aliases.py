"""Put numbers in place of names that are not to be told, wherever a text mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_WORD = re.compile(r"[\w.-]+", re.ASCII)
_SLUG = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
# What may follow a name without being of it: the suffix of a clone, the full stop of a sentence.
_SUFFIX = re.compile(r"(?:\.git|\.wiki)?([.\-_]*)$", re.IGNORECASE)
# What stands behind a name in an address or a path tells of the repository as well.
_BEYOND = re.compile(r"[/#@](?:[^\s\"'<>()\[\]{},;|`]*[^\s\"'<>()\[\]{},;|`.:])?")


class Aliases(Mapping[str, str]):
    """Names and what stands for them, found in texts in one pass however many names there are."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._known = {name.casefold(): alias for name, alias in names.items()}
        self._pattern = _mention(names)
        odd = (name for name in names if not _SLUG.fullmatch(name) and not _WORD.fullmatch(name))
        # The longest name first, so that "app" leaves nothing of "app two" behind.
        self._odd = sorted(odd, key=lambda name: (-len(name), name))

    def __getitem__(self, name: str) -> str:
        return self._names[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def put_into(self, text: str) -> str:
        """Return the text with a number for every name, and nothing of what stands behind it."""
        for name in self._odd:
            text = text.replace(name, self._names[name])
        if self._pattern is None:
            return text
        parts, end = [], 0
        for found in self._pattern.finditer(text):
            alias = self._alias(found[0])
            if alias is not None and found.start() >= end:
                parts += [text[end : found.start()], alias]
                beyond = _BEYOND.match(text, found.end())
                end = beyond.end() if beyond else found.end()
        return "".join((*parts, text[end:]))

    def _alias(self, mention: str) -> str | None:
        known = self._known.get(mention.casefold())
        suffix = None if known else _SUFFIX.search(mention)
        if suffix is None:
            return known
        stem = self._known.get(mention[: suffix.start()].casefold())
        return None if stem is None else stem + suffix[1]


def _mention(names: Mapping[str, str]) -> re.Pattern[str] | None:
    """Return what finds everything that may be one of these names."""
    owners = {name.partition("/")[0] for name in names if _SLUG.fullmatch(name)}
    kinds = [rf"(?:{'|'.join(map(re.escape, sorted(owners)))})/{_WORD.pattern}"] if owners else []
    kinds += [_WORD.pattern] if any(map(_WORD.fullmatch, names)) else []
    either = "|".join(kinds)
    return re.compile(rf"(?<![\w.-])(?:{either})", re.IGNORECASE | re.ASCII) if kinds else None
