"""The form to give kudos, as it is shown: who can be chosen, what was chosen, what is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from events.path_segments import segment
from web.views.partners import KudosKind, PartnersOfLoop
from web.views.people import Person

_LONGEST = 4_096
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the form. `whom`: as `value_of` gives it. `key`: the idempotency key, so that
    a form that is sent twice gives once."""

    whom: str = ""
    kind: str = ""
    note: str = field(default="", repr=False)
    key: str = ""
    invitation: str = ""


@dataclass(frozen=True, slots=True)
class GiveForm:
    """`loops`: open ones with somebody else in them. `faults`: texts by field (whom, kind, note, or
    "" for what is wrong with none of them)."""

    loops: tuple[PartnersOfLoop, ...]
    kinds: tuple[KudosKind, ...]
    chosen: Chosen
    enabled: bool = True
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Person | None:
        """Who is chosen."""
        return next(
            (
                person
                for loop in self.loops
                for person in loop.people
                if value_of(loop.loop_id, person.participant_id) == self.chosen.whom
            ),
            None,
        )


def choosable(loops: list[PartnersOfLoop]) -> tuple[PartnersOfLoop, ...]:
    """The loops in which somebody can be thanked."""
    return tuple(loop for loop in loops if loop.state == "open" and loop.people)


def only_one(loops: tuple[PartnersOfLoop, ...]) -> str:
    """The value of the one person there is to choose; "" if there are several, or nobody."""
    values = [value_of(loop.loop_id, one.participant_id) for loop in loops for one in loop.people]
    return values[0] if len(values) == 1 else ""


def value_of(loop: str, participant: str) -> str:
    """Somebody in a loop as the value of a field."""
    return f"{segment(loop)}/{segment(participant)}"


def whom(value: str) -> tuple[str, str] | None:
    """The loop and the person that a field's value stands for; None if it stands for none."""
    loop, slash, participant = value.partition("/")
    if not (loop and slash and participant) or len(value) > _LONGEST or not value.isprintable():
        return None
    ids = unquote(loop), unquote(participant)
    return None if any(_CONTROL.search(name) for name in ids) else ids
