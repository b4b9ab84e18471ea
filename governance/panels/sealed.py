"""What of a panel is sealed under the key of its case: who reviews, and what they gave."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from governance.committee import Sitting
from governance.store import panels
from governance.store.panels import PanelSeat, SeatOfProgram
from governance.store.sealing import CaseKey, HasKey

_encode = msgspec.json.Encoder(order="sorted").encode


class SealedReview(msgspec.Struct, frozen=True):
    """A review as it was given: ratings 0 to 4 by row, and what was written."""

    ratings: Mapping[str, int]
    narrative: str


@dataclass(frozen=True, slots=True)
class OpenedSeat:
    """A seat with who has it; None: they, or the subject of the case, were erased."""

    of: SeatOfProgram
    reviewer: str | None

    @property
    def seat(self) -> PanelSeat:
        """The request itself."""
        return self.of.seat

    @property
    def counts(self) -> bool:
        """Whether they review, or have reviewed: not who declined or stayed silent."""
        return is_in_use(self.of.seat)


def is_in_use(seat: PanelSeat) -> bool:
    """Whether somebody has the seat, or has given a review from it."""
    return seat.state in panels.IN_USE or (seat.state == "closed" and seat.review is not None)


def key_of(sitting: Sitting, holder: HasKey) -> CaseKey | None:
    """The key of a case; None: its subject was erased."""
    return None if holder.wrapped_key is None else sitting.keys.key_of(holder)


def seal_reviewer(key: CaseKey, request_id: str, reviewer: str) -> bytes:
    """Who has a seat, sealed."""
    return key.seal(reviewer.encode(), f"{request_id} reviewer")


def reviewer_of(key: CaseKey | None, seat: PanelSeat) -> str | None:
    """Who has a seat, if that can still be known."""
    if key is None or seat.reviewer is None:
        return None
    return key.open(seat.reviewer, f"{seat.request_id} reviewer").decode()


def seal_review(key: CaseKey, request_id: str, review: SealedReview) -> bytes:
    """A review, sealed."""
    return key.seal(_encode(review), f"{request_id} review")


def review_of(key: CaseKey | None, seat: PanelSeat) -> SealedReview | None:
    """What was given from a seat, if anything was and it can still be read."""
    if key is None or seat.review is None:
        return None
    return msgspec.json.decode(
        key.open(seat.review, f"{seat.request_id} review"), type=SealedReview
    )


def opened(sitting: Sitting, seats: Iterable[SeatOfProgram]) -> list[OpenedSeat]:
    """Seats with who has them."""
    keys: dict[str, CaseKey | None] = {}
    seen = []
    for each in seats:
        case_id = each.panel.case_id
        if case_id not in keys:
            keys[case_id] = key_of(sitting, each)
        seen.append(OpenedSeat(each, reviewer_of(keys[case_id], each.seat)))
    return seen


def reviewers_about(sitting: Sitting, program: str, subject: str) -> frozenset[str]:
    """Who reviews somebody, or has: they do not decide about them. It is noted nowhere."""
    return names(opened(sitting, panels.seats_about(sitting.tx, program, subject)))


def names(seats: Collection[OpenedSeat]) -> frozenset[str]:
    """Who reviews, among seats."""
    return frozenset(each.reviewer for each in seats if each.counts and each.reviewer is not None)
