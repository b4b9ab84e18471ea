"""The committee of a demonstration: who governs Aurora Guild, and cases that are on their way.

All of it is made by the use cases that pages call, on a clock of earlier days.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from governance.cases import desk, moving, opening, signing
from governance.cases.signing import AskedSignature
from governance.committee import Committee
from governance.store import cases, outbox, people
from governance.store.people import Officer, Role
from web.demo import calibrations, fairness, mentor_page, panels, rewards
from web.demo.past import PROGRAM, PastSittings

COORDINATOR = "coordinator@aurora"
OFFICERS: dict[str, tuple[Role, ...]] = {
    "ada": ("member", "chair"),
    "bea": ("member",),
    "imani": ("bench",),
    "oren": ("member",),
    "ruth": ("member",),
    "sam": ("member",),
    "vera": ("auditor",),
}
AMARAS, MATEOS = "5a0fd03c-95d7-4cf4-9f45-2f3d30b1e3a1", "0d1f3a52-6c7e-4b55-8a3e-7f8f5b0d9c64"
"""Cases. By a hash of their ids it is decided who of the committee gets a seat on them."""
_STATEMENT = (
    "Five of the six learners that a Master guides have a gain, and it is a large one. The sixth "
    "joined late and has no baseline, so the sample is not there yet. Nothing else is open: with "
    "one more cohort we expect to see you again."
)


def make(committee: Committee, set_clock: Callable[[datetime], object], now: datetime) -> None:
    """Make people and cases, unless somebody governs the program already. `set_clock`: sets the
    clock of the committee.

    Raises:
        DatabaseUnreachable, CaseRefused
    """
    past = PastSittings(committee, set_clock, now)
    past.ago(300)
    with committee.sitting() as sitting:
        if people.all_of(sitting.tx, PROGRAM):
            return
        for name, roles in OFFICERS.items():
            officer = Officer(PROGRAM, name, frozenset(roles), (now + timedelta(400)).date())
            people.write(sitting.tx, officer, COORDINATOR, sitting.now)
    _decline(past)
    past.ago(6)
    reason = "Two cohorts with the guild. I would like to guide learners by myself."
    past.do(opening.apply, "amara", "proficient-mentor", reason, AMARAS)
    past.ago(2)
    past.go_on()
    calibrations.make(past)
    panels.make(past)
    fairness.make(past)
    mentor_page.make(past)
    rewards.make(past)


def is_ready(committee: Committee) -> bool:
    """Whether what was decided is published, what was audited has opened a hearing, and what raters
    gave is compared."""
    with committee.sitting() as sitting:
        hearings = cases.page(sitting.tx, PROGRAM, ["hearing"], ["withdrawal"])
        is_compared = calibrations.is_ready(sitting)
        return bool(hearings) and is_compared and not outbox.waiting(sitting.tx, 1)


def _decline(past: PastSittings) -> None:
    """Mateo applies with a line open, and two members decline it."""
    past.ago(24)
    past.do(opening.apply, "mateo", "master-mentor", "One baseline is missing, I know.", MATEOS)
    past.ago(23)
    past.do(moving.acknowledge, MATEOS, COORDINATOR)
    past.ago(22)
    past.do(moving.go_on, MATEOS, "mateo")
    past.ago(18)
    past.go_on()
    for days, member in zip((16, 15), past.seated(MATEOS), strict=True):
        past.ago(days)
        opened = past.do(desk.open_pack, MATEOS, member)
        asked = AskedSignature(opened.pack.digest, "declined", _STATEMENT)
        signed_in = past.now - timedelta(days=days, minutes=1)
        past.do(signing.sign, MATEOS, member, signed_in, asked)
