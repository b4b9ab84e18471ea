"""Who opened which pack, and who signed what."""

from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction
from governance.rules.states import Outcome


@dataclass(frozen=True, slots=True)
class Signature:
    """A member's vote on one pack. `also`: of a withdrawal, decisions of stages above that fall
    too. `retracts`: of an appeal, the reviews that were wrong. `log_id`: the entry with the
    statement."""

    case_id: str
    number: int
    member: str
    outcome: Outcome
    also: tuple[str, ...]
    retracts: tuple[str, ...]
    log_id: int
    signed_at: datetime


def note_opening(
    tx: Transaction, case_id: str, number: int, member: str, blind: bool, now: datetime
) -> bool:
    """Note that a member opened a pack, blind or with names; False: they have before."""
    return bool(
        tx.execute(
            "INSERT INTO governance.openings (case_id, number, member, blind, at) "
            "VALUES (%s::text::uuid, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            case_id, number, member, blind, now,
        )
    )  # fmt: skip


def has_opened(tx: Transaction, case_id: str, number: int, member: str) -> bool:
    """Whether a member has opened a pack, in whichever way."""
    return (
        tx.one(
            "SELECT FROM governance.openings WHERE case_id = %s::text::uuid AND number = %s "
            "AND member = %s LIMIT 1",
            case_id, number, member,
        )
        is not None
    )  # fmt: skip


def add(tx: Transaction, signature: Signature) -> None:
    """Store a signature; a member signs a pack once."""
    tx.execute(
        "INSERT INTO governance.signatures (case_id, number, member, outcome, also, retracts, "
        "log_id, signed_at) VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s, %s)",
        signature.case_id, signature.number, signature.member, signature.outcome,
        list(signature.also), list(signature.retracts), signature.log_id, signature.signed_at,
    )  # fmt: skip


def of_case(tx: Transaction, case_id: str) -> list[Signature]:
    """The signatures of a case, those on earlier packs too, in order."""
    rows = tx.rows(
        "SELECT case_id::text, number, member, outcome, also, retracts, log_id, signed_at "
        "FROM governance.signatures WHERE case_id = %s::text::uuid ORDER BY log_id",
        case_id,
    )
    return [
        Signature(case, number, member, outcome, tuple(also), tuple(retracts), log_id, at)
        for case, number, member, outcome, also, retracts, log_id, at in rows
    ]
