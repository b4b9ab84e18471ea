"""A learner's own portfolio: their work, the testimonials that they gave, and their consents."""

from collections.abc import Iterable, Mapping

from directory import names
from directory.names import DirectoryPerson
from engine.queries.outcomes.reading import OutcomesOfProgram
from engine.store.postgres.connection import Transaction
from events.instants import Instant, from_datetime
from governance.store.consents import Consent
from web.views import people
from web.views.outcomes import of_learner
from web.views.outcomes.shown import ConsentShown, PortfolioShown, VoiceOfLearner


def read(
    tx: Transaction,
    program: str,
    outcomes: OutcomesOfProgram,
    learner: str,
    as_of: Instant,
    consents: Iterable[Consent] | None,
) -> PortfolioShown:
    """A learner's portfolio. `consents`: all that they gave or are asked for; None where there is
    no committee. `tx`: of the directory; two statements."""
    own = of_learner.read(tx, program, outcomes, learner, learner, as_of, coordinates=False)
    if consents is None:
        return PortfolioShown(outcomes=own, voices=None, consents=None)
    all_of = [*consents]
    voices = [each for each in outcomes.facts.voices if each.author == learner]
    mentors = {*(each.mentor for each in voices), *(each.mentor for each in all_of)}
    known = names.people(tx, program, mentors)
    given = {
        (each.subject.about, each.mentor): each
        for each in all_of
        if each.subject.purpose == "testimonial" and each.state == "given"
    }
    return PortfolioShown(
        outcomes=own,
        voices=[
            VoiceOfLearner(
                testimonial_id=voice.id,
                at=voice.at,
                mentor=people.of(known[voice.mentor]),
                cohort=voice.cohort,
                consent_id=_id(given.get((voice.id, voice.mentor))),
                since=_since(given.get((voice.id, voice.mentor))),
            )
            for voice in voices
        ],
        consents=[
            _consent(each, known) for each in all_of if each.subject.purpose == "exemplar"
        ],
    )  # fmt: skip


def _id(consent: Consent | None) -> str | None:
    return None if consent is None else consent.consent_id


def _since(consent: Consent | None) -> Instant | None:
    if consent is None or consent.given_at is None:
        return None
    return from_datetime(consent.given_at)


def _consent(each: Consent, known: Mapping[str, DirectoryPerson]) -> ConsentShown:
    return ConsentShown(
        consent_id=each.consent_id,
        mentor=people.of(known[each.mentor]),
        title=each.subject.title or "",
        address=each.subject.address or "",
        state=each.state,
        asked_at=from_datetime(each.asked_at),
        given_at=None if each.given_at is None else from_datetime(each.given_at),
        withdrawn_at=None if each.withdrawn_at is None else from_datetime(each.withdrawn_at),
    )
