"""Who is assigned to a case: the least loaded of those who may sit.

Nobody is asked by anybody: ties go by a hash of case and member, so the same committee with the
same load gives the same seats, and nobody can prefer one member over another.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

APPEAL_SEATS = 3
APPEAL_SIGNATURES = 2
DEFAULT_APPROVERS = 2
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody of the committee, or of its bench, with the seats they have open elsewhere."""

    member: str
    on_bench: bool
    term_until: date | None
    leave_until: date | None
    load: int


@dataclass(frozen=True, slots=True)
class SeatsWanted:
    """What is asked: how many more seats a case needs.

    `unfit`: who may not sit (the subject, who is recused, has or had a seat of the case; of an
    appeal also who signed the first case); `recused` of them count as missing for the `quorum`.
    `rather_not`: who signed what was appealed: they sit only if nobody else is there. `bench_too`:
    the bench is asked like members, whatever the quorum.
    """

    case_id: str
    number: int
    today: date
    quorum: int
    subject: str
    unfit: Collection[str]
    recused: Collection[str]
    rather_not: Collection[str] = ()
    bench_too: bool = False


def present(sitter: Sitter, today: date) -> bool:
    """Whether they are at work for the committee: neither on leave nor past their term."""
    return not (
        (sitter.term_until is not None and sitter.term_until < today)
        or (sitter.leave_until is not None and sitter.leave_until >= today)
    )


def asks_bench(wanted: SeatsWanted, sitters: Iterable[Sitter]) -> bool:
    """Whether fewer members than the quorum could sit."""
    unrecused = [
        each
        for each in sitters
        if not each.on_bench
        and present(each, wanted.today)
        and each.member != wanted.subject
        and each.member not in wanted.recused
    ]
    return len(unrecused) < wanted.quorum


def assigned(wanted: SeatsWanted, sitters: Sequence[Sitter]) -> tuple[str, ...]:
    """The members who get the seats, in the order of assignment; none if there are not enough for
    all of them: below the quorum nobody decides alone."""
    bench = wanted.bench_too or asks_bench(wanted, sitters)
    candidates = [
        each
        for each in sitters
        if present(each, wanted.today)
        and (bench or not each.on_bench)
        and each.member != wanted.subject
        and each.member not in wanted.unfit
        and each.member not in wanted.recused
    ]
    candidates.sort(
        key=lambda each: (
            each.member in wanted.rather_not,
            each.load,
            tie(wanted.case_id, each.member),
        )
    )
    chosen = tuple(each.member for each in candidates[: wanted.number])
    return chosen if len(chosen) == wanted.number else ()


def tie(case_id: str, member: str) -> bytes:
    """What orders members of equal load."""
    return hashlib.sha256(f"{case_id}{_SEPARATOR}{member}".encode()).digest()


def seats_needed(approvers: int, first: int, votes: Mapping[str, str], seated: int) -> int:
    """How many seats a case needs: at least `first`, and one more than it has while all have
    signed and no outcome has `approvers` signatures.

    `votes`: outcome by member, of the current pack; `seated`: how many seats are not left.
    """
    split = seated and len(votes) >= seated and agreed(approvers, votes) is None
    return max(first, seated + 1 if split else seated)


def agreed(approvers: int, votes: Mapping[str, str]) -> str | None:
    """The outcome that enough members have signed, None if there is none yet."""
    outcomes = list(votes.values())
    return next((each for each in outcomes if outcomes.count(each) >= approvers), None)
