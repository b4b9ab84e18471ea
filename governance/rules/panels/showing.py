"""What is shown of a closed panel: whole panels only, and the less the fewer reviews. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from governance.rules.panels.closing import LEAST

LEAST_OF_HISTOGRAM = 5
LEVELS = 5


def rows_of(reviews: Sequence[Mapping[str, int]]) -> dict[str, list[int]]:
    """The ratings of each row, sorted, so that no place says who gave one."""
    rows: dict[str, list[int]] = {}
    for ratings in reviews:
        for row, rating in ratings.items():
            rows.setdefault(row, []).append(rating)
    return {row: sorted(given) for row, given in sorted(rows.items())}


def histogram(reviews: Sequence[Mapping[str, int]]) -> dict[str, tuple[int, ...]] | None:
    """How often each level was given, by row; None below five reviews."""
    if len(reviews) < LEAST_OF_HISTOGRAM:
        return None
    return {
        row: tuple(given.count(level) for level in range(LEVELS))
        for row, given in rows_of(reviews).items()
    }


def in_hash_order(panel_id: str, narratives: Iterable[str]) -> tuple[str, ...]:
    """Narratives in an order that neither their authors nor their times give."""
    return tuple(
        sorted(
            narratives, key=lambda text: hashlib.sha256(f"{panel_id}\x1f{text}".encode()).digest()
        )
    )


def is_shown(reviews: int) -> bool:
    """Whether a panel of so many reviews shows anything."""
    return reviews >= LEAST
