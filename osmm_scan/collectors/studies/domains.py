"""Tell which organisation an address names, if it names one at all.

Freemail, noreply and personal domains say nothing about whom somebody works for: that is unknown,
not outside.
"""

from __future__ import annotations

import re

from osmm_scan.sources.repository import Person

# Providers that take the same name in many countries.
_FREEMAIL_BRANDS = frozenset(
    {
        "aol",
        "fastmail",
        "gmail",
        "gmx",
        "googlemail",
        "hotmail",
        "live",
        "outlook",
        "protonmail",
        "yahoo",
        "yandex",
    }
)
_FREEMAIL = frozenset(
    {
        "126.com",
        "139.com",
        "163.com",
        "appleid.com",
        "comcast.net",
        "duck.com",
        "foxmail.com",
        "free.fr",
        "hey.com",
        "icloud.com",
        "laposte.net",
        "mac.com",
        "mail.com",
        "mail.ru",
        "mailbox.org",
        "me.com",
        "msn.com",
        "naver.com",
        "orange.fr",
        "pm.me",
        "posteo.de",
        "proton.me",
        "qq.com",
        "rediffmail.com",
        "riseup.net",
        "seznam.cz",
        "t-online.de",
        "tutanota.com",
        "ukr.net",
        "wanadoo.fr",
        "web.de",
        "ya.ru",
        "ymail.com",
        "zoho.com",
        # Given to members of a society, whoever they work for.
        "acm.org",
        "computer.org",
        "ieee.org",
        "linux.com",
    }
)
# Reserved by RFC 2606, RFC 6761 and RFC 6762, or in use inside networks only.
_NO_DOMAINS = frozenset(
    {"corp", "example", "home", "internal", "invalid", "lan", "loc", "local", "localdomain", "test"}
)
_EXAMPLES = frozenset({"example.com", "example.net", "example.org"})
# Second levels under which countries register names: `acme.co.uk`, `acme.com.au`.
_SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "gc", "go", "gob", "gouv", "gov", "ne", "net", "or", "org"}
)
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def registered(domain: str) -> str | None:
    """Return the part of a domain that somebody registered, None for what is no public domain."""
    labels = domain.strip().lower().rstrip(".").split(".")
    if len(labels) < 2 or labels[-1] in _NO_DOMAINS or labels[-1].isdigit():
        return None
    if not all(map(_LABEL.fullmatch, labels)):
        return None
    is_country = len(labels[-1]) == 2 and len(labels) > 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3:] if is_country else labels[-2:])


def is_placeholder(address: str) -> bool:
    """Tell whether an address has a domain that only examples use."""
    domain = address.rpartition("@")[2].lower()
    return registered(domain) in _EXAMPLES or domain.rpartition(".")[2] in _NO_DOMAINS


def organisation(person: Person) -> str | None:
    """Return the domain of the organisation that an address names, None where it names none."""
    domain = person.email.rpartition("@")[2].strip().lower()
    found = registered(domain)
    if found is None or found in _EXAMPLES or "noreply" in domain.split("."):
        return None
    return None if _is_freemail(found) or _is_personal(found, person) else found


def _is_freemail(domain: str) -> bool:
    return domain in _FREEMAIL or domain.partition(".")[0] in _FREEMAIL_BRANDS


def _is_personal(domain: str, person: Person) -> bool:
    """Tell whether a domain is made of its user's own name."""
    label, _, top = domain.partition(".")
    words = [word for word in _NO_WORD.split(person.name.lower()) if word]
    whole = _NO_WORD.sub("", domain)
    return (
        top == "name"
        or (len(label) > 3 and _NO_WORD.sub("", label) in "".join(words))
        or any(len(word) > 3 and word in whole for word in words)
    )
