"""APPROVE: somebody with a name looks at a diff and decides what is to be done about it."""

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
from replay.switch.policies import Gained, Policy, PolicyError, policy


@dataclass(frozen=True, slots=True)
class Approval:
    """What was approved: a diff by its digest and counts, and the policy."""

    policy: Policy
    counts: summary.Counts
    digest: str
    by: str
    reason: str


def approve(engine: Engine, number: int, wanted: Policy, by: str, reason: str) -> Summary:
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
    """What is done about gains if nobody says: what history that is brought in gives is not
    announced."""
    with transaction(engine) as tx:
        return "silent" if staging.any_staged(tx, replays.get(tx, number)) else "emit"


def check_built(replay: Replay) -> None:
    """Raises NotReady for a generation that has no diff to look at."""
    if replay.status not in ("ready", "approved"):
        raise NotReady(f"generation {replay.id} is {replay.status}: {_what_now(replay)}")


def _approve(tx: Transaction, number: int, wanted: Policy, by: str, reason: str) -> Summary:
    replay = replays.get(tx, number)
    check_built(replay)
    found = summary.summary(tx, replay)
    badges = Generations().get(tx, number).catalog.badge.keys() | found.counts.keys()
    for name in sorted(wanted.badges.keys() - badges):
        raise PolicyError(f"no badge is called `{name}`; there are {', '.join(sorted(badges))}")
    said = {
        "policy": wanted.as_json(),
        "counts": found.counts,
        "digest": summary.digest(tx, replay),
    }
    replays.note(tx, number, "approved", approval={**said, "by": by, "reason": reason})
    audit_log.note(tx, "approve", by, reason, {"generation": number, **said})
    return found


def approval(replay: Replay) -> Approval:
    """What was approved.

    Raises:
        NotReady: nothing was.
    """
    said = replay.details.get("approval")
    if replay.status != "approved" or said is None:
        raise NotReady(f"generation {replay.id} is {replay.status}: {_what_now(replay)}")
    wanted = policy(said["policy"])
    return Approval(wanted, said["counts"], said["digest"], said["by"], said["reason"])


def _what_now(replay: Replay) -> str:
    number = replay.id
    return {
        "planned": f"run `badge-replay build {number}`",
        "building": f"finish it with `badge-replay build {number}`",
        "ready": f"look at `badge-replay diff {number}`, then `badge-replay approve {number}`",
        "live": "its programs are under it already",
        "replaced": "another one took its place; plan a new one",
    }.get(replay.status, "plan a new one")
