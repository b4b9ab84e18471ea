"""The facts that outcomes are computed from, read once a minute for each program and kept in the
process: ids and numbers, no names."""

from collections.abc import Callable
from datetime import datetime

from directory import guidance
from engine.queries.outcomes import mentors, reading
from engine.queries.outcomes.mentors import MentorsOfProgram
from engine.queries.outcomes.quiet import QuietInput
from engine.queries.outcomes.reading import OutcomesOfProgram
from engine.queries.outcomes.warnings import Guided
from events.instants import Instant, from_datetime
from web.reports.kept import Kept
from web.views.moment import Readings

_MOST = 20
"""Of how many programs they are kept."""


class ProgramOutcomes:
    """Reads the facts of programs, and keeps them a minute. One for each process."""

    def __init__(self, readings: Readings, now: Callable[[], datetime]) -> None:
        self._readings = readings
        self._kept: Kept[OutcomesOfProgram] = Kept(now, most=_MOST)
        self._quiet: Kept[list[QuietInput]] = Kept(now, most=_MOST)
        self._mentors: Kept[MentorsOfProgram] = Kept(now, most=_MOST)

    def of(self, program: str) -> OutcomesOfProgram:
        """Those of a program, as of at most a minute ago.

        Raises:
            DatabaseUnreachable, CatalogAltered, PolicyAltered
        """
        return self._kept.get(program, lambda _: self._read(program))

    def quiet(self, program: str) -> list[QuietInput]:
        """The inputs of a program that fell quiet. Raises as `of` does."""
        return self._quiet.get(program, lambda now: self._read_quiet(program, now))

    def mentors(self, program: str) -> MentorsOfProgram:
        """Who holds which stage. Raises as `of` does."""
        return self._mentors.get(program, lambda now: self.mentors_at(program, from_datetime(now)))

    def mentors_at(self, program: str, as_of: Instant) -> MentorsOfProgram:
        """The same as of an instant, and not kept."""
        with self._readings.reader.snapshot() as snapshot:
            return mentors.read(snapshot, program, as_of)

    def _read(self, program: str) -> OutcomesOfProgram:
        with self._readings.moment() as moment:
            described = guidance.read(moment.directory, program)
            outcomes = reading.read(moment.engine, program)
        return outcomes.within((Guided(*pair) for pair in described.pairs), described.closed)

    def _read_quiet(self, program: str, now: datetime) -> list[QuietInput]:
        with self._readings.moment() as moment:
            return reading.quiet_inputs(moment.engine, program, from_datetime(now))
