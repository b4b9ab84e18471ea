"""Who the people of Aurora Guild are, as the platform describes them to the directory."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from examples.chronicle import rendered
from examples.recognition.annals import berlin
from examples.recognition.cast import (
    AUDITOR,
    AURORA,
    COMMITTEE,
    COMPANIONS,
    GUIDANCE,
    MENTORS,
)

_EVENT_IDS = uuid5(NAMESPACE_URL, "https://examples.mentoring.example/aurora/people")
_BEGINNING = date(2024, 9, 1)
_FAMILY_NAMES = {
    "ada": "Lindqvist", "amara": "Diallo", "bea": "Thornton", "dana": "Novák", "erik": "Sørensen",
    "imani": "Okonkwo", "jonas": "Weber", "kofi": "Mensah", "lena": "Fischer", "mateo": "Álvarez",
    "noor": "Haddad", "oren": "Katz", "priya": "Raman", "ruth": "Adler", "sam": "Whitlock",
    "sofia": "Marino", "tomas": "Herrera", "vera": "Lund", "wei": "Zhang",
}  # fmt: skip

Subject = tuple[str, str, dict[str, object]]


def lines() -> Iterator[bytes]:
    """The descriptions in the order of their times, without line ends."""
    described: list[tuple[datetime, Subject]] = [(berlin(_BEGINNING, 9), _program())]
    for name in sorted({*MENTORS, *COMMITTEE, AUDITOR}):
        described.append((berlin(_BEGINNING, 10), _participant(name)))
    for learner in {loop.learner: None for loop in GUIDANCE}:
        begins = min(loop.cohort.first for loop in GUIDANCE if loop.learner == learner)
        described.append((berlin(begins - timedelta(6), 10), _participant(learner)))
    for loop in GUIDANCE:
        described.append((berlin(loop.cohort.first - timedelta(5), 10), _loop(
            loop.id, f"{loop.learner.title()}, {loop.cohort.id.replace('-', ' ')}",
            loop.mentors, (loop.learner,), loop.cohort.last,
        )))  # fmt: skip
    for pair in COMPANIONS:
        name = f"{pair.senior.title()} and {pair.junior.title()}"
        described.append((berlin(pair.first - timedelta(5), 10), _loop(
            pair.id, name, (pair.senior,), (pair.junior,), pair.last
        )))  # fmt: skip
    for at, (kind, name, data) in sorted(described, key=lambda item: (item[0], item[1][:2])):
        yield _event(at, kind, name, data)


def _program() -> Subject:
    data: dict[str, object] = {
        "program_id": AURORA,
        "name": "Aurora Guild",
        "locale": "en",
        "timezone": "Europe/Berlin",
        "self_match": False,
        "issuer": {"name": "Aurora Guild", "url": "https://aurora.example"},
    }
    return "program", AURORA, data


def _participant(name: str) -> Subject:
    given = name.title()
    family = _FAMILY_NAMES.get(name, "")
    roles = [] if name in (*COMMITTEE, AUDITOR) and name not in MENTORS else (
        ["mentor"] if name in MENTORS else ["mentee"]
    )  # fmt: skip
    data: dict[str, object] = {
        "program_id": AURORA,
        "participant_id": name,
        "display_name": f"{given} {family}".strip(),
        "given_name": given,
        "email": f"{name}.aurora@example.org",
        "locale": "en",
        "timezone": "Europe/Berlin",
        **({"roles": roles} if roles else {}),
    }
    return "participant", name, data


def _loop(
    id: str, name: str, mentors: tuple[str, ...], mentees: tuple[str, ...], last: date
) -> Subject:
    members = [{"participant_id": who, "role": "mentor"} for who in mentors]
    members += [{"participant_id": who, "role": "mentee"} for who in mentees]
    data: dict[str, object] = {
        "program_id": AURORA,
        "loop_id": id,
        "name": name,
        "kind": "one_to_one" if len(members) == 2 else "group",
        "members": members,
        "state": "closed" if last < date(2026, 8, 31) else "open",
    }
    return "loop", id, data


def _event(at: datetime, kind: str, name: str, data: dict[str, object]) -> bytes:
    return rendered(
        {
            "specversion": "1.0",
            "id": str(uuid5(_EVENT_IDS, f"{kind}/{name}")),
            "source": "/platform",
            "type": f"mentoring.{kind}.described.v1",
            "time": at.isoformat(),
            "data": data,
        }
    )
