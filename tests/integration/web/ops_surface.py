"""The ops surface as it runs: the real app on a real database, with real commands as its jobs."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from directory.migrations import CHAIN as DIRECTORY
from engine.store.postgres import schema
from engine.store.postgres.connection import Transaction, transaction
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from tests.integration.cli.ingest import migrate
from tests.integration.web.people_surface import OPS, PUBLIC, SIGNER, Role, bearer, signed_in
from tests.support.asgi import AsgiClient, WebAnswer, asgi_client
from tests.support.issuing import ISSUER, NOW, key
from tests.support.pretended_issuer import PretendedIssuer
from web import bootstrap
from web.migrations import CHAIN as WEB
from web.ops.console import Console, console
from web.settings import WebSettings
from web.surfaces import ops

COOKIE = "__Host-badges-ops"


@dataclass
class OpsSurface:
    """The app and everything around it."""

    console: Console
    client: AsgiClient
    issuer: PretendedIssuer

    def get(self, target: str, *held: Role, **headers: str) -> WebAnswer:
        """GET as an operator, or as somebody with these roles."""
        return self.client.ask("GET", target, {**bearer(*(held or (OPS,))), **headers})

    def post(self, target: str, body: object, *held: Role) -> WebAnswer:
        """POST JSON as an operator called ada, or as somebody with these roles."""
        headers = {**bearer(*(held or (OPS,)), subject="ada"), "content-type": "application/json"}
        return self.client.ask("POST", target, headers, json.dumps(body).encode())

    def form(self, target: str, **fields: str) -> WebAnswer:
        """POST a form as an operator's browser does."""
        headers = {
            **bearer(OPS, subject="ada"),
            "content-type": "application/x-www-form-urlencoded",
        }
        return self.client.ask("POST", target, headers, urlencode(fields).encode())

    def sign_in(self, *held: Role) -> str:
        """The cookie of a session."""
        return signed_in(self.client, self.issuer, COOKIE, NOW, *(held or (OPS,)))[0]

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction of one's own."""
        with transaction(self.console.pool) as tx:
            yield tx

    def audited(self, action: str) -> list[tuple[str, str, str]]:
        """By whom, why and details of the entries of an action."""
        with self.transaction() as tx:
            return tx.rows(
                "SELECT by, reason, details FROM audit_log WHERE action = %s ORDER BY id", action
            )


@contextmanager
def ops_surface(url: str, folder: Path, **settings: Any) -> Iterator[OpsSurface]:
    """A surface on a database that has nothing in it yet but, perhaps, schemas."""
    now_file = folder / "now"
    now_file.write_text(NOW.isoformat())
    loaded = WebSettings(
        surface="ops",
        public_url=PUBLIC,
        issuer=ISSUER,
        database_url=SecretStr(url),
        **{"requests_per_minute": 100_000, "now_file": now_file, **settings},
    )
    issuer = PretendedIssuer(key(SIGNER))
    with ExitStack() as stack:
        pool = stack.enter_context(bootstrap.ops_pool(loaded))
        migrate(pool)
        for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
            schema.migrate(pool, chain=chain)
        desk = stack.enter_context(console(loaded, pool))
        readiness = bootstrap.ops_readiness(pool, loaded)
        client = stack.enter_context(asgi_client(ops.application(desk, readiness, issuer)))
        yield OpsSurface(desk, client, issuer)
