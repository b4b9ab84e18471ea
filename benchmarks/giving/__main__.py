"""Measures giving kudos: an answer of the API beside a bare INSERT, and an award beside the engine.

POST is timed by one client over one connection, token, sealing and HTTP included, in turns with the
same row inserted by this process. Then gifts and events told directly to Kafka come in turns, and
it is seen when the award of each stands, and when an open page of its recipient is told: of a gift
since its time to undo was over, of an event since it was published. Everything runs on this machine
at once.
"""

import argparse
import http.client
import json
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from pydantic import SecretStr
from sqlalchemy import Engine

from benchmarks.giving.open_pages import OpenPages
from benchmarks.pace import percentile
from benchmarks.pages import page_figures
from benchmarks.pages.page_figures import Figures, PageFigure
from benchmarks.pages.process import WebProcess, giving_process
from benchmarks.pages.program import as_role
from benchmarks.worker import running
from directory.migrations import CHAIN as DIRECTORY
from engine import bootstrap, settings
from engine.local import broker
from engine.local.embedded_postgres import embedded_postgres
from engine.settings import Settings
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from events.award_ids import award_id
from events.publisher import Publisher
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from web.database import roles
from web.migrations import CHAIN as WEB

PROGRAM, KIND, NOTE = "program", "trust", "Thank you for the time that you took for me. " * 4
UNDO_SECONDS = 5
_EVERY_SECONDS = 0.1
_LOOK_SECONDS = 0.004
_PATIENCE_SECONDS = 60.0

_TOLD = "now(), 0, 0, now()"
_INSERT = """
    INSERT INTO web.gifts (kudos_id, award_id, program, loop, giver, recipient, kind, at,
        send_after, sealed, state, key_hash, fingerprint)
    VALUES (%s, %s, 'bare', %s, %s, %s, %s, now(), now(), %s, 'cancelled', %s, %s)
"""


@dataclass
class Stands:
    """When awards were first seen to stand, by id, looked for by a thread."""

    engine: Engine
    seen: dict[str, float] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look for the length of the block."""
        thread = threading.Thread(target=self._look)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def wait(self) -> None:
        """Until all that are wanted were seen."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.wanted - self.seen.keys():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{len(self.wanted - self.seen.keys())} awards did not come")
            time.sleep(_LOOK_SECONDS)

    def _look(self) -> None:
        while not self._over.is_set():
            missing = sorted(self.wanted - self.seen.keys())
            if missing:
                with transaction(self.engine) as tx:
                    rows = tx.rows(
                        "SELECT award_id::text FROM awards WHERE standing "
                        "AND award_id = ANY (%b::text[]::uuid[])",
                        missing,
                    )
                now = time.time()
                self.seen.update((name, now) for (name,) in rows)
            time.sleep(_LOOK_SECONDS)


class Client:
    """One connection to the web process, and a token for each giver."""

    def __init__(self, web: WebProcess, givers: int) -> None:
        self._connection = http.client.HTTPConnection(*web.address)
        self._headers = [self._header("giver", number) for number in range(givers)]
        self.recipients = [self._header("wen", number) for number in range(givers)]

    def _header(self, who: str, number: int) -> dict[str, str]:
        path = f"/dev/issuer/token?persona={name_of(who, number)}@{PROGRAM}"
        self._connection.request("GET", path)
        token = json.load(self._connection.getresponse())["access_token"]
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def connect_again(self) -> None:
        """Servers end connections that are idle for seconds."""
        self._connection.close()

    def give(self, giver: int, kind: str = KIND) -> tuple[float, dict[str, str]]:
        """Let somebody give their partner kudos with a note; gives the seconds it took."""
        asked = {
            "loop_id": name_of("loop", giver),
            "recipient_id": name_of("wen", giver),
            "kind": kind,
            "note": NOTE,
        }
        headers = self._headers[giver] | {"Idempotency-Key": uuid.uuid4().hex}
        body = json.dumps(asked).encode()
        began = time.perf_counter()
        self._connection.request("POST", f"/v1/programs/{PROGRAM}/kudos", body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        took = time.perf_counter() - began
        if answer.status != 202:
            raise RuntimeError(f"{answer.status}: {text.decode()}")
        held: dict[str, str] = json.loads(text)
        return took, held


def name_of(what: str, number: int) -> str:
    """The id of somebody or something."""
    return f"{what}-{number:03}"


def build(loaded: Settings, pairs: int) -> None:
    """Topics, schemas, roles, and a program of loops of two."""
    bootstrap.migrate(loaded)
    owner = connect(loaded.database, "badge-web-bench")
    for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
        schema.migrate(owner, chain=chain)
    with transaction(owner) as tx:
        roles.make(tx)
        tx.execute(
            f"INSERT INTO directory.programs VALUES (%s, %s::jsonb, {_TOLD})",
            PROGRAM, json.dumps({"program_id": PROGRAM, "name": "Program"}),
        )  # fmt: skip
        numbered = "lpad(n::text, 3, '0') FROM generate_series(0, %s) n"
        tx.execute(
            f"INSERT INTO directory.loops SELECT %s, 'loop-' || l, NULL, 'one_to_one', 'open', "
            f"{_TOLD} FROM (SELECT {numbered}) k (l)",
            PROGRAM, pairs - 1,
        )  # fmt: skip
        for role in ("giver", "wen"):
            tx.execute(
                "INSERT INTO directory.participants (program, participant, display_name, "
                'given_name, roles, active, told_at, lane, "offset", published_at) '
                f"SELECT %s, '{role}-' || l, '{role} ' || l, NULL, ARRAY['mentee'], true, {_TOLD} "
                f"FROM (SELECT {numbered}) k (l)",
                PROGRAM, pairs - 1,
            )  # fmt: skip
            tx.execute(
                f"INSERT INTO directory.members SELECT %s, 'loop-' || l, '{role}-' || l, NULL "
                f"FROM (SELECT {numbered}) k (l)",
                PROGRAM, pairs - 1,
            )  # fmt: skip
    owner.dispose()


def insert(people: Engine, number: int) -> float:
    """Insert a row as giving does, in a transaction of a pool as the web has it; the seconds."""
    ids = (str(uuid.uuid4()), str(uuid.uuid4()))
    names = (name_of("loop", number), name_of("giver", number), name_of("wen", number), KIND)
    began = time.perf_counter()
    with transaction(people) as tx:
        tx.execute(_INSERT, *ids, *names, "s" * 900, uuid.uuid4().bytes * 2, b"f" * 32)
    return time.perf_counter() - began


def posts(client: Client, people: Engine, pairs: int) -> Figures:
    """POST and INSERT in turns, after one of each for every giver."""
    for number in range(pairs):
        client.give(number, "creativity")  # makes the key of the recipient
        insert(people, number)
    post, bare = [], []
    for kind in ("networking", "expertise", "commitment"):
        for number in range(pairs):
            post.append(client.give(number, kind)[0] * 1000)
            bare.append(insert(people, number) * 1000)
    post.sort()
    bare.sort()
    return {
        "post_to_202_ms": PageFigure(median(post)),
        "post_to_202_p99_ms": PageFigure(percentile(post, 0.99)),
        "bare_insert_ms": PageFigure(median(bare)),
        "bare_insert_p99_ms": PageFigure(percentile(bare, 0.99)),
        "post_to_insert": PageFigure(median(post) / median(bare), 3),
    }


def awards(client: Client, pages: OpenPages, loaded: Settings, pairs: int) -> Figures:
    """Gifts and events of the engine, in turns, at ten of each a second."""
    reader = connect(loaded.database, "badge-web-bench")
    stands = Stands(reader)
    began: dict[str, float] = {}
    gifts: dict[str, float] = {}
    with (
        stands.looking(),
        pages.listening(f"/v1/programs/{PROGRAM}/me/events", list(client.recipients)),
        Publisher(loaded.bootstrap, source="/bench", topic=loaded.activity_topic) as publisher,
    ):
        tell(publisher, 0, stands, {})
        stands.wait()  # the worker is there, and warm
        client.connect_again()
        due = time.time()
        for number in range(pairs):
            _, held = client.give(number)
            gifts[held["award_id"]] = datetime.fromisoformat(held["undo_until"]).timestamp()
            stands.wanted.add(held["award_id"])
            due = pause_until(due + _EVERY_SECONDS / 2)
            tell(publisher, number, stands, began)
            due = pause_until(due + _EVERY_SECONDS / 2)
        stands.wait()
        _await_told(pages, gifts)
    reader.dispose()
    shown = sorted((pages.told[name] - at) * 1000 for name, at in gifts.items())
    of_gifts = sorted((stands.seen[name] - at) * 1000 for name, at in gifts.items())
    of_events = sorted((stands.seen[name] - at) * 1000 for name, at in began.items())
    return {
        "gift_to_award_p50_ms": PageFigure(percentile(of_gifts, 0.5)),
        "gift_to_award_p99_ms": PageFigure(percentile(of_gifts, 0.99)),
        "gift_to_open_page_p50_ms": PageFigure(percentile(shown, 0.5)),
        "gift_to_open_page_p99_ms": PageFigure(percentile(shown, 0.99)),
        "event_to_award_p50_ms": PageFigure(percentile(of_events, 0.5)),
        "event_to_award_p99_ms": PageFigure(percentile(of_events, 0.99)),
        "gift_to_event_p99": PageFigure(
            percentile(of_gifts, 0.99) / percentile(of_events, 0.99), 3
        ),
    }


def tell(publisher: Publisher, number: int, stands: Stands, began: dict[str, float]) -> None:
    """Tell the engine of kudos directly."""
    kudos_id = uuid.uuid4().hex
    place = (PROGRAM, name_of("loop", number))
    name = award_id(*place, name_of("wen", number), KIND, kudos_id)
    stands.wanted.add(name)
    began[name] = time.time()
    publisher.kudos_given(
        program_id=place[0],
        loop_id=place[1],
        kudos_id=kudos_id,
        giver_id=name_of("giver", number),
        recipient_id=name_of("wen", number),
        kind=KIND,
        time=datetime.now(UTC),
    )


def _await_told(pages: OpenPages, gifts: Mapping[str, float]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while missing := len(gifts.keys() - pages.told.keys()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{missing} open pages were not told")
        time.sleep(_LOOK_SECONDS)


def pause_until(instant: float) -> float:
    """Sleep until then; gives it."""
    time.sleep(max(0.0, instant - time.time()))
    return instant


def measure(pairs: int) -> Figures:
    """One run on parts of its own."""
    with ExitStack() as stack:
        kafka = stack.enter_context(broker(None))
        server = stack.enter_context(embedded_postgres())
        loaded = settings.load().model_copy(
            update={"kafka_bootstrap": kafka.bootstrap, "database_url": SecretStr(server.url)}
        )
        build(loaded, pairs)
        web = stack.enter_context(giving_process(server.url, kafka.bootstrap, UNDO_SECONDS))
        people = connect(as_role(server.url, "badge_people"), "badge-web-bench", pool_size=10)
        stack.callback(people.dispose)
        client = Client(web, pairs)
        figures = posts(client, people, pairs)
        stack.enter_context(running(loaded, 1))
        return figures | awards(client, OpenPages(web.address), loaded, pairs)


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.giving", description=__doc__)
    parser.add_argument("--pairs", type=int, default=100, help="loops of two people")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    figures = measure(given.pairs)
    page_figures.show(f"giving kudos, {given.pairs} givers", figures)
    if given.json is not None:
        page_figures.write(given.json, figures)


if __name__ == "__main__":
    main()
