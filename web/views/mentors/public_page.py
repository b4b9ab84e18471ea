"""The public page of a mentor, as anybody sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.programs import ProgramDescription
from engine.queries.notes import NotedTestimonial
from engine.queries.public_mentor import MentorInPublic, OutcomeByLearner
from engine.rules.millionths import MILLION
from governance.mentors import exemplars
from governance.rules.mentors import aggregates
from governance.store.exemplar_links import ExemplarLink
from governance.store.mentor_pages import MentorPage
from governance.store.page_voices import PageVoice
from web.views.model import InstantText, View


class PublicStage(View):
    """A stage in good standing. `valid_until`: null if it does not end; `award_id`: never shown in
    public; `share_id`: of the page where its credential is, null while that is not shared."""

    badge: str
    name: str
    description: str
    category: str
    since: InstantText
    valid_until: InstantText | None
    award_id: str
    share_id: str | None = None


class PublicBadge(View):
    """A badge that is held, at a level if it has any."""

    badge: str
    name: str
    category: str
    level: str | None


class PublicContribution(View):
    """How often something of a kind was given to others."""

    kind: str
    count: int


class PublicNumber(View):
    """A rounded number about at least so many learners: a mean gain, or a share in percent."""

    name: str
    is_share: bool
    value: float
    learners: int


class PublicLink(View):
    """An exemplar that is published elsewhere."""

    title: str
    address: str


class PublicMentor(View):
    """All that anybody sees. `voices`: what learners say, without who they are."""

    name: str
    program: str
    timezone: str
    indexed: bool
    stages: list[PublicStage]
    badges: list[PublicBadge]
    contributions: list[PublicContribution]
    numbers: list[PublicNumber]
    links: list[PublicLink]
    voices: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on it yet."""
        parts = (self.stages, self.badges, self.contributions, self.numbers, self.links)
        return not any(parts) and not self.voices


@dataclass(frozen=True, slots=True)
class PublicReading:
    """What is read for one page. `links`, `chosen`: all that the mentor put on it; anybody sees
    those that were checked and agreed to."""

    page: MentorPage
    name: str
    program: ProgramDescription
    mentor: MentorInPublic
    links: Sequence[ExemplarLink]
    chosen: Sequence[PageVoice]

    @property
    def agreed(self) -> Sequence[NotedTestimonial]:
        """The testimonials on it that anybody may see, still sealed."""
        agreed = {voice.testimonial_id for voice in self.chosen if voice.agreed}
        return [one for one in self.mentor.testimonials if one.testimonial_id in agreed]


def shown(reading: PublicReading) -> PublicMentor:
    """The page, without what other connections read: shares and testimonials."""
    mentor = reading.mentor
    return PublicMentor(
        name=reading.name,
        program=reading.program.name,
        timezone=reading.program.timezone,
        indexed=reading.page.indexed,
        stages=[
            PublicStage(
                badge=stage.badge.name,
                name=stage.badge.title,
                description=stage.badge.description,
                category=stage.badge.category,
                since=stage.term.begins,
                valid_until=stage.term.ends,
                award_id=stage.award_id,
            )
            for stage in mentor.stages
        ],
        badges=[
            PublicBadge(
                badge=badge.badge,
                name=badge.name,
                category=badge.category,
                level=badge.best.level if badge.best is not None else None,
            )
            for badge in mentor.badges
        ],
        contributions=[
            PublicContribution(kind=kind, count=count)
            for kind, count in sorted(mentor.contributions.items())
        ],
        numbers=[number for each in mentor.outcomes if (number := _number(each)) is not None],
        links=[
            PublicLink(title=link.title, address=link.address)
            for link in exemplars.shown(reading.links)
        ],
        voices=[],
    )


def _number(outcome: OutcomeByLearner) -> PublicNumber | None:
    step = aggregates.TWENTIETH if outcome.is_share else aggregates.HALF
    rounded = aggregates.rounded(outcome.by_learner, step)
    if rounded is None:
        return None
    value = rounded.value / MILLION
    return PublicNumber(
        name=outcome.name,
        is_share=outcome.is_share,
        value=value * 100 if outcome.is_share else value,
        learners=rounded.learners,
    )
