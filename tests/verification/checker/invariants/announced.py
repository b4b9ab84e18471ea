"""I1: the right awards were announced, and no others; the same stand in table and export."""

from tests.verification.checker.ids import award_id
from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED, WireMessage

TITLE = "awards on the topic = expected = exported"
_FIELDS = ("program_id", "loop_id", "recipient_id", "badge", "level")


def announced(known: Known) -> Finding:
    """Judge I1, but for invitations."""
    finding = Finding("I1", TITLE, needed=("awards expected", "awards on the topic"))
    histories = known.histories
    finding.compared["awards expected"] = len(known.expected)
    finding.compared["awards on the topic"] = len(histories)
    for award, messages in histories.items():
        _revisions(finding, known, award, messages)
        for message in messages:
            _fields(finding, known, message)
        if award not in known.possible:
            finding.violate("was announced, and never earned", messages[0])
    standing = {award for award, told in histories.items() if told[-1].type == AWARDED}
    standing = _with_silent(known, standing)
    _same(finding, known, standing, "on the topic")
    exported = known.seen.exports.announced
    _same(finding, known, {str(line["award_id"]) for line in exported}, "in the export")
    finding.compared["awards exported"] = len(exported)
    ids = [str(line["award_id"]) for line in exported]
    finding.require(ids == sorted(set(ids)), "the export is not sorted by id, each once")
    for line in exported:
        _as_expected(finding, known, line, line)
    _table(finding, known, histories)
    return finding


def _with_silent(known: Known, standing: set[str]) -> set[str]:
    """What stands by the topic, but for awards whose last change may have been silent: for them
    the table speaks."""
    rows = {row.award_id: row for row in known.seen.database.awards}
    hushed = {number for number, row in rows.items() if row.silent and known.replays.hushed(number)}
    return standing - hushed | {number for number in hushed if rows[number].standing}


def _revisions(finding: Finding, known: Known, award: str, messages: list[WireMessage]) -> None:
    """1, 2, 3 … in the order of first tellings, but for silent ones; odd is awarded, even
    revoked."""
    last = 0
    for message in messages:
        told, due = f"revision {message.revision}", last + 1
        if known.replays.hushed(award):
            finding.require(message.revision >= due, f"{told}, after {last}", message)
        else:
            finding.require(message.revision == due, f"{told}, where {due} is due", message)
        last = message.revision
        odd = message.revision % 2 == 1
        finding.require(odd == (message.type == AWARDED), f"{told} is a {message.type}", message)


def _fields(finding: Finding, known: Known, message: WireMessage) -> None:
    """A message says the same of its award as the award's id does."""
    data, award = message.data, str(message.data["award_id"])
    _as_expected(finding, known, data, message)
    key = message.record.key
    finding.require(
        key == str(data["recipient_id"]).encode(),
        f"its key is {key!r}",
        message,
    )
    if message.type != AWARDED:
        return
    program, loop, recipient, badge, _ = (data[name] for name in _FIELDS)
    finding.require(
        award == award_id(program, loop, recipient, badge, data["occurrence"]),
        "its id is not that of what it names",
        message,
    )
    finding.require(
        message.time == data["awarded_at"],
        f"time is {message.time}, awarded_at {data['awarded_at']}",
        message,
    )


def _as_expected(finding: Finding, known: Known, data: Json, about: object) -> None:
    wanted = known.possible.get(str(data["award_id"]), data)
    for name in _FIELDS:
        finding.require(
            data[name] == wanted[name],
            f"{name} is {data[name]}, must be {wanted[name]}",
            about,
        )


def _same(finding: Finding, known: Known, found: set[str], where: str) -> None:
    must = known.expected.keys() | known.replays.kept
    for award in sorted(must - found):
        line = known.possible.get(award, {"award_id": award})
        finding.violate(f"expected, and does not stand {where}", line)
    for award in sorted(found - must - known.replays.perhaps_kept):
        line = known.possible.get(award, {"award_id": award})
        finding.violate(f"stands {where}, and is not expected", line)


def _table(finding: Finding, known: Known, histories: dict[str, list[WireMessage]]) -> None:
    rows = {row.award_id: row for row in known.seen.database.awards}
    finding.compared["awards in the table"] = len(rows)
    for award in sorted(histories.keys() | rows.keys()):
        told = histories[award][-1].revision if award in histories else 0
        row = rows.get(award)
        kept = row.revision if row is not None else 0
        finding.require(
            told == kept or (told < kept and known.replays.hushed(award)),
            f"award {award}: revision {kept} in the table, {told} on the topic",
        )
        if row is not None:
            finding.require(
                row.standing == (row.revision % 2 == 1),
                f"award {award}: revision {row.revision}, standing {row.standing}",
            )
