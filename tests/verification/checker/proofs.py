"""What announcements rest on: the facts they name, and those under the awards they name."""

from collections.abc import Iterable

from tests.verification.checker.kept import FactKey
from tests.verification.checker.proof import Witnesses
from tests.verification.checker.seen import Json
from tests.verification.checker.wire import WireMessage


class Proofs:
    """Proofs as they were announced. The store may have put them right since, if what they name
    was retracted; the topic does not say so."""

    def __init__(self, awarded: Iterable[WireMessage], witnesses: Witnesses) -> None:
        """`awarded`: the announcements in the order of publication."""
        self._witnesses = witnesses
        self._under: dict[str, list[Json]] = {}
        self._ever: set[tuple[str, str, str]] = set()  # program, type and id of facts
        last: dict[str, Json] = {}
        for message in awarded:
            program = str(message.data["program_id"])
            self._ever.update((program, i["type"], i["id"]) for i in message.data["evidence"])
            named = [str(item["id"]) for item in _awards(message.data)]
            if named:
                self._under[message.id] = [last[number] for number in named if number in last]
            last[str(message.data["award_id"])] = message.data

    def ever_named(self, key: FactKey) -> bool:
        """Whether some announcement names a fact, or one of the same name."""
        program, _, _, fact_type, name = key
        return (program, fact_type, name) in self._ever

    def facts(self, message: WireMessage) -> set[FactKey] | None:
        """The facts that an announcement rests on; None if they are not known for certain: it may
        name what is told nowhere, or in two places."""
        parts = self._under.get(message.id, [])
        if len(parts) < len(_awards(message.data)):
            return None
        found: set[FactKey] = set()
        for data in (message.data, *parts):
            facts = self.named(data)
            if facts is None:
                return None
            found |= facts
        return found

    def named(self, data: Json) -> set[FactKey] | None:
        """The facts that an announcement itself names; None as above."""
        found: set[FactKey] = set()
        for item in data["evidence"]:
            if item["type"] != "award":
                candidates = self._witnesses.candidates(data, item)
                if len(candidates) != 1:
                    return None
                found.add(candidates[0].key)
        return found


def _awards(data: Json) -> list[Json]:
    return [item for item in data["evidence"] if item["type"] == "award"]
