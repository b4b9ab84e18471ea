"""The people that the dev issuer lets anybody be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

OPS = "ops"


@dataclass(frozen=True, slots=True)
class Persona:
    """`id` is the tokens' subject too; `label`: the text of its link; `roles`: as in a token."""

    id: str
    label: str
    roles: tuple[dict[str, Any], ...]


Personas = Callable[[], Sequence[Persona]]


def participant(program: str, id: str, display_name: str, program_name: str) -> Persona:
    """A participant of a program, with the id PARTICIPANT@PROGRAM."""
    return Persona(
        f"{id}@{program}",
        f"{display_name} · {program_name} · participant",
        ({"role": "participant", "program": program, "id": id},),
    )


def coordinator(program: str, program_name: str, display_name: str = "Coordinator") -> Persona:
    """The coordinator of a program, with the id coordinator@PROGRAM."""
    return Persona(
        f"coordinator@{program}",
        f"{display_name} · {program_name} · coordinator",
        ({"role": "coordinator", "program": program},),
    )


def ops() -> Persona:
    """An operator, with the id ops."""
    return Persona(OPS, "Ops", ({"role": "ops"},))
