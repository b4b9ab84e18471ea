"""The last part of the address of a public page: chosen by the mentor, and easy to read aloud."""

import re
import unicodedata

LEAST, MOST = 3, 40
_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APART = re.compile(r"[^a-z0-9]+")
_RESERVED = frozenset({
    "about", "admin", "administrator", "api", "help", "index", "login", "new", "official", "ops",
    "privacy", "security", "settings", "sign-in", "sign-out", "static", "support", "verify",
})  # fmt: skip


def is_slug(text: str) -> bool:
    """Whether a page may be there: lower-case letters a to z and digits, in words joined by single
    hyphens, 3 to 40 characters, and no name that looks like one of ours."""
    fits = LEAST <= len(text) <= MOST and _FORM.fullmatch(text) is not None
    return fits and text not in _RESERVED


def proposed(name: str) -> str:
    """A slug made of what somebody is called; empty if nothing of that can be one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = _APART.sub("-", plain)[:MOST].strip("-")
    return slug if is_slug(slug) else ""
