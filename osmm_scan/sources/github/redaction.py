"""Keep secrets out of log records, in every form in which they could slip in."""

from __future__ import annotations

import base64
import logging
from urllib.parse import quote

MASK = "<hidden>"


class Redaction(logging.Filter):
    """A filter that passes every record, with the secrets in it masked."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[str, ...] = ()

    def hide(self, secret: str) -> None:
        """Mask a secret from now on: as it is, URL-encoded, and inside of base64."""
        forms = {*self._forms, secret, quote(secret, safe=""), *_inside_base64(secret)}
        # Long forms first, so that no piece of a longer one is left over.
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))

    def clean(self, text: str) -> str:
        """Return a text with every known secret masked."""
        for form in self._forms:
            text = text.replace(form, MASK)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message and the trace of a record; always True."""
        record.msg, record.args = self.clean(record.getMessage()), ()
        if record.exc_info:
            # A formatter prints this text in place of making its own.
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
        return True


REDACTION = Redaction()


def _inside_base64(secret: str) -> set[str]:
    """Return what of a secret shows in base64 of a text that holds it, at any of three offsets."""
    raw = secret.encode()
    forms = set()
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + raw).decode()
        # What neighbours share in a group of three bytes differs from text to text.
        begin = 0 if offset == 0 else 4
        end = len(coded) if (offset + len(raw)) % 3 == 0 else len(coded) - 4
        forms.add(coded[begin:end])
    return forms
