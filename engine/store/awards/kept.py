"""Awards kept by decision: which cutover kept each, and those that count or end as facts do.

A row outlives the keep; only where the award itself is still marked as decided does it count.
"""

from collections.abc import Iterable, Iterator

from engine.store.awards import awards
from engine.store.awards.awards import SELECTED, Announced
from engine.store.postgres.connection import Transaction

_KEPT = "FROM kept_awards k JOIN awards a ON a.award_id = k.award_id AND a.standing AND a.decided "


def note(tx: Transaction, generation: int, kept: Iterable[Announced]) -> None:
    """Note which generation's cutover keeps these awards."""
    items = [item.award for item in kept]
    if items:
        tx.execute(
            "INSERT INTO kept_awards (award_id, generation, program, recipient, occurrence) "
            "SELECT i, %s, p, r, o FROM unnest(%b::text[]::uuid[], %b::text[], %b::text[], "
            "%b::text[]) k (i, p, r, o) "
            "ON CONFLICT (award_id) DO UPDATE SET generation = EXCLUDED.generation",
            generation,
            [award.id for award in items],
            [award.program for award in items],
            [award.recipient for award in items],
            [award.occurrence for award in items],
        )


def of_occurrences(
    tx: Transaction, programs: Iterable[str], occurrences: Iterable[str]
) -> Iterator[Announced]:
    """The kept awards of these programs with these occurrences: for an award that is itself one
    fact, the fact's id."""
    rows = tx.rows(
        f"SELECT {SELECTED} {_KEPT} WHERE k.program = ANY (%b::text[]) "
        "AND k.occurrence = ANY (%b::text[])",
        sorted(set(programs)), sorted(set(occurrences)),
    )  # fmt: skip
    return map(awards.announced, rows)


def counts(
    tx: Transaction, recipients: Iterable[tuple[str, str]]
) -> dict[tuple[str, str, str], int]:
    """How many kept awards these recipients (program, participant) hold of each badge: by program,
    participant and badge."""
    wanted = sorted(set(recipients))
    if not wanted:
        return {}
    rows = tx.rows(
        f"SELECT k.program, k.recipient, a.badge, count(*) {_KEPT} "
        "JOIN unnest(%b::text[], %b::text[]) w (program, recipient) "
        "ON w.program = k.program AND w.recipient = k.recipient GROUP BY 1, 2, 3",
        [program for program, _ in wanted], [name for _, name in wanted],
    )  # fmt: skip
    return {(program, name, badge): number for program, name, badge, number in rows}
