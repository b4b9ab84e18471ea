"""Public pages of the demonstration: that of imani is on, and something waits to be looked at."""

from governance.mentors import exemplars, pages, voices
from governance.policies import proposals
from governance.policies.proposals import WantedChange
from governance.rules.policies.thresholds import OtherThreshold
from governance.store import consents
from web.demo.past import PROGRAM, PastSittings

_COORDINATOR = "coordinator@aurora"

_LINKS = (
    ("Reading tide tables with code: from a spreadsheet to a model", "tide-tables", True, True),
    ("Notes on a project that changed its question twice", "second-question", False, True),
    ("A first portfolio, with what each round of feedback changed", "rounds", True, False),
)
"""Title, last part of the address, whether it shows a learner's work, whether it was checked."""
_PROPOSALS = (
    (
        "1c8e0b5e-2f0b-4a53-9d6e-3f1f7c0c2a11",
        "amara",
        WantedChange(
            "Ten credits in three years is little for who mentors every week. Twelve would show "
            "that we mean it, and two evenings a year do it.",
            "proficient-mentor/given/12",
            OtherThreshold(12),
        ),
    ),
    (
        "7d3a9c02-5b1e-4c79-8a40-0f6f5d2b9e33",
        "noor",
        WantedChange(
            "Let learners see the rubric in their first week, so that nobody meets it as a verdict."
        ),
    ),
)


def make(past: PastSittings) -> None:
    """Make them, on days that have passed."""
    past.ago(40)
    past.do(pages.write, "imani", "imani-okonkwo", shown=True, indexed=False)
    for number, (title, name, of_learner, checked) in enumerate(_LINKS):
        _link(past, title, f"https://portfolios.example.org/{name}", of_learner, checked, number)
    _voice(past)
    for key, who, wanted in _PROPOSALS:
        past.ago(20)
        past.do(proposals.propose, who, wanted, key)
    past.ago(12)
    words = "From the autumn cohort on; the page of every learner will link to it."
    past.do(proposals.answer, _PROPOSALS[1][0], "accepted", words, _COORDINATOR)


def _link(
    past: PastSittings, title: str, address: str, of_learner: bool, checked: bool, number: int
) -> None:
    past.ago(38 - number)
    learners = sorted(past.do(exemplars.learners_of, "imani"))
    learner = learners[number] if of_learner and learners else None
    link = past.do(exemplars.add, "imani", title, address, learner)
    if checked:
        past.ago(30 - number)
        past.do(exemplars.check, link.link_id, "accepted", _COORDINATOR)
        _agree(past, learner)


def _voice(past: PastSittings) -> None:
    """The first learner who wrote something for imani agrees that it is shown."""
    past.ago(25)
    given = past.do(voices.given_by_learners, "imani")
    if given:
        past.do(voices.choose, "imani", given[0].testimonial_id)
        past.ago(24)
        _agree(past, given[0].author)


def _agree(past: PastSittings, learner: str | None) -> None:
    with past.committee.sitting() as sitting:
        for one in consents.of_learner(sitting.tx, PROGRAM, learner or ""):
            consents.answer(sitting.tx, PROGRAM, one.learner, one.consent_id, sitting.now)
