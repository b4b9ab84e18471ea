"""What a request asks of PostgreSQL: recorded while the application answers it, and asked again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from engine.store.postgres.connection import Transaction, transaction
from web.bootstrap import Pools

_ASKING = ("rows", "one", "execute")


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement. `transaction`: which of the request's it was in; `role`: who asked."""

    transaction: int
    role: str
    how: str
    statement: str
    parameters: tuple[Any, ...]


@contextmanager
def recorded() -> Iterator[list[Asked]]:
    """Every statement of every transaction in this process, until the block ends."""
    seen: list[Asked] = []
    transactions: list[Transaction] = []

    def recording(how: str) -> Any:
        plain: Callable[..., Any] = getattr(Transaction, how)

        def ask(tx: Transaction, statement: str, *parameters: Any) -> Any:
            if not any(tx is known for known in transactions):
                transactions.append(tx)
            number = next(n for n, known in enumerate(transactions) if known is tx)
            role = tx._connection.info.user
            seen.append(Asked(number, role, how, statement, parameters))
            return plain(tx, statement, *parameters)

        return patch.object(Transaction, how, ask)

    with ExitStack() as stack:
        for how in _ASKING:
            stack.enter_context(recording(how))
        yield seen


def ask_again(pools: Pools, asked: Sequence[Asked]) -> None:
    """The same statements in as many transactions of the same roles, each one after the other."""
    for number in range(1 + max(one.transaction for one in asked)):
        own = [one for one in asked if one.transaction == number]
        pool = pools.reader if own[0].role == "badge_reader" else pools.people
        with transaction(pool) as tx:
            for one in own:
                getattr(tx, one.how)(one.statement, *one.parameters)
