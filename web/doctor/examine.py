"""The checks of a web process, one by one as they are made, each in the words of what to do.

They are independent: one that cannot be made says why, and the others go on. Nothing is changed.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

import notifier.settings
from directory.migrations import CHAIN as DIRECTORY
from engine.cli.console.checks import Check, tried
from engine.settings import SettingsError
from engine.store.postgres import schema
from engine.store.postgres.connection import DatabaseUnreachable, connect, transaction
from engine.store.postgres.schema import ENGINE, SchemaMissing
from governance.migrations import CHAIN as GOVERNANCE
from notifier.channels.email import server as mail_server
from notifier.channels.email.smtp import SmtpAway, SmtpSession
from web.doctor import broker, keys, rights, sharing
from web.identity.tokens.cached import Clock
from web.identity.tokens.fetching import Fetch, HttpFetch, IssuerAway
from web.identity.tokens.jwks import PlatformIssuer
from web.migrations import CHAIN as WEB
from web.settings import WebSettings

CLOCK_SECONDS = 5.0
"""By how much our clock may differ from the database's: tokens are good for minutes."""
_SMTP_SECONDS = 10.0

_AWAY = (psycopg.Error, DBAPIError, DatabaseUnreachable)
_WRONG = (*_AWAY, IssuerAway, SchemaMissing, SettingsError, SmtpAway)


def examine(settings: WebSettings, fetch: Fetch | None = None) -> Iterator[Check]:
    """All checks of a surface. `fetch`: how the issuer is asked."""
    try:
        settings.check()
    except SettingsError as error:
        yield Check(False, "settings", str(error))
    else:
        yield Check(True, "settings", f"valid, surface {settings.surface}")
    if settings.surface == "people":
        yield from keys.checks(settings)
        yield from _databases(settings)
    else:
        yield from _console(settings)
    if not settings.dev_issuer:
        yield _tried("issuer", lambda: _issuer(settings, fetch or HttpFetch(), settings.now))
    yield from broker.checks(settings)
    if settings.surface == "people":
        yield from _mail()


def _tried(what: str, check: Callable[[], str]) -> Check:
    return tried(what, check, _WRONG)


def _databases(settings: WebSettings) -> Iterator[Check]:
    """The database as each of the roles."""
    of_role = {
        "badge_reader": settings.reader_database_url,
        "badge_people": settings.people_database_url,
        "badge_notes": settings.notes_database_url,
    }
    chains = {"badge_reader": [ENGINE], "badge_people": [DIRECTORY, WEB], "badge_notes": []}
    if settings.has_committee:
        of_role["badge_governance"] = settings.governance_database_url
        chains["badge_governance"] = [GOVERNANCE]
    for role, url in of_role.items():
        try:
            pool = _connected(url)
        except (SettingsError, *_AWAY) as error:
            yield Check(False, role, str(error).splitlines()[0])
            continue
        try:
            yield _rights(pool, role)
            for chain in chains[role]:
                yield _tried("schema", lambda pool=pool, chain=chain: _schema(pool, chain))  # type: ignore[misc]
            if role == "badge_people":
                yield _tried("clock", lambda pool=pool: _clock(pool))  # type: ignore[misc]
                yield from sharing.checks(pool)
            if role == "badge_notes":
                yield from keys.of_database(settings, pool)
            if role == "badge_governance":
                yield from keys.of_cases(settings, pool)
        finally:
            pool.dispose()


def _console(settings: WebSettings) -> Iterator[Check]:
    """The database as the engine's role, which may do what a worker may."""
    try:
        pool = _connected(settings.database_url)
    except (SettingsError, *_AWAY) as error:
        yield Check(False, "database", str(error).splitlines()[0])
        return
    try:
        for chain in (ENGINE, WEB):
            yield _tried("schema", lambda chain=chain: _schema(pool, chain))  # type: ignore[misc]
        yield _tried("clock", lambda: _clock(pool))
    finally:
        pool.dispose()


def _connected(url: SecretStr | None) -> Engine:
    if url is None:
        raise SettingsError("no address is set")
    pool = connect(url.get_secret_value(), "badge-web-doctor")
    try:
        with transaction(pool) as tx:
            tx.execute("SELECT")
    except BaseException:
        pool.dispose()
        raise
    return pool


def _rights(pool: Engine, role: str) -> Check:
    wrong = list(rights.faults(pool, role))
    if not wrong:
        return Check(True, role, "may do what it is for, and no more")
    advice = "run `badge-web roles` as the owner of the schemas"
    return Check(False, role, "\n".join([*wrong, advice]))


def _schema(pool: Engine, chain: schema.Chain) -> str:
    schema.check(pool, chain)
    return f"{chain.tables}: version {schema.version(pool, chain)}"


def _clock(pool: Engine) -> str:
    with transaction(pool) as tx:
        row = tx.one("SELECT clock_timestamp()")
    assert row is not None
    apart = abs((datetime.now(UTC) - row[0]).total_seconds())
    if apart > CLOCK_SECONDS:
        raise SettingsError(
            f"{apart:.0f} s apart from the database's: tokens and sessions end too early or too "
            "late; set both by NTP"
        )
    return f"{apart:.1f} s apart from the database's"


def _issuer(settings: WebSettings, fetch: Fetch, clock: Clock) -> str:
    address = settings.identity.issuer_address
    issuer = PlatformIssuer(address, fetch, clock)
    try:
        number = len(issuer.keys().by_id)
    except IssuerAway as error:
        raise IssuerAway(
            f"{address}: {error}; nobody can sign in. Can this machine reach it, and is it the "
            "`issuer` of its own discovery document?"
        ) from None
    if not number:
        raise IssuerAway(f"{address}: has no key that tokens may be signed with")
    return f"{address}: {number} keys"


def _mail() -> Iterator[Check]:
    """The notifier's mail server, where its settings are here too."""
    try:
        loaded = notifier.settings.load()
        if not loaded.sends_email:
            return
        loaded.check()
        assert loaded.smtp_url is not None
        file = loaded.smtp_password_file
        server = mail_server.parse(
            loaded.smtp_url.get_secret_value(), file.read_text().strip() if file else None
        )
    except (SettingsError, OSError) as error:
        yield Check(False, "mail server", str(error))
        return
    with SmtpSession(server, "localhost", _SMTP_SECONDS) as session:

        def reached() -> str:
            session.connect()
            return f"{server.host}:{server.port} lets us in"

        yield _tried("mail server", reached)
