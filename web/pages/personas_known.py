"""Whom the dev issuer offers: everybody described, a coordinator of each program, and ops."""

from collections.abc import Sequence

from directory import names, programs
from engine.store.postgres.connection import Transaction
from web.identity.dev import personas
from web.identity.dev.personas import Persona

_MOST = 500


def known(tx: Transaction) -> Sequence[Persona]:
    """At most _MOST people, by program and name. `tx`: of the directory."""
    everybody = names.everybody(tx, _MOST)
    described = programs.of_person(tx, [(program, None) for program in everybody])
    offered = []
    for program, people in everybody.items():
        title = described[program].description.name
        offered += [
            personas.participant(program, person.participant_id, person.display_name, title)
            for person in people
        ]
        offered.append(personas.coordinator(program, title))
    return [*offered, personas.ops()]
