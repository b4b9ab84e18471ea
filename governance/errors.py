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


PageFault = Literal[
    "bad-slug",
    "slug-of-another",
    "bad-title",
    "bad-address",
    "too-many-links",
    "not-their-learner",
    "unknown-link",
    "unknown-voice",
    "no-page",
]


class PageRefused(Exception):
    """Something asked of a public page of a mentor is not done."""

    def __init__(self, kind: PageFault) -> None:
        super().__init__(kind)
        self.kind: PageFault = kind


ProposalFault = Literal["unknown-line", "does-not-fit", "no-words", "unknown-proposal", "answered"]


class ProposalRefused(Exception):
    """A proposal of another policy is not kept, or not answered."""

    def __init__(self, kind: ProposalFault) -> None:
        super().__init__(kind)
        self.kind: ProposalFault = kind
