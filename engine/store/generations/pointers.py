"""Which generation each program is under: moved by a cutover, in the transaction of all it does."""

from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction


def move(tx: Transaction, replay: Replay) -> None:
    """Put a generation's programs under it; what they were under before is kept for a rollback."""
    covered = replay.programs is None
    programs = sorted(replay.programs or ())
    tx.execute(
        "INSERT INTO generation_programs (generation, program, previous) "
        "SELECT %s, program, nullif(generation, %s) FROM programs "
        "WHERE %s OR program = ANY (%s::text[]) "
        "ON CONFLICT (generation, program) DO UPDATE SET previous = EXCLUDED.previous",
        replay.id, replay.id, covered, programs,
    )  # fmt: skip
    tx.execute(
        "UPDATE programs SET generation = %s WHERE %s OR program = ANY (%s::text[])",
        replay.id, covered, programs,
    )  # fmt: skip
    if replay.takes_default:
        tx.execute("UPDATE default_generation SET generation = %s", replay.id)


def live(tx: Transaction) -> dict[str, int]:
    """The live generation of every program."""
    return dict(tx.rows("SELECT program, generation FROM programs ORDER BY program"))


def mark_replaced(tx: Transaction) -> None:
    """Generations that were live and that nothing is under any more."""
    tx.execute(
        "UPDATE generations SET status = 'replaced' WHERE status = 'live' AND id NOT IN "
        "(SELECT generation FROM programs UNION SELECT generation FROM default_generation)"
    )


def default(tx: Transaction) -> int:
    """What programs never seen before start under."""
    row = tx.one("SELECT generation FROM default_generation")
    assert row is not None
    return int(row[0])


def under(tx: Transaction, generation: int) -> dict[str, int | None]:
    """The programs under a generation, with what each was under before; None for one that was
    first seen under it."""
    return dict(
        tx.rows(
            "SELECT p.program, g.previous FROM programs p LEFT JOIN generation_programs g "
            "ON g.generation = p.generation AND g.program = p.program "
            "WHERE p.generation = %s ORDER BY p.program",
            generation,
        )
    )
