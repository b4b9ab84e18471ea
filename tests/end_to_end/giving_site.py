"""The pages beside a deployment: schemas, roles, two people in a loop, and web processes."""

import json
import os
import signal
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import make_url

from directory.intake import fold
from directory.intake.fold import RecordAt
from directory.intake.records import parse
from directory.migrations import CHAIN as DIRECTORY
from directory.store import descriptions
from engine.local.ports import free_ports
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.stream.published import published
from tests.integration.web.people_surface import (
    PASSWORD,
    described_loop,
    described_person,
    described_program,
)
from tests.support.forked import ForkedProcess
from tests.support.master_key import master_key_file
from tests.support.notes import SETTING
from tests.support.signing_keys import signing_key_file
from web.database import roles
from web.migrations import CHAIN as WEB

PROGRAM, LOOP, GIVER, RECIPIENT = "acme", "loop-of-gwen", "gwen", "wen"
UNDO_SECONDS = 5


class GivingSite:
    """Web processes of one deployment, one after the other at one address."""

    def __init__(self, deployment: Deployment) -> None:
        with_key = {**deployment.settings, "NOTES_PUBLIC_KEY": SETTING}
        self.deployment = replace(deployment, settings=with_key)
        (port,) = free_ports(1)
        self.address = f"127.0.0.1:{port}"
        deployment.run("migrate")
        self._describe()

    def _describe(self) -> None:
        records = [
            described_program(PROGRAM),
            *(described_person(PROGRAM, name) for name in (GIVER, RECIPIENT)),
            described_loop(PROGRAM, LOOP, GIVER, RECIPIENT),
        ]
        now = datetime.now(UTC)
        changes = fold.fold([RecordAt(n, now, parse(*record)) for n, record in enumerate(records)])
        owner = connect(self.deployment.database, "test")
        for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
            schema.migrate(owner, chain=chain)
        with transaction(owner) as tx:
            roles.make(tx)
            for name in roles.NAMES:
                tx.execute(f"ALTER ROLE {name} PASSWORD '{PASSWORD}'")
            descriptions.apply(tx, 0, changes)
        owner.dispose()

    def _environment(self) -> Mapping[str, str]:
        url = make_url(self.deployment.database)

        def as_role(name: str) -> str:
            own = url.set(username=name, password=PASSWORD)
            return own.render_as_string(hide_password=False)

        return self.deployment.environment() | {
            "BADGE_WEB_BIND": self.address,
            "BADGE_WEB_PUBLIC_URL": f"http://{self.address}",
            "BADGE_WEB_DEV_ISSUER": "1",
            "BADGE_WEB_READER_DATABASE_URL": as_role("badge_reader"),
            "BADGE_WEB_PEOPLE_DATABASE_URL": as_role("badge_people"),
            "BADGE_WEB_NOTES_DATABASE_URL": as_role("badge_notes"),
            "BADGE_WEB_NOTES_PRIVATE_KEY_FILE": str(master_key_file()),
            "BADGE_WEB_SIGNING_KEY_FILE": str(signing_key_file()),
            "BADGE_WEB_UNDO_SECONDS": str(UNDO_SECONDS),
            "BADGE_WEB_REQUESTS_PER_MINUTE": "100000",
            "BADGE_WEB_LOG_FORMAT": "json",
        }

    @contextmanager
    def serving(self, module: str = "web.cli", **surroundings: str) -> Iterator[ForkedProcess]:
        """A web process that is ready, killed in the end if it still runs."""
        log = self.deployment.folder / f"web-{uuid.uuid4().hex[:6]}.log"
        log.touch()
        environment = {**self._environment(), **surroundings}
        process = ForkedProcess(module, ["run"], environment, log)
        try:
            wait_until(lambda: self.ready()[0] == 200)
            self.__dict__.pop("_token", None)  # the dev issuer's key is the process's
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)

    def ready(self) -> tuple[int, dict[str, str]]:
        """What /readyz says; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/readyz", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, {}

    def ask(
        self, method: str, path: str, body: Any = None, who: str = GIVER, **headers: str
    ) -> tuple[int, Any]:
        """A request of the giver, or of another: its status and JSON."""
        token = self._token if who == GIVER else self._token_of(who)
        request = urllib.request.Request(
            f"http://{self.address}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | headers,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    @cached_property
    def _token(self) -> str:
        return self._token_of(GIVER)

    def _token_of(self, who: str) -> str:
        persona = f"http://{self.address}/dev/issuer/token?persona={who}@{PROGRAM}"
        with urllib.request.urlopen(persona, timeout=30) as answer:
            return str(json.load(answer)["access_token"])

    def public(self, url: str) -> tuple[int, str]:
        """What a stranger is answered."""
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def give(self, key: str, note: str | None = None) -> dict[str, Any]:
        """Give trust; gives the answer, which must be 202."""
        asked = {"loop_id": LOOP, "recipient_id": RECIPIENT, "kind": "trust", "note": note}
        path = f"/v1/programs/{PROGRAM}/kudos"
        status, held = self.ask("POST", path, asked, **{"Idempotency-Key": key})
        assert status == 202, held
        return dict(held)

    def state(self, held: Mapping[str, Any]) -> str:
        """What became of kudos."""
        status, shown = self.ask("GET", held["status_url"])
        assert status == 200, shown
        return str(shown["state"])

    def facts(self) -> list[Any]:
        """What the activity topic has, by place."""
        records = published(self.deployment.bootstrap, self.deployment.activity)
        return [json.loads(record.value) for record in records]
