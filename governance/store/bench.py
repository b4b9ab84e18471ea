"""The bench: who offers to sit, whose terms run or ran, and which proposals were confirmed."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.store.postgres.connection import Transaction

_OFFER = "program, participant, bench, discipline"
_TERM = "record_id::text, program, participant, starts_on, ends_on, draw_id::text, served_at"


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody tells of themselves: whether they offer to sit on the bench, and their
    discipline, for pairings."""

    program: str
    participant: str
    bench: bool = False
    discipline: str | None = None


@dataclass(frozen=True, slots=True)
class BenchTerm:
    """A term of somebody. `ends_on`: its last day; `served_at` None: it is not over."""

    record_id: str
    program: str
    participant: str
    starts_on: date
    ends_on: date
    draw_id: str
    served_at: datetime | None = None


def write_offer(tx: Transaction, offer: Offer, now: datetime) -> None:
    """Write what somebody tells."""
    tx.execute(
        f"INSERT INTO governance.offers ({_OFFER}, changed_at) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT (program, participant) DO UPDATE SET bench = excluded.bench, "
        "discipline = excluded.discipline, changed_at = excluded.changed_at",
        offer.program, offer.participant, offer.bench, offer.discipline, now,
    )  # fmt: skip


def offers(tx: Transaction, program: str) -> dict[str, Offer]:
    """What everybody stated, by person."""
    rows = tx.rows(f"SELECT {_OFFER} FROM governance.offers WHERE program = %s", program)
    return {row[1]: Offer(*row) for row in rows}


def add_term(tx: Transaction, term: BenchTerm) -> bool:
    """Seat somebody; False: they have a term from that day."""
    return bool(
        tx.execute(
            "INSERT INTO governance.bench_terms (record_id, program, participant, starts_on, "
            "ends_on, draw_id) VALUES (%s::text::uuid, %s, %s, %s, %s, %s::text::uuid) "
            "ON CONFLICT (program, participant, starts_on) DO NOTHING",
            term.record_id, term.program, term.participant, term.starts_on, term.ends_on,
            term.draw_id,
        )
    )  # fmt: skip


def terms(tx: Transaction, program: str) -> list[BenchTerm]:
    """All terms of a program, the latest first."""
    rows = tx.rows(
        f"SELECT {_TERM} FROM governance.bench_terms WHERE program = %s "
        "ORDER BY starts_on DESC, participant",
        program,
    )
    return [BenchTerm(*row) for row in rows]


def serve(tx: Transaction, record_id: str, now: datetime) -> bool:
    """Note that a term is over; False: it was noted before."""
    return bool(
        tx.execute(
            "UPDATE governance.bench_terms SET served_at = %s "
            "WHERE record_id = %s::text::uuid AND served_at IS NULL",
            now, record_id,
        )
    )  # fmt: skip


def confirm(tx: Transaction, draw_id: str, by: str, now: datetime) -> bool:
    """Note who confirmed a proposal; False: it was confirmed before."""
    return bool(
        tx.execute(
            "INSERT INTO governance.confirmations (draw_id, by, at) "
            "VALUES (%s::text::uuid, %s, %s) ON CONFLICT DO NOTHING",
            draw_id, by, now,
        )
    )  # fmt: skip


def confirmed(tx: Transaction, program: str) -> dict[str, datetime]:
    """When proposals of a program were confirmed, by their id."""
    rows = tx.rows(
        "SELECT c.draw_id::text, c.at FROM governance.confirmations c "
        "JOIN governance.draws d USING (draw_id) WHERE d.program = %s",
        program,
    )
    return dict(rows)
