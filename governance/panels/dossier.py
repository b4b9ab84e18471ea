"""The dossier of a panel, read from the engine's ledger at the moment of a sitting."""

from datetime import datetime

from engine.queries import eligibility
from engine.queries.errors import UnknownProgram
from events.instants import from_datetime
from governance.committee import Sitting
from governance.rules import dossiers
from governance.rules.dossiers import Dossier


def dossier_of(sitting: Sitting, program: str, subject: str, drawn_at: datetime) -> Dossier:
    """What all reviewers of a panel read about somebody: the months until it was drawn, also where
    one of them was asked later. It says nowhere who that is.

    Raises:
        CatalogAltered
    """
    calendar = sitting.engine.generation_for(program).catalog.calendar
    try:
        facts = list(eligibility.facts_of(sitting.engine, program, subject))
    except UnknownProgram:
        facts = []
    return dossiers.dossier(facts, subject, calendar, from_datetime(drawn_at))
