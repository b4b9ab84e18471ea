"""`badge-web demo`: example histories on pages, signed in as anybody, until Ctrl-C.

Everything it starts, it stops. The dates of a history are moved by whole days, so that it ended
yesterday; ids stay the same, and so do awards for which no calendar is asked.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from sqlalchemy.engine import make_url

import directory.settings
import governance.bootstrap
import governance.settings
from directory.publish import publish_file
from engine import bootstrap, settings
from engine.catalog.model import Catalog
from engine.cli.commands import publish
from engine.cli.commands.demo import running, say, wait
from engine.cli.console.exit_codes import Failed, Unusable
from engine.local import broker, database
from engine.local.parts import GIVEN, Database
from engine.local.ports import port_or_another
from engine.store.postgres.connection import connect, transaction
from events import history_file
from events.instants import Instant, from_datetime, parse_instant, to_datetime
from notifier.rules.preferences import NOTHING_CHOSEN
from notifier.store import preferences
from web import new_keys
from web.database import migrating
from web.demo import committee, moving
from web.demo.mail_catcher import MailCatcher
from web.demo.past import PROGRAM
from web.demo.visit import OPS, Visit
from web.notes import master_keys

_PORT, _OPS_PORT = 8080, 8081
_MAILS = Path("out/mails")
_READY_SECONDS = 120.0
_STOP_SECONDS = 20.0
_TIME = re.compile(rb'("time": ?")([^"]*)(")')
_DATED = re.compile(rb'("(?:time|as_of|due_on)": ?")([^"]*)(")')
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PERSONAS = (
    "wen.zhao@northfield-alumni",
    "helena.brandt@kestrel-engineering",
    "mina.sato@kestrel-engineering",
    "bea.thornton@riverside-makers",
    "imani@aurora",
    "mateo@aurora",
    "priya@aurora",
    "amara@aurora",
    "noor@aurora",
    "ada@aurora",
    "ruth@aurora",
    "sam@aurora",
    "bea@aurora",
    "oren@aurora",
    "vera@aurora",
    "new.comer@northfield-alumni",
    "coordinator@northfield-alumni",
    "coordinator@kestrel-engineering",
    "coordinator@riverside-makers",
    "coordinator@aurora",
)


def show(
    events: Sequence[Path],
    people: Sequence[Path],
    under: Mapping[str, Catalog],
    *,
    dates_stay: bool,
    check: bool,
) -> None:
    """Start everything, show it, and stop it. `under`: the catalogs, by program, to which programs
    are moved before anybody looks.

    Raises:
        Unusable: a file is not there. Failed: something did not start, or with `check` a page
        failed.
    """
    for file in (*events, *people):
        if not file.is_file():
            raise Unusable(f"{file}: no such file")
    _end_when_asked()
    given = settings.load()
    url = given.database_url.get_secret_value() if given.database_url else None
    with ExitStack() as stack:
        stack.callback(say, "Stopped.")
        if not given.kafka_bootstrap:
            say("Starting a broker (the first time, Apache Kafka is downloaded: 43 MB)")
        kafka = stack.enter_context(broker(given.kafka_bootstrap))
        postgres = stack.enter_context(database(url))
        say(f"Kafka: {kafka.kind} at {kafka.bootstrap}; PostgreSQL: {postgres.kind}")
        os.environ |= {"KAFKA_BOOTSTRAP": kafka.bootstrap, "DATABASE_URL": postgres.url}
        folder = stack.enter_context(TemporaryDirectory(prefix="badge-keys-"))
        os.environ |= _keys(Path(folder)) | _governance(postgres)
        for line in migrating.migrate():
            say(line)
        loaded = settings.load()
        # A database that stays would get the same facts with other dates tomorrow.
        stays = dates_stay or postgres.kind == GIVEN
        for file in people:
            count = publish_file(directory.settings.load(), file)
            say(f"published {count} descriptions of {file}")
        _mail_at_any_hour(postgres, people)
        for file in events:
            lines = history_file.lines(file)
            sent, _ = publish.send(loaded, lines if stays else moved(lines, datetime.now(UTC)))
            say(f"published {sent} records of {file}")
        worker = stack.enter_context(running(loaded))
        stack.enter_context(process("directory.cli", _directory(postgres)))
        address = _web(postgres)
        catcher = stack.enter_context(MailCatcher(_MAILS).running())
        mailing = _notifier(postgres, address["BADGE_WEB_PUBLIC_URL"], catcher.smtp_url)
        stack.enter_context(process("notifier.cli", mailing, "--from-beginning"))
        web = stack.enter_context(process("web.cli", address))
        console = _console(postgres)
        ops = stack.enter_context(process("web.cli", console, "--surface", "ops"))
        say("Waiting for the badges and the pages")
        with bootstrap.database(loaded) as engine:
            wait(loaded, engine, worker)
            for program, catalog in under.items():
                done = moving.move(engine, postgres.url, program, catalog)
                gained = done.gained if done is not None else 0
                say(f"program {program} is under catalog {catalog.name}: {gained} awards gained")
            wait(loaded, engine, worker)
        if PROGRAM in under:
            _govern(stack, Path(folder) / "clock")
            say(f"a committee decides in program {PROGRAM}")
        public = address["BADGE_WEB_PUBLIC_URL"]
        _await(public, web)
        _await(console["BADGE_WEB_PUBLIC_URL"], ops)
        programs = {str(data["program_id"]) for data in _described(people)}
        shown = [name for name in _PERSONAS if name.partition("@")[2] in programs]
        visits = [Visit(public, persona) for persona in shown]
        visits.append(Visit(console["BADGE_WEB_PUBLIC_URL"], OPS))
        if check:
            failed = [fault for visit in visits for fault in visit.faults()]
            if failed:
                raise Failed("\n".join(failed))
            say(f"every page of {len(visits)} people answered")
            _await_mail(catcher)
            return
        say(
            f"Open a link to be that person, or {public} to choose among all; Ops is who runs it. "
            "Ctrl-C ends it all."
        )
        for visit in visits:
            print(f"{visit.name}\t{visit.link}", flush=True)
        say(f"The e-mails of the last week are at {catcher.url}")
        try:
            web.wait()
        except KeyboardInterrupt:
            say("Stopping")
            return
        raise Failed(f"the web process ended with exit code {web.returncode}")


def _end_when_asked() -> None:
    """End by Ctrl-C and by `kill` alike, also where a shell that started this in the background
    has signals ignored."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def moved(lines: Iterable[tuple[int, bytes]], now: datetime) -> Iterator[tuple[int, bytes]]:
    """Lines with their times, and the dates in their data, moved by the whole days that make the
    latest event one of yesterday."""
    known = list(lines)
    today = from_datetime(now)
    past = [time for _, line in known if (time := _time_of(line)) is not None and time < today]
    days = (now.date() - to_datetime(max(past)).date()).days - 1 if past else 0

    def later(match: re.Match[bytes]) -> bytes:
        text = match[2].decode()
        try:
            moment = datetime.fromisoformat(text) + timedelta(days=days)
        except (ValueError, OverflowError):
            return match[0]
        moved = moment.date() if _A_DAY.fullmatch(text) else moment
        return match[1] + moved.isoformat().replace("+00:00", "Z").encode() + match[3]

    for number, line in known:
        yield number, _DATED.sub(later, line)


def _time_of(line: bytes) -> Instant | None:
    match = _TIME.search(line)
    try:
        return parse_instant(match[2].decode()) if match is not None else None
    except ValueError:
        return None


@contextmanager
def process(
    module: str, environment: dict[str, str], *options: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """`python -m MODULE run` for the length of the block."""
    quiet = {"BADGE_ENGINE_LOG_LEVEL": "warning", "BADGE_WEB_LOG_LEVEL": "warning"}
    started = subprocess.Popen(
        [sys.executable, "-m", module, "run", *options],
        env=quiet | os.environ | environment,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _as_role(postgres: Database, role: str) -> str:
    """The database as one of its roles; as given where it was given: its roles have passwords."""
    if postgres.kind == GIVEN:
        return postgres.url
    return make_url(postgres.url).set(username=role).render_as_string(hide_password=False)


def _notifier(postgres: Database, public: str, smtp_url: str) -> dict[str, str]:
    return {
        "BADGE_NOTIFIER_DATABASE_URL": _as_role(postgres, "badge_notify"),
        "BADGE_NOTIFIER_SMTP_URL": smtp_url,
        "BADGE_NOTIFIER_FROM": "badges@mentoring.example",
        "BADGE_NOTIFIER_PUBLIC_URL": public,
        "BADGE_NOTIFIER_GRACE_SECONDS": "0",
    }


def _described(people: Iterable[Path]) -> Iterator[dict[str, object]]:
    """The data of every description."""
    for file in people:
        for _, line in history_file.lines(file):
            yield json.loads(line)["data"]


def _mail_at_any_hour(postgres: Database, people: Iterable[Path]) -> None:
    """Let nobody of the example have quiet hours: somebody may look at mails in the evening."""
    chosen = replace(NOTHING_CHOSEN, quiet_hours=None)
    owner = connect(postgres.url, "badge-web-demo")
    with transaction(owner) as tx:
        for data in _described(people):
            if "display_name" in data:
                program, person = str(data["program_id"]), str(data["participant_id"])
                preferences.write(tx, program, person, chosen, 0)
    owner.dispose()


def _await_mail(catcher: MailCatcher) -> None:
    """Until an e-mail came. Raises Failed."""
    deadline = time.monotonic() + _READY_SECONDS
    while not catcher.count:
        if time.monotonic() > deadline:
            raise Failed(f"no e-mail came within {_READY_SECONDS:g} s")
        time.sleep(0.1)
    say("e-mails come too")


def _governance(postgres: Database) -> dict[str, str]:
    return {
        "BADGE_GOVERNANCE_DATABASE_URL": _as_role(postgres, "badge_governance"),
        "BADGE_GOVERNANCE_READER_DATABASE_URL": _as_role(postgres, "badge_reader"),
    }


def _govern(stack: ExitStack, clock: Path) -> None:
    """Make people and cases of a committee, and let it go on by itself. `clock`: a file for its
    clock meanwhile. Raises Failed."""
    now = datetime.now(UTC)
    clock.write_text(now.isoformat())
    known = governance.settings.load()
    with governance.bootstrap.committee(
        known.model_copy(update={"now_file": clock}), "badge-web-demo"
    ) as made:
        committee.make(made, lambda at: clock.write_text(at.isoformat()), now)
        stack.enter_context(process("governance.cli", {}))
        deadline = time.monotonic() + _READY_SECONDS
        while not committee.is_ready(made):
            if time.monotonic() > deadline:
                raise Failed(f"the committee was not ready after {_READY_SECONDS:g} s")
            time.sleep(0.2)


def _directory(postgres: Database) -> dict[str, str]:
    return {"BADGE_DIRECTORY_DATABASE_URL": _as_role(postgres, "badge_directory")}


def _keys(folder: Path) -> dict[str, str]:
    """New keys as settings of all processes, with the master key that is given, if one is."""
    lines = (line.partition("=") for line in new_keys.make(folder))
    settings = {name: value for name, _, value in lines}
    given = os.environ.get(new_keys.NOTES_FILE)
    if given:
        public = master_keys.read(Path(given)).public
        settings |= {new_keys.NOTES_FILE: given, new_keys.NOTES_PUBLIC: json.dumps(public)}
    return settings


def _console(postgres: Database) -> dict[str, str]:
    port = port_or_another(_OPS_PORT)
    if port != _OPS_PORT:
        say(f"port {_OPS_PORT} is taken, the console is at {port}")
    return {
        "BADGE_WEB_BIND": f"127.0.0.1:{port}",
        "BADGE_WEB_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BADGE_WEB_DEV_ISSUER": "1",
        "BADGE_WEB_DATABASE_URL": postgres.url,
        "BADGE_WEB_METRICS_PORT": "0",
    }


def _web(postgres: Database) -> dict[str, str]:
    port = port_or_another(_PORT)
    bind = os.environ.get("BADGE_WEB_BIND") or f"127.0.0.1:{port}"
    if port != _PORT and bind.endswith(f":{port}"):
        say(f"port {_PORT} is taken, the pages are at {port}")
    return {
        "BADGE_WEB_BIND": bind,
        "BADGE_WEB_PUBLIC_URL": f"http://{bind}",
        "BADGE_WEB_DEV_ISSUER": "1",
        "BADGE_WEB_READER_DATABASE_URL": _as_role(postgres, "badge_reader"),
        "BADGE_WEB_PEOPLE_DATABASE_URL": _as_role(postgres, "badge_people"),
        "BADGE_WEB_NOTES_DATABASE_URL": _as_role(postgres, "badge_notes"),
    }


def _await(public: str, web: "subprocess.Popen[bytes]") -> None:
    """Until the web process can answer. Raises Failed."""
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise Failed(f"the web process ended with exit code {web.returncode}")
        try:
            with urllib.request.urlopen(f"{public}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.1)
    raise Failed(f"{public} was not ready after {_READY_SECONDS:g} s")
