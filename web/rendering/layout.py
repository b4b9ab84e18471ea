"""What surrounds every page: program, navigation, appearance, help, who is signed in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from notifier.rules.preferences import Appearance

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
"""A moment at which nothing has ended."""

_AT_THE_DESK = frozenset({"member", "chair", "bench", "auditor"})


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """A program that the viewer may switch to."""

    program_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame of a page for one viewer.

    `program` is None on pages outside a program (sign-in, errors); then there is no navigation.
    `here` is the entry of the navigation that is marked. `path` is where a form of the menu
    returns to, a path of ours. `zone` is the IANA name of the viewer's time zone. `participates`,
    `coordinates`: what the viewer is in the program, and so which pages there are for them.
    `stages`: whether the program has stages; `mentors`: whether they may be on the way through
    them; `learns`: whether they are a learner. `unread`: how many notifications they have not read.
    `console`: it is a page of operators. `committee`: whether decisions are made here; `governs`:
    the viewer's parts in that. `now`: the moment at which it is shown; awards that ended by then
    are shown as lapsed.
    """

    program: ProgramChoice | None = None
    programs: tuple[ProgramChoice, ...] = ()
    here: str = ""
    viewer: str | None = None
    zone: str = "UTC"
    appearance: Appearance = "auto"
    locale: str = "en"
    path: str = "/"
    help_url: str | None = None
    demonstration: bool = False
    participates: bool = True
    coordinates: bool = False
    stages: bool = False
    mentors: bool = True
    learns: bool = False
    unread: int = 0
    console: bool = False
    committee: bool = False
    governs: frozenset[str] = frozenset()
    now: datetime = BEFORE_ALL

    @property
    def progresses(self) -> bool:
        """Whether there is a progress of theirs to show."""
        return self.stages and self.participates and self.mentors

    @property
    def guides(self) -> bool:
        """Whether there may be learners of theirs to show."""
        return self.progresses

    @property
    def has_portfolio(self) -> bool:
        """Whether there is a portfolio of theirs to show."""
        return self.stages and self.participates and self.learns

    @property
    def reviews(self) -> bool:
        """Whether draws pick them to review."""
        return "reviewer" in self.governs

    @property
    def desk(self) -> bool:
        """Whether there is a desk of the committee for them."""
        return bool(self.governs & _AT_THE_DESK)
