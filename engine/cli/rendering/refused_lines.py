"""Refused records of a history, by reason: how many, and where the first of each stands."""

from collections import Counter
from collections.abc import Iterator

from engine.intake.refusal import REASONS, Reason, Refusal


class RefusedLines:
    """Counts refusals, and remembers the first of each reason; memory does not grow with them."""

    def __init__(self) -> None:
        self._counts: Counter[Reason] = Counter()
        self._first: dict[Reason, tuple[str, str]] = {}

    def add(self, where: str, refusal: Refusal) -> None:
        """Count a refusal. `where`: the record's place, for people, such as "line 6"."""
        self._counts[refusal.reason] += 1
        self._first.setdefault(refusal.reason, (where, refusal.detail))

    def lines(self) -> Iterator[str]:
        """One line for each reason, in the order of precedence."""
        for reason in REASONS:
            if reason in self._first:
                where, detail = self._first[reason]
                yield f"refused as {reason}: {self._counts[reason]:,}, first {where}: {detail}"
