"""Whom an e-mail goes to. The address is read here when it is needed, and stored nowhere else."""

from dataclasses import dataclass, field

from directory.names import undescribed
from engine.store.postgres.connection import Transaction
from notifier.rules.sending import Reach, zone_of
from notifier.store import bad_addresses, preferences
from notifier.store.due_deliveries import Addressee


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody, and how they can be reached. `name`: what their friends call them. `program_name`:
    what their program is called."""

    person: Addressee
    name: str
    program_name: str
    address: str = field(repr=False)
    reach: Reach


def read(tx: Transaction, person: Addressee) -> Recipient:
    """What is known of somebody now."""
    row = tx.one(
        "SELECT p.display_name, p.given_name, p.email, p.timezone, "
        "g.described ->> 'name', g.described ->> 'timezone', "
        "(SELECT max(mailed) FROM notify.invitations i "
        " WHERE (i.program, i.respondent) = (k.program, k.participant)) "
        "FROM (VALUES (%s, %s)) k (program, participant) "
        "LEFT JOIN directory.participants p USING (program, participant) "
        "LEFT JOIN directory.programs g USING (program)",
        *person,
    )  # fmt: skip
    assert row is not None
    display_name, given_name, email, zone, program_name, program_zone, mailed = row
    chosen = preferences.read(tx, *person)
    address = email or ""
    reach = Reach(
        described=display_name is not None,
        address=bool(address),
        bad=bool(address) and bad_addresses.is_bad(tx, *person, address),
        zone=zone_of(chosen.timezone, zone, program_zone),
        preferences=chosen,
        mailed=mailed,
    )
    name = given_name or display_name or undescribed(person.participant).display_name
    return Recipient(person, name, program_name or person.program, address, reach)
