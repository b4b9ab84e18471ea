"""What governance refuses, each kind by a word that pages, API and commands answer with."""

from typing import Literal

RefusalKind = Literal[
    "unknown-case",
    "not-in-state",
    "already-open",
    "unknown-matter",
    "not-seated",
    "recused",
    "is-subject",
    "already-signed",
    "pack-not-opened",
    "pack-changed",
    "outcome-not-offered",
    "statement-needed",
    "authenticate-again",
    "too-late",
    "not-allowed",
    "key-erased",
]


class CaseRefused(Exception):
    """Something asked of a case is not done. The sentence is for who asked, and quotes no private
    text. `keeps`: what was noticed on the way is written all the same; else nothing is."""

    def __init__(self, kind: RefusalKind, sentence: str, *, keeps: bool = False) -> None:
        super().__init__(sentence)
        self.kind: RefusalKind = kind
        self.keeps = keeps


class OfficerChanged(Exception):
    """Somebody else has changed what governance knows of a person since it was read."""


class BadCaseKeys(ValueError):
    """The keys that cases are wrapped to cannot be used, or lack one. The text names no key."""
