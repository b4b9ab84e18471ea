"""Which terms are renewed next: a case opens by itself before a term ends. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from engine.projections.loop_board import StandingAward
from engine.rules.calendar import Calendar
from events.instants import Instant
from governance.rules.deadlines import Deadlines


class RenewalDue(NamedTuple):
    """Somebody whose latest term of a badge ends soon; `opens`: the local day since which it may be
    renewed."""

    participant: str
    badge: str
    opens: date


def due(
    awards: Iterable[StandingAward],
    stages: Sequence[str],
    calendar: Calendar,
    deadlines: Deadlines,
    today: date,
) -> list[RenewalDue]:
    """The renewals that are open on a local day: from so many days before the end until the grace
    after it is over, unless a term of a higher stage ends later. `stages`: the badges that the
    committee gives, lowest first; `awards`: those of them that people hold."""
    before, after = timedelta(days=deadlines.renewal_opens), timedelta(days=deadlines.grace)
    renewals = []
    for participant, ends in sorted(_ends(awards).items()):
        latest = None
        for badge in reversed([stage for stage in stages if stage in ends]):
            end = ends[badge]
            if end is None:
                break  # it goes on, and so does all below it
            day = calendar.day(end)
            is_covered = latest is not None and latest >= end
            if day - before <= today < day + after and not is_covered:
                renewals.append(RenewalDue(participant, badge, day - before))
            latest = max(latest or end, end)
    return renewals


def _ends(awards: Iterable[StandingAward]) -> Mapping[str, Mapping[str, Instant | None]]:
    """When the last award of each badge ends, by recipient and badge; None: one does not."""
    ends: defaultdict[str, dict[str, Instant | None]] = defaultdict(dict)
    for award in awards:
        theirs, until = ends[award.recipient], award.valid_until
        known = theirs.get(award.badge, until)
        theirs[award.badge] = None if known is None or until is None else max(known, until)
    return ends
