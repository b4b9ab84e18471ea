"""Who the people of the history are, as the platform describes them to the directory.

One description of every program, participant and loop of cast.py, and of a participant and a loop
of whom the history tells nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from examples.cast import ALUMNI, COMMUNITY, COMPANY, LOOPS, Loop
from examples.chronicle import rendered
from examples.rhythm import local, on_the_wall

_EVENT_IDS = uuid5(NAMESPACE_URL, "https://examples.mentoring.example/people")

_PROGRAMS: dict[str, dict[str, object]] = {
    ALUMNI: {
        "name": "Northfield Alumni",
        "locale": "en-US",
        "timezone": "America/New_York",
        "self_match": True,
        "support_url": "https://northfield.example/mentoring/help",
        "issuer": {"name": "Northfield University", "url": "https://northfield.example"},
    },
    COMPANY: {
        "name": "Kestrel Engineering",
        "locale": "en",
        "timezone": "Europe/Berlin",
        "self_match": False,
        "issuer": {"name": "Kestrel Engineering", "url": "https://kestrel.example"},
    },
    COMMUNITY: {
        "name": "Riverside Makers",
        "locale": "en-GB",
        "timezone": "Europe/London",
        "self_match": True,
    },
}

# What their ids cannot write.
_DISPLAY_NAMES = {
    "adele.fontaine": "Adèle Fontaine",
    "ines.carvalho": "Inês Carvalho",
    "jana.novak": "Jana Novák",
    "marek.dvorak": "Marek Dvořák",
    "new.comer": "Nora Comer",
    "noemi.balint": "Noémi Bálint",
}
# Those who live elsewhere than their program.
_ELSEWHERE = {
    "arjun.mehta": "Asia/Kolkata",
    "hana.suzuki": "Asia/Tokyo",
    "jonas.weber": "Europe/Berlin",
    "mei.lindqvist": "Europe/Stockholm",
    "tomas.herrera": "America/Mexico_City",
}
_LOOP_NAMES = {
    "circle-data-platform": "Data platform circle",
    "circle-first-managers": "First-time managers",
    "circle-repair-cafe": "Repair café",
    "loop-amara-jonas": "From thesis to first job",
    "loop-bea-callum": "Furniture from offcuts",
}
_CLOSED = {"loop-sofia-daniel": date(2026, 3, 20)}

NEWCOMER = "new.comer"
_NEW = Loop(
    ALUMNI, "loop-paul-new", ("paul.nakamura",), (NEWCOMER,), date(2026, 6, 26), time(12, 0)
)
_BEGINNING = date(2026, 1, 2)
_BEFORE_THE_FIRST_MEETING = timedelta(days=5)


def lines() -> Iterator[bytes]:
    """The descriptions in the order of their times, without line ends."""
    loops = (*LOOPS, _NEW)
    described = [(local(name, _BEGINNING, time(9)), _program(name)) for name in _PROGRAMS]
    for program, name in {(loop.program, name): None for loop in loops for name in loop.people}:
        theirs = [loop for loop in loops if loop.program == program and name in loop.people]
        at = min(map(_matched, theirs)) - timedelta(hours=1)
        described.append((at, _participant(program, name, theirs)))
    described += [(_closed(loop) or _matched(loop), _loop(loop)) for loop in loops]
    for at, (kind, name, data) in sorted(described, key=lambda item: (item[0], item[1][:2])):
        yield _event(at, kind, name, data)


Subject = tuple[str, str, dict[str, object]]


def _program(program: str) -> Subject:
    return "program", program, {"program_id": program, **_PROGRAMS[program]}


def _participant(program: str, name: str, loops: list[Loop]) -> Subject:
    display = _DISPLAY_NAMES.get(name, name.replace(".", " ").title())
    mentors, mentees = (any(name in side(loop) for loop in loops) for side in (_mentors, _mentees))
    roles = [role for role, has in (("mentor", mentors), ("mentee", mentees)) if has]
    data: dict[str, object] = {
        "program_id": program,
        "participant_id": name,
        "display_name": display,
        "given_name": display.split()[0],
        "email": f"{name}@example.org",
        "locale": str(_PROGRAMS[program]["locale"]),
        "timezone": _ELSEWHERE.get(name, str(_PROGRAMS[program]["timezone"])),
        "roles": roles,
    }
    return "participant", name, data


def _loop(loop: Loop) -> Subject:
    name = _LOOP_NAMES.get(loop.id)
    members = [{"participant_id": who, "role": "mentor"} for who in loop.mentors]
    members += [{"participant_id": who, "role": "mentee"} for who in loop.mentees]
    data: dict[str, object] = {
        "program_id": loop.program,
        "loop_id": loop.id,
        **({"name": name} if name else {}),
        "kind": "one_to_one" if len(loop.people) == 2 else "group",
        "members": members,
        "state": "closed" if loop.id in _CLOSED else "open",
    }
    return "loop", loop.id, data


def _mentors(loop: Loop) -> tuple[str, ...]:
    return loop.mentors


def _mentees(loop: Loop) -> tuple[str, ...]:
    return loop.mentees


def _matched(loop: Loop) -> datetime:
    return local(loop.program, loop.first - _BEFORE_THE_FIRST_MEETING, time(10))


def _closed(loop: Loop) -> datetime | None:
    day = _CLOSED.get(loop.id)
    return None if day is None else local(loop.program, day, time(17))


def _event(at: datetime, kind: str, name: str, data: dict[str, object]) -> bytes:
    program = str(data["program_id"])
    return rendered(
        {
            "specversion": "1.0",
            "id": str(uuid5(_EVENT_IDS, f"{kind}/{program}/{name}")),
            "source": "/platform",
            "type": f"mentoring.{kind}.described.v1",
            "time": on_the_wall(program, at),
            "data": data,
        }
    )
