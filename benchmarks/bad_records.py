"""Facts corrupted so that the engine refuses them, each for a reason of choice."""

from benchmarks.facts import KUDOS, MEETING, GeneratedFact, GeneratedLoop
from benchmarks.load import BadReason

_TOO_MUCH = "x" * 70_000


def corrupted(reason: BadReason, fact: GeneratedFact, loop: GeneratedLoop) -> GeneratedFact:
    """The fact with a fault. A malformed one is for the caller to cut, once it is a record, and a
    conflict needs the fact that was published before."""
    match reason:
        case "oversize":
            return fact._replace(data=f'{fact.data},"padding":"{_TOO_MUCH}"')
        case "forbidden":
            return fact._replace(type="mentoring.badge.awarded.v1")
        case "unknown_type":
            return fact._replace(type=MEETING.replace(".v1", ".v9"))
        case "invalid":
            me = f'"giver_id":"{loop.people[0]}","recipient_id":"{loop.people[0]}"'
            data = f'{fact.place},"kudos_id":"{fact.id}",{me},"kind":"trust"'
            return fact._replace(type=KUDOS, data=data)
        case "future":
            return fact._replace(time="2999" + fact.time[4:])
        case _:
            return fact
