"""Notes of made-up programs: short and long, in other scripts, gone and unreadable."""

from tests.pages.samples import KUDOS, MINA, PROGRAMS, TOMAS, at, person
from web.views.notes import CoordinatorReads, NoteInProgram, NoteState, NoteToMe
from web.views.people import Person

_SHORT = (
    "You asked the one question nobody had asked me in ten years.\n\n"
    "I slept on it, and this morning I said yes to the new job. Thank you."
)
_LONG = (
    "شكراً لك على كل شيء\n"
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
    "VerylongwordwithoutanyspaceThatgoesonandonandonandonandonandonandonandonandon\n"
    "<b>not bold</b> & https://not.a.link.example/\n" + "all the same words again " * 70
)


def _to_me(
    number: int,
    giver: Person,
    kind: str,
    day: str,
    note: str | None,
    *,
    state: NoteState = "shown",
    reads: int = 0,
    reported: bool = False,
) -> NoteToMe:
    return NoteToMe(
        kudos_id=f"k/{number}",
        kind=kind,
        name=KUDOS[kind][0],
        artwork=kind,
        loop_id="guild",
        giver=giver,
        at=at(day),
        note=note,
        state=state,
        coordinator_reads=CoordinatorReads(count=reads, last=at("2026-03-03") if reads else None),
        reported=reported,
    )


def _in_program(note: NoteToMe, recipient: Person, *, reported: bool) -> NoteInProgram:
    return NoteInProgram(
        **note.model_dump(exclude={"coordinator_reads", "reported"}),
        recipient=recipient,
        loop_name="Data guild",
        reported=reported,
    )


_PEOPLE = [partner for loop in PROGRAMS["long"].badges.loops[:1] for partner in loop.partners]
_FEW = [
    _to_me(1, TOMAS, "trust", "2026-04-18", _SHORT, reads=1),
    _to_me(2, TOMAS, "creativity", "2026-04-02", "That drawing! Can I use it?", reported=True),
    _to_me(3, MINA, "networking", "2026-02-11", None, state="erased"),
    _to_me(4, MINA, "commitment", "2026-01-21", None, state="unreadable", reads=12),
]
_MANY = [
    _to_me(n, _PEOPLE[n % len(_PEOPLE)], kind, "2026-06-11", _LONG, reads=n)
    for n, kind in enumerate(KUDOS)
]

TO_ME = {"northfield": _FEW, "empty": [], "long": _MANY}
OF_PROGRAM = {
    name: [
        _in_program(note, person("wen.zhao", "Wen Zhao", "Wen"), reported=number < 2)
        for number, note in enumerate(notes)
    ]
    for name, notes in TO_ME.items()
}
