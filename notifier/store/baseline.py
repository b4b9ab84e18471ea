"""Of notify.cursors, the offsets from which on people are notified: what lies before was on the
topic before the notifier first started."""

from collections.abc import Collection, Mapping

from engine.store.postgres.connection import Transaction


def begin(tx: Transaction, made: Collection[int], ends: Mapping[int, int]) -> dict[int, int]:
    """Reading begins: `made` are partitions that are new, or of a new topic, with the `ends` of
    their baselines, 0 where none is given. Gives the end of each partition's."""
    if made:
        tx.execute(
            "UPDATE notify.cursors c SET baseline_until = r.until "
            "FROM unnest(%b::int[], %b::bigint[]) r (partition, until) "
            "WHERE c.partition = r.partition",
            list(made), [ends.get(number, 0) for number in made],
        )  # fmt: skip
    return dict(tx.rows("SELECT partition, baseline_until FROM notify.cursors"))
