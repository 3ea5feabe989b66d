"""The one place where text from a repository becomes harmless for terminals and build logs."""

from __future__ import annotations

import re
import unicodedata

# A reader has stopped long before; a path may have thousands of characters.
LONGEST = 600

# Joiners are part of ordinary words in many scripts; every other invisible character could hide
# or reorder what is read.
_JOINERS = {"\u200c", "\u200d"}
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_COMMAND = re.compile(r"^(\s*(?:\x1b\[[0-9;]*m)*\s*)::", re.MULTILINE)


def one_line(text: str, limit: int = LONGEST) -> str:
    """Return the text on one line of at most `limit` characters, control characters as `\\x1b`."""
    line = " ".join(text.split())
    return visible(line if len(line) <= limit else f"{line[:limit]} [...]")


def visible(text: str) -> str:
    """Return the text with control, format and direction characters written out."""
    if text.isprintable():
        return text
    return "".join(_written_out(character) for character in text)


def for_log(text: str) -> str:
    """Return a whole report of which no line is a command to a build log on GitHub."""
    return _COMMAND.sub(r"\1: :", text).replace("##[", "# #[")


def _written_out(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
