"""Reading the whole input by the oracle, and settling what became of each record.

Which of several tellings of one key was accepted may depend on arrival. Where it does, the ledger
says which one it was; whether it could be that one is judged here.
"""

from collections import defaultdict

from tests.verification.checker.input_log import InputLog, LedgerKey, LoggedFact
from tests.verification.checker.kept import kept_by, kept_of, told_by
from tests.verification.checker.origins import Origins
from tests.verification.checker.readings import reading, reading_later
from tests.verification.checker.seen import Json, Observations, PublishedRecord
from tests.verification.oracle.reading import RETRACTED, InputRecord
from tests.verification.oracle.wire_values import OracleRefusal


def read_input(seen: Observations) -> InputLog:
    """Read the whole input, and settle with the ledger what arrival alone decides."""
    log, origins = InputLog(), Origins(seen)
    tellings: dict[LedgerKey, list[LoggedFact]] = defaultdict(list)
    for record in seen.activity.records:
        place = (record.partition, record.offset)
        log.records[place] = record
        found = reading(record, seen.clock)
        if origins.given_up(*place):
            log.became[place] = "lost"
        elif isinstance(found, str):
            log.became[place] = found
        else:
            tellings[_key(found)].append(LoggedFact(place, found))
    for told in _redriven(seen, log):
        tellings[_key(told)].append(LoggedFact(None, told))
    values = _read_ledger(seen, log)
    for key, row in log.kept.items():
        if key not in tellings and origins.gone(row):
            tellings[key] = _gone(log, key)
    for key, found_tellings in tellings.items():
        _settle(log, origins, key, found_tellings, values.get(key))
    for key in log.kept.keys() - tellings.keys():
        log.faults.append(f"the ledger holds {key}, which no record tells")
    return log


def _key(told: InputRecord) -> LedgerKey:
    return LedgerKey(told.type == RETRACTED, told.key)


def _redriven(seen: Observations, log: InputLog) -> list[InputRecord]:
    """What was redriven, as Kafka has it: of a resolved entry the private note is cut. Where Kafka
    has it no more, as the entry has it."""
    told: list[InputRecord] = []
    came = {(record.partition, record.offset): record for record in seen.activity.records}
    for row in seen.database.dead_letters:
        if row.resolution == "redriven":
            kept = PublishedRecord(row.partition, row.offset, row.key, row.value, row.headers)
            found = reading_later(came.get((row.partition, row.offset), kept))
            if isinstance(found, str):
                where = f"partition {row.partition} offset {row.offset}"
                log.faults.append(f"{where}: redriven, though it is still {found}")
            else:
                told.append(found)
    return told


def _read_ledger(seen: Observations, log: InputLog) -> dict[LedgerKey, Json]:
    """Read the ledger's rows; gives their contents by value."""
    values: dict[LedgerKey, Json] = {}
    for row in seen.database.ledger:
        where = f"lane {row.lane} offset {row.offset}"
        try:
            fact, content = kept_by(row)
        except (ValueError, KeyError, TypeError) as error:
            log.faults.append(f"the ledger's row from {where} is no fact: {error!r}")
            continue
        key = LedgerKey(row.retraction, fact)
        if key in log.kept:
            log.faults.append(f"the ledger holds {key} twice: also from {where}")
        log.kept[key], values[key] = row, content
    return values


def _gone(log: InputLog, key: LedgerKey) -> list[LoggedFact]:
    """What the ledger alone still tells."""
    try:
        return [LoggedFact(None, told_by(log.kept[key]))]
    except OracleRefusal as refusal:
        log.faults.append(f"the ledger holds {key}, which is {refusal}")
        return []


def _settle(
    log: InputLog, origins: Origins, key: LedgerKey, told: list[LoggedFact], content: Json | None
) -> None:
    """Which telling of a key was accepted; and what the others are then."""
    if not told:
        return
    accepted = told[0]
    if content is None:
        log.faults.append(f"{key}, told at {told[0]}, is not in the ledger")
    else:
        accepted = _chosen(log, origins, key, told, content)
    (log.retractions if key.retraction else log.accepted)[key.fact] = accepted
    for telling in told:
        if telling.place is not None:
            log.became[telling.place] = _outcome(key, telling, accepted)


def _chosen(
    log: InputLog, origins: Origins, key: LedgerKey, told: list[LoggedFact], content: Json
) -> LoggedFact:
    """The telling that the ledger's row points at, if it may: the first in its partition."""
    row = log.kept[key]
    where = f"lane {row.lane} offset {row.offset}"
    partition = origins.partition(row.lane)
    if partition is not None and partition >= 0 and not origins.gone(row):
        named = [t for t in told if t.place == (partition, row.offset)]
        first = next((t for t in told if t.place is not None and t.place[0] == partition), None)
        if named and first is not named[0]:
            log.faults.append(f"the ledger has {key} from {where}, told before at {first}")
    else:
        named = [t for t in told if t.place is None and kept_of(t.told) == content]
        if not named and origins.gone(row):
            named = _gone(log, key)
    if not named:
        log.faults.append(f"the ledger has {key} from {where}, where nobody tells it")
        return told[0]
    if kept_of(named[0].told) != content:
        log.faults.append(f"the ledger's content of {key} is not what {where} tells")
    return named[0]


def _outcome(key: LedgerKey, telling: LoggedFact, accepted: LoggedFact) -> str:
    if telling is accepted:
        return "retractions" if key.retraction else "applied"
    same = key.retraction or telling.told.content == accepted.told.content
    return "duplicates" if same else "conflict"
