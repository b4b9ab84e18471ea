"""Does the database agree with the oracle, and with the cold fold of its own ledger?"""

from itertools import chain, pairwise
from uuid import uuid5

from engine.fact import Place
from engine.intake.keys import place_hash
from engine.projections import cold
from engine.projections.state import State
from engine.store.facts import ledger
from engine.store.generations import pointers
from engine.store.projections import measures, people
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import AWARDED, INVITED, REVOKED, PublishedMessages
from tests.support.named import participation
from tests.verification.oracle.oracle import NAMESPACE, Json, OracleAnswer


def check_awards(harness: Harness, said: OracleAnswer) -> None:
    """The same awards stand."""
    assert harness.standing().keys() == {line["award_id"] for line in said.awards}


def check_counters(harness: Harness, report: Json) -> None:
    """What became of the records is what the oracle says, and accounts for every offset."""
    cursors = harness.cursors()
    for cursor in cursors.values():
        counts = cursor.counts
        passed = counts.applied + counts.duplicates + counts.retractions + counts.dead_letters
        assert passed + counts.holes == cursor.next_offset - cursor.first_offset
    for name in ("applied", "duplicates", "retractions"):
        assert sum(getattr(c.counts, name) for c in cursors.values()) == report[name], name
    reasons = dict(harness.rows("SELECT reason, count(*) FROM dead_letters GROUP BY reason"))
    assert reasons == {name: n for name, n in report["dead_letters"].items() if n}
    assert sum(c.counts.dead_letters for c in cursors.values()) == sum(reasons.values())


def check_measures(harness: Harness, only: str | None = None) -> None:
    """Measures, people and who takes part where are those of the ledger's facts, folded cold; of
    every program or of one."""
    with harness.transaction() as tx:
        facts = list(ledger.every(tx, only))
        folded = cold.fold(harness.catalog, facts)
        nothing = list(harness.catalog.initial_values)
        places: dict[object, State] = {}
        persons: dict[cold.Person, list[object]] = {}
        part: set[tuple[int, int]] = set()
        for program, number in pointers.live(tx).items():
            if only not in (None, program):
                continue
            there = {place_hash(fact.place) for fact in facts if fact.place.program == program}
            for row in measures.of_program(tx, harness.catalog, number, program):
                places[row.place] = {who: v for who, v in row.state.items() if v != nothing}
                there.add(row.number)
            part |= set(
                tx.rows(
                    "SELECT person, place FROM participation "
                    "WHERE generation = %s AND place = ANY (%b::bigint[])",
                    number, sorted(there),
                )
            )  # fmt: skip
            for name, values in people.read(tx, harness.catalog, number, program).items():
                persons[program, name] = values
    assert part == participation(facts)
    folded_places = {
        place: {who: v for who, v in state.items() if v != nothing}
        for place, state in folded.states.items()
    }
    assert _filled(places) == _filled(folded_places)
    assert {person: v for person, v in persons.items() if v != nothing} == folded.people


def _filled(states: "dict[object, State] | dict[Place, State]") -> dict[object, State]:
    return {place: state for place, state in states.items() if state}


def check_proofs(harness: Harness) -> None:
    """Every stored proof names only facts that stand, unretracted, and awards that stand."""
    with harness.transaction() as tx:
        facts = {(f.type, f.id, f.place.program, f.place.loop or "") for f in ledger.every(tx)}
    standing = harness.standing()
    for item in standing.values():
        assert item.award.evidence
        for e in item.award.evidence:
            if e.type == "award":
                assert e.id in standing, f"{item.award} rests on an award that does not stand"
            else:
                assert (e.type, e.id, item.award.program, e.loop) in facts, item.award


def check_messages(harness: Harness, messages: list[PublishedMessages]) -> None:
    """Of all messages ever: ids, keys and times by the contract; every award announced once."""
    revisions: dict[str, list[PublishedMessages]] = {}
    for message in messages:
        data = message.data
        assert message.source == "/badge-engine"
        if message.type == INVITED:
            names = ("program_id", "loop_id", "survey_id", "respondent_id")
            joined = "\x1f".join(["invitation", *(data[name] for name in names)])
            assert data["invitation_id"] == str(uuid5(NAMESPACE, joined))
            assert message.id == str(uuid5(NAMESPACE, data["invitation_id"] + "/1"))
            assert message.key == data["respondent_id"].encode()
            assert "rating" not in message.raw.decode()
            continue
        assert message.id == str(uuid5(NAMESPACE, f"{data['award_id']}/{data['revision']}"))
        assert message.key == data["recipient_id"].encode()
        if message.type == AWARDED:
            assert message.time == data["awarded_at"]
        revisions.setdefault(data["award_id"], []).append(message)
    for told in revisions.values():
        assert [m.data["revision"] for m in told] == list(range(1, len(told) + 1))
        assert [m.type for m in told] == [
            (REVOKED, AWARDED)[n % 2] for n in range(1, len(told) + 1)
        ]
    standing = harness.standing()
    assert {n for n, told in revisions.items() if told[-1].type == AWARDED} == standing.keys()
    for name, told in revisions.items():
        if name in standing:
            assert standing[name].revision == told[-1].data["revision"]
    _check_levels(messages)
    assert len({m.id for m in messages}) == len(messages)


def _check_levels(messages: list[PublishedMessages]) -> None:
    """Bronze is never heard after silver, nor silver after gold, while all of them stand."""
    held: dict[tuple[str, ...], list[str]] = {}
    for message in messages:
        level = message.data.get("level")
        if level:
            who = (message.data["program_id"], message.data["loop_id"])
            levels = held.setdefault(
                (*who, message.data["recipient_id"], message.data["badge"]), []
            )
            if message.type == REVOKED:
                levels.remove(level)
            else:
                levels.append(level)
                ranks = [("bronze", "silver", "gold").index(name) for name in levels]
                assert all(one < other for one, other in pairwise(ranks)), message.data


def check_privacy(harness: Harness, messages: list[bytes]) -> None:
    """No message, and no table but those two that may, holds a private text."""
    assert not any(b"PRIVATE-" in value for value in messages)
    tables = {
        n: rows for n, rows in harness.dump().items() if n not in ("messages", "dead_letters")
    }
    assert not any("PRIVATE-" in row for row in chain.from_iterable(tables.values()))
    details = harness.rows("SELECT detail FROM dead_letters")
    assert not any("PRIVATE-" in detail for (detail,) in details)
