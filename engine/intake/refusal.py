"""Why a record is refused. The reasons stand in order of precedence: the first that applies."""

from typing import Literal, NamedTuple, get_args

Reason = Literal[
    "oversize",
    "malformed",
    "forbidden",
    "unknown_type",
    "invalid",
    "future",
    "conflict",
]
REASONS: tuple[Reason, ...] = get_args(Reason)


class Refusal(NamedTuple):
    """A record that is not taken in. `detail` is for people and quotes no value of the data."""

    reason: Reason
    detail: str
