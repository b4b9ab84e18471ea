"""The same under any catalog, of histories in which no id is told of two facts of a type."""

from tests.integration.handlers.expected import ExpectedCommits, Key
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import NaiveCatalog, kudos_kinds
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.oracle import Json, OracleAnswer, tell
from tests.verification.oracle.reading import InputRecord


class ExpectedUnder(ExpectedCommits):
    """Follows a history under a catalog, commit by commit."""

    def __init__(self, catalog: NaiveCatalog) -> None:
        super().__init__()
        self._catalog = catalog

    def _answer(self, lines: list[bytes]) -> OracleAnswer:
        return answer_under(self._catalog, lines, NOW)

    def _told(self, lines: list[bytes]) -> list[InputRecord]:
        return tell(lines, NOW, kudos_kinds(self._catalog)).facts

    def _is_counted(self, badge: str) -> bool:
        return "repeatable" in self._catalog.badges[badge]

    def _rank(self, badge: str, level: str | None) -> tuple[int, int]:
        badges = self._catalog.badges
        levels = list(badges[badge].get("levels", ()))
        return list(badges).index(badge), levels.index(level) if level else 0

    def _fact(self, line: Json, evidence: dict[str, str]) -> Key:
        named = (line["program_id"], evidence["type"], evidence["id"])
        (key,) = (key for key in self._facts if (key[0], key[3], key[4]) == named)
        return key
