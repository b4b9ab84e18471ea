"""Requests for reviews: what somebody is asked to review, and what they answer.

Who it is stands in one sealed column: requests of somebody are those whose column opens to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.catalog.policy import Rubric
from governance.committee import Sitting
from governance.errors import CaseRefused

RequestState = Literal["asked", "given", "declined", "lapsed", "closed"]
WhyDeclined = Literal["conflict", "no_time"]


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A request as who is asked sees it in a list: neither the case nor its subject. `rubric`: such
    as "practice/1"; `due_on`: the last local day to answer; `closed`: the panel has closed or its
    case has ended."""

    request_id: str
    program: str
    rubric: str
    state: RequestState
    asked_at: datetime
    due_on: date
    is_alternate: bool


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request with what a dossier is made from. `rubric`: with its rows and level texts; None if
    the policy has lost it. `ratings`, `narrative`: what they gave, empty before that."""

    request: ReviewRequest
    case_id: str
    panel_id: str
    subject: str
    about: str
    rubric: Rubric | None
    ratings: Mapping[str, int]
    narrative: str


def of_reviewer(sitting: Sitting, program: str, reviewer: str) -> list[ReviewRequest]:
    """The requests to somebody, those that wait for them first, then the latest first."""
    return []


def one(sitting: Sitting, program: str, request_id: str, reviewer: str) -> OpenRequest:
    """A request to somebody.

    Raises:
        CaseRefused: unknown-case, as there is none or it is to somebody else; key-erased
    """
    raise CaseRefused("unknown-case", "There is no such request.")


def give(
    sitting: Sitting,
    program: str,
    request_id: str,
    reviewer: str,
    ratings: Mapping[str, int],
    narrative: str,
) -> ReviewRequest:
    """Give a review, or another in its place until the panel closes. The rows are those of the
    rubric, each rated 0 to 4.

    Raises:
        CaseRefused: unknown-case; not-in-state, as the panel has closed or the request is over;
            not-allowed, as rows are missing or strange, or the narrative cannot be kept;
            statement-needed, as it has no words.
    """
    raise CaseRefused("unknown-case", "There is no such request.")


def decline(
    sitting: Sitting,
    program: str,
    request_id: str,
    reviewer: str,
    why: WhyDeclined,
    words: str = "",
) -> None:
    """Let somebody else be asked at once. With a conflict, one is declared between the two. Done
    already: nothing happens.

    Raises:
        CaseRefused: unknown-case; not-in-state, as a review was given or the panel has closed
    """
    raise CaseRefused("unknown-case", "There is no such request.")
