"""Public pages of made-up mentors, links to check and policies: full, empty and very long."""

from tests.pages.samples import PROGRAMS, at, person
from web.views.mentors.checking import CheckedLink, LinksToCheck
from web.views.mentors.own_page import OwnLink, OwnPage, OwnVoice
from web.views.mentors.policy import (
    PolicyAdopted,
    PolicyDifferenceShown,
    PolicyDifferencesShown,
    PolicyShown,
    ProposalShown,
    SimulationShown,
    ThresholdShown,
)
from web.views.mentors.public_page import (
    PublicBadge,
    PublicContribution,
    PublicLink,
    PublicMentor,
    PublicNumber,
    PublicStage,
)

HOST = "https://badges.example"
_LONG = "Donaudampfschifffahrtsgesellschaft" * 3
_LEE, _MIO = person("lee", "Lee Brandt", "Lee"), person("mio", "Mio Okafor", "Mio")
_IMANI = person("imani", "Imani Okonkwo", "Imani")
_SHARE = "7Qm3vXoTzYb2NcRdKfWh9L"
_VOICE = "Asks until I see it myself, and then asks what I would do with it."


def _stage(badge: str, name: str, share: str | None, until: str | None) -> PublicStage:
    return PublicStage(
        badge=badge, name=name, description="Helps learners show their work", category="stage",
        since=at("2025-04-08"), valid_until=None if until is None else at(until),
        award_id="00000000-0000-5000-8000-000000000001", share_id=share,
    )  # fmt: skip


def _mentor(name: str, program: str, text: str = "") -> PublicMentor:
    return PublicMentor(
        name=name, program=PROGRAMS[program].name, timezone="Europe/Berlin", indexed=False,
        stages=[
            _stage("master-mentor", text or "Master Mentor", _SHARE, "2028-05-13"),
            _stage("apprentice-mentor", text or "Apprentice Mentor", None, None),
        ],
        badges=[PublicBadge(badge="steady-hand", name=text or "Steady Hand", category="achievement",
                            level="gold")],
        contributions=[PublicContribution(kind="webinar", count=2),
                       PublicContribution(kind="curriculum", count=1)],
        numbers=[PublicNumber(name="portfolio_gain", is_share=False, value=-4.5, learners=5),
                 PublicNumber(name="kept_checkpoints", is_share=True, value=95, learners=10)],
        links=[PublicLink(title=text or "A portfolio about tides",
                          address=f"https://work.example/{text or 'tides'}")],
        voices=[text or _VOICE, _VOICE],
    )  # fmt: skip


_NOTHING: PublicMentor = _mentor("Kim Okafor", "empty").model_copy(
    update={"stages": [], "badges": [], "contributions": [], "numbers": [], "links": [],
            "voices": []}
)  # fmt: skip
MENTORS = {
    "northfield": _mentor("Imani Okonkwo", "northfield"),
    "empty": _NOTHING,
    "long": _mentor(_LONG, "long", _LONG),
}


def _own(program: str, text: str = "") -> OwnPage:
    links = [
        OwnLink(link_id="1", title=text or "A portfolio about tides",
                address="https://work.example/tides", learner=_LEE, state="accepted",
                agreement="given", shown=True),
        OwnLink(link_id="2", title=text or "Notes", address="https://work.example/notes",
                learner=None, state="waiting", agreement="not_needed", shown=False),
        OwnLink(link_id="3", title=text or "Rounds", address="https://work.example/rounds",
                learner=_MIO, state="refused", agreement="withdrawn", shown=False),
    ]  # fmt: skip
    voices = [
        OwnVoice(testimonial_id="t1", author=_LEE, at=at("2026-03-03"), text=text or _VOICE,
                 wanted=True, agreement="asked"),
        OwnVoice(testimonial_id="t2", author=_MIO, at=at("2026-03-04"), text=None,
                 wanted=False, agreement="not_asked"),
        OwnVoice(testimonial_id="t3", author=_MIO, at=at("2026-03-05"), text=_VOICE,
                 wanted=False, agreement="not_asked"),
    ]  # fmt: skip
    return OwnPage(
        slug="imani-okonkwo", made=True, shown=True, indexed=False, links=links, room=9,
        learners=[_LEE, _MIO], voices=voices, preview=MENTORS[program],
    )  # fmt: skip


OWN = {
    "northfield": _own("northfield"),
    "empty": OwnPage(slug="", made=False, shown=False, indexed=False, links=[], room=12,
                     learners=[], voices=[], preview=_NOTHING),
    "long": _own("long", _LONG).model_copy(update={"room": 0}),
}  # fmt: skip


def _link(number: int, title: str, state: str, *, named: bool = False) -> CheckedLink:
    return CheckedLink(
        link_id=str(number), mentor=_IMANI, title=title,
        address=f"https://work.example/{title.replace(' ', '-')}",
        learner=_LEE if number % 2 else None, named=named, added_at=at("2026-03-03"), state=state,
        checked_at=None if state == "waiting" else at("2026-03-04"),
        agreed=number == 1 if number % 2 else None,
    )  # fmt: skip


def _links(text: str = "") -> LinksToCheck:
    return LinksToCheck(
        waiting=[_link(1, text or "A portfolio by Lee", "waiting", named=True),
                 _link(2, text or "Notes", "waiting")],
        checked=[_link(3, text or "Rounds", "accepted"), _link(4, text or "Others", "refused")],
    )  # fmt: skip


LINKS = {
    "northfield": _links(),
    "empty": LinksToCheck(waiting=[], checked=[]),
    "long": _links(_LONG),
}

_GAIN = ThresholdShown(
    line="senior/given/0", stage="Proficient Mentor", renewal=False, words="portfolio gain",
    number=3, sample=3, months=None,
)  # fmt: skip
_CREDITS = ThresholdShown(
    line="senior/renewed/1", stage="Proficient Mentor", renewal=True, words="credits", number=10,
    sample=None, months=36,
)  # fmt: skip


def _policy(text: str = "") -> PolicyShown:
    versions = [
        PolicyAdopted(digest=letter * 64, adopted_at=None if n == 2 else at(f"2026-0{5 - n}-03"),
                      by=None if n == 2 else "cora", reason=None if n == 2 else text or "Time",
                      before=None if n == 2 else "abc"[n + 1] * 64, in_force=n == 0)
        for n, letter in enumerate("abc")
    ]  # fmt: skip
    waits = ProposalShown(
        proposal_id="1", by=_LEE, at=at("2026-03-03"), line=_GAIN.line,
        about="Proficient Mentor: portfolio gain", number=2.5, sample=3, words=text or "Fairer",
        answer=None, answer_words=None, answered_at=None,
    )  # fmt: skip
    answered = waits.model_copy(
        update={"by": None, "line": None, "number": None, "sample": None, "words": None,
                "answer": "accepted", "answer_words": text or "Yes.",
                "answered_at": at("2026-03-09")}
    )  # fmt: skip
    return PolicyShown(
        digest="a" * 64, versions=versions, lines=[_GAIN, _CREDITS], proposals=[waits, answered]
    )


POLICIES = {
    "northfield": _policy(),
    "empty": PolicyShown(digest=None, versions=[], lines=[], proposals=[]),
    "long": _policy(_LONG),
}
DIFFERENCES = PolicyDifferencesShown(
    before="b" * 64, after="a" * 64,
    items=[
        PolicyDifferenceShown(part="stages", where=["senior", "given"],
                              before="gain at least 3", after="gain at least 4"),
        PolicyDifferenceShown(part="rewards", where=["conference"], before=None,
                              after='{"cycle": "year"}'),
    ],
)  # fmt: skip
RESULT = SimulationShown(
    line=_GAIN, number=4, sample=3, people=54, ready=9, ready_then=2, gained=1, lost=8, holding=8,
    who_gained=[_MIO], who_lost=[_LEE],
)  # fmt: skip
