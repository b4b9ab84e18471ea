"""Rewards: cycles that were held, what was granted, and what members chose."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.store.postgres.connection import Row, Transaction
from events.instants import Instant

RewardSelection = Literal["all", "lottery", "committee"]

_CYCLE = "program, reward, cycle, as_of, policy, eligible, counted, draw_id::text, held_at"
_GRANT = (
    "reward_id::text, program, reward, kind, cycle, participant, selection, approvers, granted_at"
)
_VOTE = "program, reward, cycle, participant, member, words, signed_at"
_CONSENT = "program, reward, cycle, participant, given_at, withdrawn_at"


@dataclass(frozen=True, slots=True)
class HeldCycle:
    """A cycle of a reward that was held. `as_of`: the instant at which people were asked;
    `eligible`: who was, but for those who were erased since; `counted`: how many they were;
    `draw_id` None: nothing was drawn."""

    program: str
    reward: str
    cycle: str
    as_of: Instant
    policy: str
    eligible: tuple[str, ...]
    counted: int
    draw_id: str | None
    held_at: datetime


@dataclass(frozen=True, slots=True)
class RewardGrant:
    """A reward that somebody got."""

    reward_id: str
    program: str
    reward: str
    kind: str
    cycle: str
    participant: str
    selection: RewardSelection
    approvers: tuple[str, ...]
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class RewardVote:
    """A member's signature for somebody. `words`: why, where it is published; else empty."""

    program: str
    reward: str
    cycle: str
    participant: str
    member: str
    words: str = field(repr=False)
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class RewardConsent:
    """What somebody lets be published of a reward of theirs. `given_at` None: they did not."""

    program: str
    reward: str
    cycle: str
    participant: str
    given_at: datetime | None
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it may be published now."""
        return self.given_at is not None and self.withdrawn_at is None


def hold(tx: Transaction, held: HeldCycle) -> bool:
    """Keep a cycle; False: it was held before."""
    return bool(
        tx.execute(
            "INSERT INTO governance.cycles (program, reward, cycle, as_of, policy, eligible, "
            "counted, draw_id, held_at) VALUES (%s, %s, %s, %s, %s, %s::text[], %s, "
            "%s::text::uuid, %s) ON CONFLICT DO NOTHING",
            held.program, held.reward, held.cycle, held.as_of, held.policy, list(held.eligible),
            held.counted, held.draw_id, held.held_at,
        )
    )  # fmt: skip


def cycles(tx: Transaction, program: str) -> list[HeldCycle]:
    """All cycles of a program that were held, the latest first."""
    rows = tx.rows(
        f"SELECT {_CYCLE} FROM governance.cycles WHERE program = %s "
        "ORDER BY as_of DESC, reward, cycle",
        program,
    )
    return [_held(row) for row in rows]


def cycle(tx: Transaction, program: str, reward: str, name: str) -> HeldCycle | None:
    """One of them."""
    row = tx.one(
        f"SELECT {_CYCLE} FROM governance.cycles WHERE program = %s AND reward = %s "
        "AND cycle = %s",
        program, reward, name,
    )  # fmt: skip
    return _held(row) if row is not None else None


def grant(tx: Transaction, granted: RewardGrant) -> bool:
    """Keep that somebody got a reward; False: they have it of this cycle."""
    return bool(
        tx.execute(
            "INSERT INTO governance.grants (reward_id, program, reward, kind, cycle, participant, "
            "selection, approvers, granted_at) VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s, "
            "%s::text[], %s) ON CONFLICT DO NOTHING",
            granted.reward_id, granted.program, granted.reward, granted.kind, granted.cycle,
            granted.participant, granted.selection, list(granted.approvers), granted.granted_at,
        )
    )  # fmt: skip


def grants(tx: Transaction, program: str, participant: str | None = None) -> list[RewardGrant]:
    """What was granted in a program, or to somebody there, the latest first."""
    rows = tx.rows(
        f"SELECT {_GRANT} FROM governance.grants WHERE program = %s "
        "AND (%s::text IS NULL OR participant = %s) "
        "ORDER BY granted_at DESC, reward, cycle, participant",
        program, participant, participant,
    )  # fmt: skip
    return [_grant(row) for row in rows]


def vote(tx: Transaction, signed: RewardVote) -> bool:
    """Keep a signature; False: this member signed for this person before."""
    return bool(
        tx.execute(
            f"INSERT INTO governance.reward_votes ({_VOTE}) VALUES (%s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            signed.program, signed.reward, signed.cycle, signed.participant, signed.member,
            signed.words, signed.signed_at,
        )
    )  # fmt: skip


def votes(tx: Transaction, program: str) -> list[RewardVote]:
    """All signatures of a program, in the order of signing."""
    rows = tx.rows(
        f"SELECT {_VOTE} FROM governance.reward_votes WHERE program = %s "
        "ORDER BY signed_at, participant, member",
        program,
    )
    return [RewardVote(*row) for row in rows]


def ask_consent(tx: Transaction, program: str, reward: str, name: str, participant: str) -> None:
    """Ask somebody whether a reward of theirs may be published."""
    tx.execute(
        "INSERT INTO governance.reward_consents (program, reward, cycle, participant) "
        "VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        program, reward, name, participant,
    )  # fmt: skip


def answer_consent(
    tx: Transaction,
    program: str,
    reward: str,
    name: str,
    participant: str,
    now: datetime,
    *,
    given: bool,
) -> bool:
    """Give a consent that was asked for, or take it back; False: there is nothing to change."""
    change = "given_at = %s, withdrawn_at = NULL" if given else "withdrawn_at = %s"
    stands = "given_at IS NOT NULL AND withdrawn_at IS NULL"
    where = f"NOT ({stands})" if given else "withdrawn_at IS NULL"
    return bool(
        tx.execute(
            f"UPDATE governance.reward_consents SET {change} WHERE program = %s AND reward = %s "
            f"AND cycle = %s AND participant = %s AND {where}",
            now, program, reward, name, participant,
        )
    )  # fmt: skip


def consents(tx: Transaction, program: str) -> list[RewardConsent]:
    """All that were asked for in a program."""
    rows = tx.rows(
        f"SELECT {_CONSENT} FROM governance.reward_consents WHERE program = %s "
        "ORDER BY cycle DESC, reward, participant",
        program,
    )
    return [RewardConsent(*row) for row in rows]


def choices(tx: Transaction, program: str) -> list[tuple[RewardVote, RewardConsent | None]]:
    """All signatures of a program in their order, each with what the person lets be published."""
    rows = tx.rows(
        "SELECT v.program, v.reward, v.cycle, v.participant, v.member, v.words, v.signed_at, "
        "c.program IS NOT NULL, c.given_at, c.withdrawn_at FROM governance.reward_votes v "
        "LEFT JOIN governance.reward_consents c USING (program, reward, cycle, participant) "
        "WHERE v.program = %s ORDER BY v.signed_at, v.participant, v.member",
        program,
    )
    return [
        (
            RewardVote(*row[:7]),
            RewardConsent(row[0], row[1], row[2], row[3], row[8], row[9]) if row[7] else None,
        )
        for row in rows
    ]


def seeds(tx: Transaction, program: str) -> list[tuple[HeldCycle, str | None]]:
    """All cycles that were held, the latest first, each with the seed of its draw."""
    names = ", ".join(f"c.{name}" for name in _CYCLE.split(", "))
    rows = tx.rows(
        f"SELECT {names}, d.seed FROM governance.cycles c "
        "LEFT JOIN governance.draws d ON d.draw_id = c.draw_id WHERE c.program = %s "
        "ORDER BY c.as_of DESC, c.reward, c.cycle",
        program,
    )
    return [(_held(row[:-1]), row[-1]) for row in rows]


def _held(row: Row) -> HeldCycle:
    program, reward, name, as_of, policy, eligible, counted, draw_id, held_at = row
    return HeldCycle(
        program, reward, name, Instant(as_of), policy, tuple(eligible), counted, draw_id, held_at
    )


def _grant(row: Row) -> RewardGrant:
    reward_id, program, reward, kind, name, participant, selection, approvers, granted_at = row
    return RewardGrant(
        reward_id, program, reward, kind, name, participant, selection, tuple(approvers), granted_at
    )
