"""What is looked at where private notes are read; each gives what is wrong, in sentences.

N1 a note is shown with its own kudos only · N2 what a coordinator reads is one entry, for a
purpose, and counted for the recipient · N3 a giver does not see a note again · N4 a key that was
erased does not come back · N5 a service does what its token says.
"""

from collections.abc import Callable, Iterator
from typing import Any

from tests.integration.web.people_surface import bearer, coordinator, participant
from tests.integration.web.privacy import NOTE, OTHER, PERSON, Planted

_NOTES = f"/v1/programs/{OTHER}/notes"
_MINE = f"/v1/programs/{OTHER}/me/notes"
_PEOPLE = f"/v1/programs/{OTHER}/people"
_ME = participant(OTHER, PERSON)
_BOSS = coordinator(OTHER)


def _bound(planted: Planted) -> Iterator[str]:
    """Two notes of the person change places for a moment."""
    surface = planted.surface
    rows = surface.harness.rows(
        "SELECT place, fact, message FROM messages WHERE kid = "
        "(SELECT kid FROM note_keys WHERE program = %s AND participant = %s) LIMIT 2",
        OTHER, PERSON,
    )  # fmt: skip
    (place, fact, own), (_, _, other) = rows
    change = "UPDATE messages SET message = %s WHERE place = %s AND fact = %s"
    with surface.harness.transaction() as tx:
        tx.execute(change, other, place, fact)
    items = surface.get(f"{_MINE}?limit=100", _ME).json()["items"]
    with surface.harness.transaction() as tx:
        tx.execute(change, own, place, fact)
    if [item["state"] for item in items].count("unreadable") != 1:
        yield "the note of other kudos is shown"


def _entries(planted: Planted) -> Iterator[str]:
    surface = planted.surface

    def counts() -> tuple[int, int]:
        ((entries,),) = surface.harness.rows("SELECT count(*) FROM audit_log")
        note = surface.get(f"{_MINE}/k0", _ME).json()
        return int(entries), int(note["coordinator_reads"]["count"])

    for purpose in ("", "  "):
        if surface.get(_NOTES, _BOSS, Purpose=purpose).status != 422:
            yield f"notes are read for the purpose {purpose!r}"
    before = counts()
    surface.get(f"{_NOTES}?limit=5", _BOSS, Purpose="to check")
    after = counts()
    if after[0] - before[0] != 1:
        yield f"an answer with five notes is {after[0] - before[0]} entries of the audit log"
    if after[1] - before[1] != 1:
        yield f"a note that was read once counts {after[1] - before[1]} times for its recipient"


def _givers(planted: Planted) -> Iterator[str]:
    gwen = participant(OTHER, "gwen")
    for path in (_MINE, f"{_MINE}/k0", f"/v1/programs/{OTHER}/me/export"):
        if NOTE in planted.surface.get(path, gwen).text:
            yield f"{path} shows a note to its giver"


def _service(*may: str) -> dict[str, Any]:
    return {"role": "service", "program": OTHER, "may": list(may)}


def _keys(planted: Planted) -> Iterator[str]:
    client, gone = planted.surface.client, f"{_PEOPLE}/erased-in-checks"
    client.ask("GET", f"{gone}/note-key", bearer(_service("keys")))
    client.ask("DELETE", f"{gone}/personal-data", bearer(_service("erase")))
    status = client.ask("GET", f"{gone}/note-key", bearer(_service("keys"))).status
    if status != 410:
        yield f"the key of an erased person is answered {status}"


def _services(planted: Planted) -> Iterator[str]:
    for method, what, may in (
        ("GET", "note-key", ("erase", "export")),
        ("GET", "export", ("erase", "keys")),
        ("DELETE", "personal-data", ("keys", "export")),
    ):
        path = f"{_PEOPLE}/nobody-in-checks/{what}"
        status = planted.surface.client.ask(method, path, bearer(_service(*may))).status
        if status != 404:
            yield f"a service that may {may} gets {status} for {what}"


CHECKS: dict[str, Callable[[Planted], list[str] | Iterator[str]]] = {
    "N1": _bound,
    "N2": _entries,
    "N3": _givers,
    "N4": _keys,
    "N5": _services,
}
