"""Write JSON in ASCII that any two runs write alike and that no build log obeys."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False)


def compact(value: Any) -> str:
    """Return the value as JSON on one line."""
    # The C encoder works only without indentation, and is ten times as fast.
    return _inert(_ENCODER.encode(value))


def indented(value: Any) -> str:
    """Return a whole report as JSON that people can read, ending in a line break."""
    return _inert(json.dumps(value, ensure_ascii=True, allow_nan=False, indent=1)) + "\n"


def _inert(text: str) -> str:
    # A build log on GitHub obeys "##[command]" anywhere in a line.
    return text.replace("##[", "\\u0023\\u0023[")
