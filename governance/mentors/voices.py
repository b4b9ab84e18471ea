"""Testimonials on the page of a mentor: chosen by the mentor, agreed to by their author."""

from engine.queries import eligibility, public_mentor
from engine.queries.errors import UnknownProgram
from engine.queries.notes import NotedTestimonial
from governance.committee import Sitting
from governance.errors import PageRefused
from governance.store import consents, page_voices
from governance.store.consents import ConsentSubject


def given_by_learners(sitting: Sitting, program: str, mentor: str) -> list[NotedTestimonial]:
    """The testimonials of learners for a mentor that stand, first to last; a learner can agree on
    their own pages, an industry partner has none.

    Raises:
        CatalogAltered
    """
    try:
        facts = list(eligibility.facts_of(sitting.engine, program, mentor))
    except UnknownProgram:
        return []
    return public_mentor.testimonials(sorted(facts, key=lambda fact: fact.order), mentor)


def choose(sitting: Sitting, program: str, mentor: str, testimonial_id: str) -> None:
    """Want a testimonial on one's page; its author is asked whether they agree.

    Raises:
        PageRefused: unknown-voice
    """
    given = given_by_learners(sitting, program, mentor)
    one = next((each for each in given if each.testimonial_id == testimonial_id), None)
    if one is None:
        raise PageRefused("unknown-voice")
    page_voices.choose(sitting.tx, program, mentor, (testimonial_id, one.author), sitting.now)
    asked = consents.of_learner(sitting.tx, program, one.author)
    if all(each.subject.about != testimonial_id for each in asked):  # nobody is asked twice
        subject = ConsentSubject("testimonial", testimonial_id)
        consents.ask(sitting.tx, program, one.author, mentor, subject, sitting.now)


def end(sitting: Sitting, program: str, mentor: str, testimonial_id: str) -> None:
    """Want it there no longer. Raises PageRefused (unknown-voice)."""
    if not page_voices.end(sitting.tx, program, mentor, testimonial_id, sitting.now):
        raise PageRefused("unknown-voice")
