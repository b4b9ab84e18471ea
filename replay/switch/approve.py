"""APPROVE: a named person decides, by a diff, what a cutover does with each kind of change."""

from dataclasses import dataclass

from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.generations import replays
from engine.store.generations.live import Generations
from engine.store.generations.replays import NotReady, Replay
from engine.store.postgres.connection import Transaction, transaction
from replay.build import catch_up, staging
from replay.diff import summary
from replay.diff.summary import Summary
from replay.switch.policies import Gained, PolicyError, SwitchPolicy, policy


@dataclass(frozen=True, slots=True)
class Approval:
    """What was approved: a diff by its digest and counts, and the policy."""

    policy: SwitchPolicy
    counts: summary.Counts
    digest: str
    by: str
    reason: str


def approve(engine: Engine, number: int, wanted: SwitchPolicy, by: str, reason: str) -> Summary:
    """Approve a generation's diff as it is now; audited.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: it is not built.
        PolicyError: it names a badge that is none.
    """
    with transaction(engine) as tx:
        check_built(replays.get(tx, number))
    catch_up.in_rounds(engine, number)
    with catch_up.caught_up(engine, number) as tx:
        return _approve(tx, number, wanted, by, reason)


def usually_gained(engine: Engine, number: int) -> Gained:
    """The policy for gains where none is given: those of imported history are silent."""
    with transaction(engine) as tx:
        return "silent" if staging.any_staged(tx, replays.get(tx, number)) else "emit"


def check_built(replay: Replay) -> None:
    """Raises NotReady for a generation that has no diff to look at."""
    if replay.status not in ("ready", "approved"):
        raise NotReady(f"generation {replay.id} is {replay.status}: {_what_now(replay)}")


def _approve(tx: Transaction, number: int, wanted: SwitchPolicy, by: str, reason: str) -> Summary:
    replay = replays.get(tx, number)
    check_built(replay)
    counted = summary.summary(tx, replay)
    badges = Generations().get(tx, number).catalog.badge.keys() | counted.counts.keys()
    for name in sorted(wanted.badges.keys() - badges):
        raise PolicyError(f"no badge is called `{name}`; there are {', '.join(sorted(badges))}")
    decision = {
        "policy": wanted.as_json(),
        "counts": counted.counts,
        "digest": summary.digest(tx, replay),
    }
    replays.note(tx, number, "approved", approval={**decision, "by": by, "reason": reason})
    audit_log.note(tx, "approve", by, reason, {"generation": number, **decision})
    return counted


def approval(replay: Replay) -> Approval:
    """What was approved.

    Raises:
        NotReady: nothing was.
    """
    decision = replay.details.get("approval")
    if replay.status != "approved" or decision is None:
        raise NotReady(f"generation {replay.id} is {replay.status}: {_what_now(replay)}")
    wanted = policy(decision["policy"])
    return Approval(
        wanted, decision["counts"], decision["digest"], decision["by"], decision["reason"]
    )


def _what_now(replay: Replay) -> str:
    number = replay.id
    return {
        "planned": f"run `badge-replay build {number}`",
        "building": f"finish it with `badge-replay build {number}`",
        "ready": f"look at `badge-replay diff {number}`, then `badge-replay approve {number}`",
        "live": "its programs are under it already",
        "replaced": "another one took its place; plan a new one",
    }.get(replay.status, "plan a new one")
