"""The bench and pairings of a demonstration: offers, and proposals that wait for a coordinator.

Cycles of rewards are held by the process, by the facts of the example.
"""

from governance.rewards import benches, pairings
from governance.store.bench import Offer
from web.demo.past import PROGRAM, PastSittings

_COORDINATOR = "coordinator@aurora"
OFFERS: dict[str, tuple[bool, str]] = {
    "imani": (True, "design"),
    "kofi": (False, "design"),
    "mateo": (False, "law"),
    "sofia": (False, "design"),
}
"""Who offers to sit on the bench, and what each declares as a discipline."""


def make(past: PastSittings) -> None:
    """Let people offer, and draw the proposals.

    Raises:
        DatabaseUnreachable, CaseRefused
    """
    past.ago(3)
    for name, (offers, discipline) in OFFERS.items():
        past.do(benches.offer, name, Offer(PROGRAM, name, offers, discipline))
    past.ago(2)
    past.do(benches.propose, _COORDINATOR)
    past.do(pairings.propose, _COORDINATOR)
