"""Read what stands within a line of a document: links, addresses, code, and the words as shown.

Every pattern has bounded repetitions, so that time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\])")
_TAG = re.compile(r"</?[a-zA-Z][\w-]{0,30}(?:\s[^<>=]{0,200}=[^<>]{0,1000})?\s?/?>")
_CODE = re.compile(r"``?([^`]{1,300})``?(?!_)")
_INLINE = re.compile(
    r"\[([^\[\]]{0,300})\]\(\s{0,3}<?([^()\s<>]{1,2000}(?:\([^()\s]{0,99}\))?)>?[^()]{0,300}\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\](?:\[([^\[\]]{0,200})\])?(?![(:])")
_DEFINITION = re.compile(
    r"\s{0,3}(?:\[([^\[\]]{1,200})\]:|\.\. _`?([^:`]{1,200})`?:)\s{0,5}<?(\S{1,2000})"
)
_RST = re.compile(r"`([^`<>]{0,300})<([^<>`\s]{1,2000})>`__?")
_RST_NAMED = re.compile(r"`([^`<>]{1,200})`_\b")
_ANCHOR = re.compile(r"<a\s[^<>]{0,500}?href=[\"']?([^\"'<>\s]{1,2000})", re.I)
_ASCIIDOC = re.compile(r"(?:link:|xref:|(?=https?:))([\w.:/#?=&%+~-]{4,500})\[([^\[\]]{0,200})\]")
_BARE = re.compile(r"(?<![\w(\[\"'=/:])(https?://[^\s<>\"'`\])]{3,2000})", re.I)
_PLAIN_ADDRESS = re.compile(
    r"(?<![\w.+@/-])(\w[\w.+/-]{0,63})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?![\w@/])"
)
_SPELLED_ADDRESS = re.compile(
    r"(?<![\w.+@/-])([\w.+-]{1,64})\s?(?:[\[({<]\s?at\s?[\])}>]|(?-i: AT ))\s?"
    r"([\w-]{1,63}(?:(?:\.|\s?[\[({<]\s?dot\s?[\])}>]\s?|(?-i: DOT ))[\w-]{1,63}){1,6})",
    re.I,
)
_DOT = re.compile(r"\s?[\[({<]\s?dot\s?[\])}>]\s?| DOT ", re.I)
# Each with a sign without which it cannot be there.
_SHORTENED = (("](", _INLINE, r"\1"), ("`", _RST, r"\1"), ("<", _TAG, " "))


def shown(text: str) -> str:
    """Return a piece of markup as it is read: without images, tags and link targets.

    What is marked as code stays marked, because it is not meant as a sentence.
    """
    text = without_images(text)
    for sign, form, kept in _SHORTENED:
        if sign in text:
            text = form.sub(kept, text)
    return " ".join(text.replace("**", "").replace("__", "").split())


def without_images(text: str) -> str:
    """Return a piece of markup with blanks for its images, badges included."""
    return _IMAGE.sub(lambda match: " " * len(match[0]), text) if "![" in text else text


def code(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and text of what is marked as code within a sentence."""
    for match in _CODE.finditer(text) if "`" in text else ():
        yield match.start(), match[1].strip()


def without_code(text: str) -> str:
    """Return a piece of markup without what it marks as code."""
    return _CODE.sub(" ", text)


def definition(line: str) -> tuple[str, str] | None:
    """Return label and target when a line says where a label leads."""
    match = _DEFINITION.match(line)
    return ((match[1] or match[2]).lower(), match[3].rstrip(">")) if match else None


def links(text: str, targets: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield each link's place, text and target; `targets` says where labels lead."""
    text = without_images(text)
    for form in (_INLINE, _RST):
        for match in form.finditer(text):
            target = targets.get(match[2].removesuffix("_").lower(), match[2])
            yield match.start(), match[1].strip(), target
    for form in (_REFERENCE, _RST_NAMED):
        for match in form.finditer(text):
            label = (match[2] or match[1]) if form is _REFERENCE else match[1]
            if label.lower() in targets:
                yield match.start(), match[1].strip(), targets[label.lower()]
    for match in _ASCIIDOC.finditer(text):
        yield match.start(), match[2], match[1]
    for form in (_ANCHOR, _BARE):
        for match in form.finditer(text):
            target = match[1].rstrip(".,;:*_")
            yield match.start(), target, target


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and text of e-mail addresses, also of those with `(at)` and `(dot)`."""
    for match in _PLAIN_ADDRESS.finditer(text):
        yield match.start(), f"{match[1]}@{match[2]}"
    for match in _SPELLED_ADDRESS.finditer(text):
        yield match.start(), f"{match[1]}@{_DOT.sub('.', match[2])}"
