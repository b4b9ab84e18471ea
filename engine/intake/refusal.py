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


class DeferredKind(NamedTuple):
    """What only the catalog of a program can judge: whether a repeatable badge over events of this
    type is called `kind`, as `field` says."""

    program: str
    event: str
    field: str
    kind: str


class Refusal(NamedTuple):
    """A record that is not accepted. `detail` is for people and quotes no value of the data.

    `deferred`: what may have to be added to the detail; see `parse.completed`.
    """

    reason: Reason
    detail: str
    deferred: DeferredKind | None = None


COLLISION = Refusal(
    "invalid",
    "its program, loop, participant or natural key has the 64-bit hash of another one: publish it "
    "under another id",
)

WHAT_HELPS: dict[Reason, str] = {
    "oversize": "no record of that size is ever read: have its publisher send less at once, then "
    "discard it",
    "malformed": "have its publisher send CloudEvents in JSON, then discard it",
    "forbidden": "its type does not belong on this topic: have its publisher corrected, then "
    "discard it",
    "unknown_type": "deploy an engine that knows the type and version, then redrive it",
    "invalid": "the detail names the fields: have its publisher corrected, then discard it; if the "
    "catalog lacked a kudos kind, redrive it under one that has it",
    "future": "see whose clock is wrong, the publisher's or this machine's; redrive it once its "
    "time has come",
    "conflict": "the first fact is kept: if it is the wrong one, have its publisher publish the "
    "right one under a new id and retract it; then discard this one",
}
"""For operators: what to do about records that were refused."""
