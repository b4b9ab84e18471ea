"""Which programs have stages, as pages need it for their frame: known for a minute at a time."""

from collections.abc import Callable
from datetime import datetime

from engine.queries import recognition
from engine.store.generations.catalogs import CatalogAltered
from engine.store.policies import PolicyAltered
from web.reports.kept import Kept
from web.views.moment import Readings


class StagedPrograms:
    """Knows of each program whether its policy has stages; one for each process."""

    def __init__(self, readings: Readings, now: Callable[[], datetime]) -> None:
        self._readings = readings
        self._kept: Kept[bool] = Kept(now)

    def has_stages(self, program: str) -> bool:
        """Whether a program has stages, as of at most a minute ago. False where its catalog or its
        policy cannot be read: the pages that rest on them say so, and the others go on.

        Raises:
            DatabaseUnreachable
        """
        return self._kept.get(program, lambda _: self._read(program))

    def _read(self, program: str) -> bool:
        with self._readings.reader.snapshot() as snapshot:
            try:
                return recognition.has_stages(snapshot, program)
            except (CatalogAltered, PolicyAltered):
                return False
