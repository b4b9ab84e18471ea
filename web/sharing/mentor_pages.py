"""Public pages of mentors, read for anybody.

Whether one is shown, which links are on it and which testimonials, is decided at each look; what
facts say of the mentor may be a minute old, so that looking often costs little.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine

from directory import programs
from engine.queries import notes, public_mentor
from engine.queries.notes import NotedTestimonial
from engine.queries.public_mentor import MentorInPublic
from engine.store.postgres.connection import transaction
from events.instants import from_datetime
from governance.committee import Committee, Sitting
from governance.store import exemplar_links, mentor_pages, page_voices
from governance.store.mentor_pages import MentorPage
from web.notes.desk import NotesDesk
from web.reports.kept import Kept
from web.store import shares
from web.views.mentors import public_page
from web.views.mentors.public_page import PublicMentor, PublicReading, PublicStage


class PublicPages:
    """Reads public pages; made once a process. `people`: connections of badge_people."""

    def __init__(
        self,
        committee: Committee | None,
        people: Engine,
        desk: NotesDesk,
        now: Callable[[], datetime],
    ) -> None:
        self._committee = committee
        self._people = people
        self._desk = desk
        self._kept: Kept[MentorInPublic] = Kept(now)

    def at(self, slug: str) -> PublicMentor | None:
        """What anybody sees under a slug; None: nothing.

        Raises:
            CatalogAltered, PolicyAltered
        """
        if self._committee is None:
            return None
        with self._committee.sitting() as sitting:
            page = mentor_pages.at(sitting.tx, slug)
            reading = self.read(sitting, page) if page is not None and page.shown else None
        if reading is None or not reading.program.public_pages:
            return None
        return self.complete(reading)

    def complete(self, reading: PublicReading) -> PublicMentor:
        """The page, with what other connections read; no sitting is open meanwhile."""
        shown, voices = public_page.shown(reading), self.opened(reading.agreed)
        return shown.model_copy(
            update={
                "stages": self._with_shares(shown.stages),
                "voices": [text for text in voices.values() if text],
            }
        )

    def opened(self, wanted: Sequence[NotedTestimonial]) -> dict[str, str | None]:
        """What these testimonials say, by id; None of what does not open."""
        if not wanted:
            return {}
        with transaction(self._desk.pool) as tx:
            stored = notes.narratives(tx, wanted)
        opener = self._desk.opener
        return {one.testimonial_id: opener.open(one, note, "public").note for one, note in stored}

    def read(self, sitting: Sitting, page: MentorPage) -> PublicReading | None:
        """What would be seen of a page, whether or not it is shown; the rest is for `complete`.
        None: nobody is described who has it.

        Raises:
            CatalogAltered, PolicyAltered
        """
        who = (page.program, page.participant)
        known = programs.of_person(sitting.tx, [who])[page.program]
        if known.person is None or not known.person.described:
            return None
        mentor = self._kept.get(
            who,
            lambda now: public_mentor.read(sitting.engine, *who, from_datetime(now)),
        )
        return PublicReading(
            page,
            known.person.display_name,
            known.description,
            mentor,
            exemplar_links.of_mentor(sitting.tx, *who),
            page_voices.of_mentor(sitting.tx, *who),
        )

    def _with_shares(self, stages: list[PublicStage]) -> list[PublicStage]:
        if not stages:
            return stages
        with transaction(self._people) as tx:
            shared = shares.of_awards(tx, [stage.award_id for stage in stages])
        by_award = {share.award_id: share.share_id for share in shared}
        return [
            stage.model_copy(update={"share_id": by_award.get(stage.award_id)}) for stage in stages
        ]
