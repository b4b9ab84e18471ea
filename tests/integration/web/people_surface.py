"""The people surface as it runs: the real app on a real database, under the real roles.

The platform is pretended (`PretendedIssuer`); facts are accepted as a worker does, descriptions
written as the directory does. The clock stands at issuing.NOW until it is moved.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr
from sqlalchemy import make_url

from directory.intake import fold
from directory.intake.fold import RecordAt
from directory.intake.records import parse
from directory.migrations import CHAIN as DIRECTORY
from directory.store import descriptions
from engine.catalog.model import Catalog
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from governance.migrations import CHAIN as GOVERNANCE
from notifier import unsubscribe
from notifier.migrations import CHAIN as NOTIFIER
from tests.integration.handlers.harness import Harness
from tests.support.asgi import AsgiClient, WebAnswer, asgi_client
from tests.support.case_keys import case_key_file
from tests.support.given import MENTORLOOP
from tests.support.issuing import ISSUER, NOW, claims, key, seconds, token
from tests.support.master_key import master_key_file
from tests.support.pretended_issuer import PretendedIssuer
from tests.support.signing_keys import signing_key_file
from web import bootstrap
from web.bootstrap import Pools
from web.database import roles
from web.live.hub import Hub
from web.migrations import CHAIN as WEB
from web.settings import WebSettings
from web.surfaces import people

PUBLIC = "https://badges.example"
COOKIE = "__Host-badges"
PASSWORD = "of the tests"
SIGNER = "EdDSA"

Role = Mapping[str, Any]


def participant(program: str, name: str) -> Role:
    """The role of a participant, as a token has it."""
    return {"role": "participant", "program": program, "id": name}


def coordinator(program: str) -> Role:
    """The role of a coordinator."""
    return {"role": "coordinator", "program": program}


def service(program: str) -> Role:
    """The role of a service of the platform, which may do all that services may."""
    return {"role": "service", "program": program, "may": ["keys", "erase", "export"]}


OPS: Role = {"role": "ops"}


def bearer(*held: Role, subject: str = "somebody", **changes: Any) -> dict[str, str]:
    """The header of somebody with these roles."""
    signed = token(claims(sub=subject, roles=list(held), **changes), SIGNER)
    return {"Authorization": f"Bearer {signed}"}


@dataclass
class PeopleSurface:
    """The app and everything around it."""

    harness: Harness
    settings: WebSettings
    pools: Pools
    client: AsgiClient
    issuer: PretendedIssuer
    now_file: Path
    url_of: Mapping[str, str]
    hub: Hub
    now: datetime = NOW
    landed: str = ""
    """Where the last who signed in was sent."""
    _offset: int = field(default=0)

    def get(self, target: str | bytes, *held: Role, **headers: str) -> WebAnswer:
        """GET as somebody with these roles; without any, as a stranger."""
        return self.client.ask("GET", target, {**(bearer(*held) if held else {}), **headers})

    def govern(self, *values: bytes, partition: int = 0) -> None:
        """Accept facts that only the process of governance tells, as a worker does."""
        batch = self.harness.batch(*values, partition=partition)
        self.harness.take(replace(batch, on="governance"))

    def move(self, **by: float) -> None:
        """Let time pass: hours=1, say."""
        self.now += timedelta(**by)
        self.now_file.write_text(self.now.isoformat())

    def describe(self, *records: tuple[bytes, bytes | None]) -> None:
        """Let the directory read descriptions, as its own role."""
        read = []
        for key_, value in records:
            self._offset += 1
            read.append(RecordAt(self._offset, datetime.now(UTC), parse(key_, value)))
        changes = fold.fold(read)
        assert not changes.refused, changes.refused
        engine = connect(self.url_of["badge_directory"], "test")
        with transaction(engine) as tx:
            descriptions.apply(tx, 0, changes)
        engine.dispose()

    def sign_in(
        self, *held: Role, subject: str = "somebody", target: str = "/", refresh: str | None = None
    ) -> str:
        """Sign in at the issuer as a browser does; gives the session's cookie. `refresh`: the
        refresh token that the issuer gives."""
        cookie, self.landed = signed_in(
            self.client, self.issuer, COOKIE, self.now, *held,
            subject=subject, target=target, refresh=refresh,
        )  # fmt: skip
        return cookie

    def renew(
        self,
        *held: Role,
        subject: str = "somebody",
        refresh: str | None = "r",
        nonce: str | None = None,
    ) -> None:
        """Let the issuer give an ID token with these roles to who asks next."""
        let_issue(self.issuer, self.now, *held, subject=subject, refresh=refresh, nonce=nonce)


def let_issue(
    issuer: PretendedIssuer,
    now: datetime,
    *held: Role,
    subject: str = "somebody",
    refresh: str | None = "r",
    nonce: str | None = None,
) -> None:
    """Let the issuer give an ID token with these roles to who asks next."""
    issued = seconds(now)
    payload = claims(
        sub=subject, roles=list(held), nonce=nonce, iat=issued, nbf=issued, exp=issued + 600
    )
    issuer.tokens = {"id_token": token(payload, SIGNER, typ="JWT")}
    if refresh is not None:
        issuer.tokens["refresh_token"] = refresh


def signed_in(
    client: AsgiClient,
    issuer: PretendedIssuer,
    name: str,
    now: datetime,
    *held: Role,
    subject: str = "somebody",
    target: str = "/",
    refresh: str | None = None,
) -> tuple[str, str]:
    """Sign in as a browser does: the session's cookie, called `name`, and where that leads."""
    begun = client.ask("GET", f"/sign-in?next={target}")
    asked = parse_qs(urlsplit(begun.header("location") or "").query)
    login = (begun.header("set-cookie") or "").split(";")[0]
    let_issue(issuer, now, *held, subject=subject, refresh=refresh, nonce=asked["nonce"][0])
    state = asked["state"][0]
    answer = client.ask("GET", f"/oidc/callback?code=c&state={state}", {"cookie": login})
    assert answer.status == 303, answer.text
    cookies = [value.split(";")[0] for header, value in answer.headers if header == "set-cookie"]
    cookie = next(one.partition("=")[2] for one in cookies if one.startswith(f"{name}="))
    return cookie, answer.header("location") or ""


def described(kind: str, program: str, name: str, /, **data: Any) -> tuple[bytes, bytes]:
    """The key and the value that describe somebody or something on the directory's topic."""
    separator = "\x1f"
    event = {
        "specversion": "1.0",
        "id": uuid.uuid4().hex,
        "source": "/platform",
        "type": f"mentoring.{kind}.described.v1",
        "time": "2026-03-01T10:00:00Z",
        "data": {"program_id": program, **data},
    }
    return separator.join((kind, program, name)).encode(), json.dumps(event).encode()


def described_program(program: str, /, **data: Any) -> tuple[bytes, bytes]:
    """A program; its name is its id unless another is given."""
    return described("program", program, program, **{"name": program, **data})


def described_person(program: str, name: str, /, **data: Any) -> tuple[bytes, bytes]:
    """A participant; their name is their id unless another is given."""
    fields = {"participant_id": name, "display_name": name, **data}
    return described("participant", program, name, **fields)


def described_loop(program: str, name: str, /, *members: str, **data: Any) -> tuple[bytes, bytes]:
    """An open loop of these people."""
    people = [{"participant_id": member, "role": "mentee"} for member in members]
    fields = {"loop_id": name, "kind": "group", "state": "open", "members": people, **data}
    return described("loop", program, name, **fields)


@contextmanager
def surface(
    url: str, folder: Path, catalog: Catalog = MENTORLOOP, **settings: Any
) -> Iterator[PeopleSurface]:
    """A surface on a database that has nothing in it yet but, perhaps, schemas. `catalog`: under
    which programs start."""
    harness = Harness(url, catalog)
    for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
        schema.migrate(harness.engine, chain=chain)
    url_of = make_roles(harness)
    now_file = folder / "now"
    now_file.write_text(NOW.isoformat())
    (folder / "token-key").write_text(unsubscribe.new_key())
    loaded = WebSettings(
        public_url=PUBLIC,
        issuer=ISSUER,
        reader_database_url=SecretStr(url_of["badge_reader"]),
        people_database_url=SecretStr(url_of["badge_people"]),
        notes_database_url=SecretStr(url_of["badge_notes"]),
        notes_private_key_file=master_key_file(),
        signing_key_file=signing_key_file(),
        **{
            "BADGE_GOVERNANCE_DATABASE_URL": SecretStr(url_of["badge_governance"]),
            "BADGE_GOVERNANCE_KEY_FILE": case_key_file(),
            "requests_per_minute": 100_000,
            "exports_per_hour": 100_000,
            "now_file": now_file,
            "token_key_file": folder / "token-key",
            **settings,
        },
    )
    issuer = PretendedIssuer(key(SIGNER))
    with ExitStack() as stack:
        pools = stack.enter_context(bootstrap.pools(loaded))
        readiness = bootstrap.readiness(pools, loaded)
        hub = Hub(reading=True)
        application = people.application(loaded, pools, readiness, issuer, hub=hub)
        client = stack.enter_context(asgi_client(application))
        yield PeopleSurface(harness, loaded, pools, client, issuer, now_file, url_of, hub)
    harness.close()


def make_roles(harness: Harness) -> dict[str, str]:
    """Make the roles as `badge-web roles` does, with a password each; gives their URLs."""
    with harness.transaction() as tx:
        roles.make(tx)
        for name in roles.NAMES:
            tx.execute(f"ALTER ROLE {name} PASSWORD '{PASSWORD}'")
    address = make_url(harness.url)
    return {
        name: address.set(username=name, password=PASSWORD).render_as_string(hide_password=False)
        for name in roles.NAMES
    }
