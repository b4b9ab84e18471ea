"""Reads the minutes of a committee. They name nobody."""

from events.instants import from_datetime
from governance.store import minutes
from governance.store.minutes import SealedMinutes
from web.views.committee.docket import Docket
from web.views.committee.people import MinutesLine, MinutesRead, MinutesShown


def read(docket: Docket) -> MinutesShown:
    """All minutes of the program, latest first."""
    sealed = minutes.of_program(docket.sitting.tx, docket.program)
    return MinutesShown(items=[_line(one) for one in sealed], may_seal=docket.standing.chairs)


def one(docket: Docket, number: int) -> MinutesRead | None:
    """Those of a number; None: there are none."""
    sealed = minutes.of_program(docket.sitting.tx, docket.program)
    for each in sealed:
        if each.number == number:
            line = _line(each)
            return MinutesRead(**dict(line), document=each.document.splitlines())
    return None


def _line(sealed: SealedMinutes) -> MinutesLine:
    return MinutesLine(
        number=sealed.number,
        from_day=sealed.from_day.isoformat(),
        to_day=sealed.to_day.isoformat(),
        digest=sealed.digest,
        sealed_at=from_datetime(sealed.sealed_at),
    )
