"""What of a decided case was not done as the rules say: pure, over the case as the log and the
tables have it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

LEAST_REVIEWS = 3
"""Of how many reviews of a panel means may be shown."""

BreachKind = Literal[
    "signatures", "recusals", "settling", "deadlines", "appeals", "panels", "digests",
    "publication", "log",
]  # fmt: skip


class Breach(NamedTuple):
    """Something that was not done as it should have been. `case`: its pseudonym, None of what is
    about no case. The sentence names people by their ids: it is for auditors."""

    kind: BreachKind
    case: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A signature as the log has it, with when the member had opened the pack that it is on."""

    member: str
    number: int
    outcome: str
    at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class PackOnRecord:
    """A pack as it is stored. `frozen`: its digest in the log; `document`, `ground`: the digests of
    what is sealed, None where the key was erased. `small_panels`: panels with means over too few
    reviews."""

    number: int
    digest: str
    stored_ground: str
    frozen: str | None
    document: str | None
    ground: str | None
    small_panels: tuple[str, ...]
    is_policy_known: bool
    is_catalog_known: bool


@dataclass(frozen=True, slots=True)
class AuditedCase:
    """A decided case. `settled_from`: the earliest moment of a first signature, None where nothing
    settles; `recused`: since when each kept out; `first_signers`: of an appeal, who signed the case
    that it is about; `published`: the pack and the approvers that the ledger has of its decision,
    None where it makes none; `awaited`: it should be there by now."""

    ref: str
    subject: str
    outcome: str
    approvers: int
    votes: Sequence[Vote]
    stored_signers: frozenset[str]
    recused: dict[str, datetime]
    settled_from: datetime | None
    decided_on: date
    due_on: date | None
    first_signers: frozenset[str]
    pack: PackOnRecord | None
    makes_decision: bool
    published: tuple[str, frozenset[str]] | None
    awaited: bool

    @property
    def signers(self) -> frozenset[str]:
        """Who signed what was decided, on the pack that counts."""
        number = self.pack.number if self.pack is not None else 0
        return frozenset(
            vote.member
            for vote in self.votes
            if (vote.number, vote.outcome) == (number, self.outcome)
        )


def of_case(case: AuditedCase) -> Iterator[Breach]:
    """All breaches of a case."""
    yield from _signatures(case)
    yield from _digests(case)
    for member, since in sorted(case.recused.items()):
        if any(vote.member == member and vote.at >= since for vote in case.votes):
            yield Breach("recusals", case.ref, f"{member} signed, and had been recused")
    if case.settled_from is not None:
        early = sorted(vote.member for vote in case.votes if vote.at < case.settled_from)
        if early:
            yield Breach("settling", case.ref, f"{', '.join(early)} signed before it had settled")
    if case.due_on is not None and case.decided_on > case.due_on:
        late = (case.decided_on - case.due_on) // timedelta(days=1)
        yield Breach("deadlines", case.ref, f"decided {late} days after {case.due_on}")
    if both := sorted(case.signers & case.first_signers):
        names = ", ".join(both)
        yield Breach("appeals", case.ref, f"{names} had signed the case that was appealed")
    yield from _publication(case)


def _signatures(case: AuditedCase) -> Iterator[Breach]:
    signers = case.signers
    if len(signers) < case.approvers:
        sentence = f"{len(signers)} signed {case.outcome}, of {case.approvers}"
        yield Breach("signatures", case.ref, sentence)
    if signers != case.stored_signers:
        yield Breach("signatures", case.ref, "the signatures are not those of the log")
    for vote in case.votes:
        if vote.member == case.subject:
            yield Breach("signatures", case.ref, "its subject signed")
        if vote.opened_at is None or vote.opened_at > vote.at:
            sentence = f"{vote.member} signed pack {vote.number} without opening it before"
            yield Breach("signatures", case.ref, sentence)


def _digests(case: AuditedCase) -> Iterator[Breach]:
    pack = case.pack
    if pack is None:
        yield Breach("digests", case.ref, "it was decided without a pack")
        return
    if pack.frozen != pack.digest:
        yield Breach("digests", case.ref, f"pack {pack.number} is not the one of the log")
    if pack.document not in (None, pack.digest):
        yield Breach("digests", case.ref, f"pack {pack.number} has another digest than is stored")
    if pack.ground not in (None, pack.stored_ground):
        yield Breach("digests", case.ref, f"the ground of pack {pack.number} is another")
    if not pack.is_policy_known:
        yield Breach("digests", case.ref, f"nobody knows the policy of pack {pack.number}")
    if not pack.is_catalog_known:
        yield Breach("digests", case.ref, f"nobody knows the catalog of pack {pack.number}")
    for panel in pack.small_panels:
        sentence = f"means of panel {panel} are over fewer than {LEAST_REVIEWS} reviews"
        yield Breach("panels", case.ref, sentence)


def _publication(case: AuditedCase) -> Iterator[Breach]:
    if not case.makes_decision:
        return
    if case.published is None:
        if case.awaited:
            yield Breach("publication", case.ref, "its decision has not reached the ledger")
        return
    digest, approvers = case.published
    if case.pack is not None and digest != case.pack.digest:
        yield Breach("publication", case.ref, "its decision names another pack")
    if approvers != case.signers:
        yield Breach("publication", case.ref, "its decision names other people than signed")
