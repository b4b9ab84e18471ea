"""Who has reviewed is published as stewardship: many panels at once, with no panel's name."""

import secrets
from dataclasses import replace
from uuid import uuid4

from events.schemas.stewardship_recorded import StewardshipRecorded
from governance import published
from governance.committee import Sitting
from governance.panels import asking, sealed
from governance.rules.panels import stewardship as rules
from governance.store import cases, log, outbox, panels


def publish_due(sitting: Sitting, program: str) -> int:
    """Publish the stewardship of closed panels, if enough of them wait; gives of how many people.

    A panel whose reviewers nobody can know any more waits for ever.
    """
    waiting = [
        each for each in panels.of_program(sitting.tx, program, ["closed"]) if not each.noted
    ]
    waiting.sort(key=lambda panel: (panel.closed_at or sitting.now, panel.panel_id))
    members = []
    for panel in waiting:
        case = cases.of(sitting.tx, program, panel.case_id)
        assert case is not None, "a panel is of a case"
        key = sealed.key_of(sitting, case)
        sat = [
            sealed.reviewer_of(key, seat)
            for seat in panels.seats_of(sitting.tx, [panel.panel_id])
            if sealed.is_in_use(seat)
        ]
        members.append(frozenset(who for who in sat if who is not None))
    chosen = rules.due(members)
    if not chosen:
        return 0
    for number in chosen:
        panels.write(sitting.tx, replace(waiting[number], noted=True))
    names = sorted(who for number in chosen for who in members[number])
    shuffled = secrets.SystemRandom().sample(names, len(names))
    facts = [_fact(sitting, program, who) for who in shuffled]
    outbox.put(sitting.tx, facts, sitting.now)
    body = {"kind": "panel", "records": len(names)}
    log.note(sitting.tx, program, None, "stewardship.published", asking.ITSELF, body, sitting.now)
    return len(names)


def _fact(sitting: Sitting, program: str, who: str) -> outbox.CommitteeFact:
    record_id = str(uuid4())
    data = {"record_id": record_id, "kind": "panel"}
    return published.fact(
        program, who, StewardshipRecorded.TYPE, record_id, data, sitting.now, str(uuid4())
    )
