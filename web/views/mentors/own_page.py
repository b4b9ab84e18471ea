"""The page on which a mentor turns their public page on, and keeps what is on it."""

from collections.abc import Mapping
from typing import Literal

from directory import names
from directory.names import DirectoryPerson
from engine.queries.notes import NotedTestimonial
from governance.committee import Sitting
from governance.mentors import exemplars
from governance.rules.mentors import links, slugs
from governance.rules.mentors.links import LinkState
from governance.store import mentor_pages
from governance.store.mentor_pages import MentorPage
from governance.store.page_voices import PageVoice
from web.views import people
from web.views.mentors.public_page import PublicMentor, PublicReading
from web.views.model import InstantText, View
from web.views.people import Person

Agreement = Literal["not_needed", "not_asked", "asked", "given", "withdrawn"]
"""Of the learner whose work or words it is. "withdrawn": or never given."""


class OwnLink(View):
    """A link of mine. `learner`: whose work it shows."""

    link_id: str
    title: str
    address: str
    learner: Person | None
    state: LinkState
    agreement: Agreement
    shown: bool


class OwnVoice(View):
    """A testimonial of a learner for me. `text`: null if it cannot be opened, or has none."""

    testimonial_id: str
    author: Person
    at: InstantText
    text: str | None
    wanted: bool
    agreement: Agreement


class OwnPage(View):
    """My public page. `slug`: what was chosen, or what is proposed; `made`: whether there is a page
    at all; `preview`: what others see or would see."""

    slug: str
    made: bool
    shown: bool
    indexed: bool
    links: list[OwnLink]
    room: int
    learners: list[Person]
    voices: list[OwnVoice]
    preview: PublicMentor | None = None


def page_of(sitting: Sitting, program: str, participant: str) -> MentorPage:
    """Somebody's page; if they have none, one that is not shown and has no address."""
    now = sitting.now
    return mentor_pages.of(sitting.tx, program, participant) or MentorPage(
        program, participant, "", False, False, now, now
    )


def read(sitting: Sitting, reading: PublicReading) -> OwnPage:
    """Somebody's page as they keep it; testimonials are still without their texts. One
    statement."""
    page, mentor = reading.page, reading.mentor
    wanted = {voice.testimonial_id: voice for voice in reading.chosen}
    ids = mentor.learners | {one.author for one in mentor.testimonials}
    ids |= {link.learner for link in reading.links if link.learner is not None}
    called = names.people(sitting.tx, page.program, ids)
    shown = {link.link_id for link in exemplars.shown(reading.links)}
    return OwnPage(
        slug=page.slug or slugs.proposed(reading.name),
        made=bool(page.slug),
        shown=page.shown,
        indexed=page.indexed,
        links=[
            OwnLink(
                link_id=link.link_id,
                title=link.title,
                address=link.address,
                learner=None if link.learner is None else people.of(called[link.learner]),
                state=link.state,
                agreement="not_needed" if link.learner is None else link.consent or "withdrawn",
                shown=link.link_id in shown,
            )
            for link in reading.links
        ],
        room=max(links.MOST_LINKS - len(reading.links), 0),
        learners=people.listed(called, mentor.learners),
        voices=[_voice(one, called, wanted) for one in mentor.testimonials],
    )


def _voice(
    one: NotedTestimonial,
    called: Mapping[str, DirectoryPerson],
    wanted: Mapping[str, PageVoice],
) -> OwnVoice:
    voice = wanted.get(one.testimonial_id)
    agreement: Agreement = "not_asked" if voice is None else voice.consent or "withdrawn"
    return OwnVoice(
        testimonial_id=one.testimonial_id,
        author=people.of(called[one.author]),
        at=one.time,
        text=None,
        wanted=voice is not None,
        agreement=agreement,
    )


def completed(view: OwnPage, preview: PublicMentor, texts: Mapping[str, str | None]) -> OwnPage:
    """The page with what others see, and with what testimonials say, by id."""
    voices = [
        voice.model_copy(update={"text": texts.get(voice.testimonial_id)}) for voice in view.voices
    ]
    return view.model_copy(update={"preview": preview, "voices": voices})
