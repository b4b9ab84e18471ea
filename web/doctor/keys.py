"""Whether the keys of a people process can be read and fit those of other processes."""

from collections.abc import Callable, Iterator

import psycopg
from sqlalchemy import Engine

import notifier.settings
from engine.cli.console.checks import Check, tried
from engine.probes import READY
from engine.settings import SettingsError
from engine.store.postgres.connection import transaction
from governance.store import cases, draws
from web.notes import key_state
from web.settings import WebSettings

_MADE = "`badge-web keys DIR` makes it"


def checks(settings: WebSettings) -> Iterator[Check]:
    """The files by themselves, and against the settings of worker and notifier if they are here."""
    yield _tried("key of notes", lambda: _of_notes(settings))
    yield _tried("signing key", lambda: _of_credentials(settings))
    yield _tried("key of links", lambda: _of_links(settings))
    if settings.has_committee:
        yield _tried("key of cases", lambda: f"{settings.case_keys.current}")


def of_database(settings: WebSettings, pool: Engine) -> Iterator[Check]:
    """Whether the key of notes opens what the database has."""
    if settings.notes_private_key_file is None:
        return  # reported above
    try:
        state = key_state.of_keys(pool, settings.master_keys)
    except (SettingsError, psycopg.Error):
        return  # so is a right that is missing
    if state == READY:
        yield Check(True, "notes", "the key opens what the database has")
    elif state == "unfit":
        yield Check(
            False,
            "notes",
            "the latest are sealed to a key that is not in BADGE_WEB_NOTES_PRIVATE_KEY_FILE;\n"
            "put the file that belongs to this database there, or add its keys to the list",
        )


def of_cases(settings: WebSettings, pool: Engine) -> Iterator[Check]:
    """Whether the keys of cases open what the database has."""
    try:
        keys = settings.case_keys
        with transaction(pool) as tx:
            used = sorted({*cases.kids(tx), *draws.kids(tx)})
        strange = [kid for kid in used if kid not in keys.by_id]
    except (SettingsError, psycopg.Error):
        return  # reported above
    if strange:
        yield Check(
            False,
            "cases",
            f"some are wrapped to {', '.join(strange)}, not in BADGE_GOVERNANCE_KEY_FILE;\n"
            "put the file that belongs to this database there, or add its keys to the list",
        )
    else:
        yield Check(True, "cases", "the keys open what the database has")


def _tried(what: str, check: Callable[[], str]) -> Check:
    return tried(what, check, (SettingsError,))


def _of_notes(settings: WebSettings) -> str:
    if settings.notes_private_key_file is None:
        raise SettingsError(f"BADGE_WEB_NOTES_PRIVATE_KEY_FILE is not set; {_MADE}")
    ours = settings.master_keys.public.kid
    if not settings.engine.notes_public_key:
        return f"{ours}; the worker's is not in this environment, so it is not compared"
    if settings.engine.notes_key.kid != ours:
        raise SettingsError(
            "BADGE_ENGINE_NOTES_PUBLIC_KEY is not the public part of the first key of "
            "BADGE_WEB_NOTES_PRIVATE_KEY_FILE:\nwhat workers seal cannot be opened here. Give "
            "workers the public part that belongs to this file"
        )
    return f"{ours}, as the worker's"


def _of_credentials(settings: WebSettings) -> str:
    if settings.signing_key_file is None:
        raise SettingsError(f"BADGE_WEB_SIGNING_KEY_FILE is not set; {_MADE}")
    _ = settings.signing_keys
    return "signs"


def _of_links(settings: WebSettings) -> str:
    if settings.token_key_file is None:
        raise SettingsError(
            f"BADGE_WEB_TOKEN_KEY_FILE is not set, so links that end e-mails are not found; {_MADE}"
        )
    key = settings.token_key
    mail = notifier.settings.load()
    if mail.token_key_file is not None and mail.token_key != key:
        raise SettingsError(
            "BADGE_NOTIFIER_TOKEN_KEY_FILE is another key than BADGE_WEB_TOKEN_KEY_FILE: links in "
            "e-mails\nend nothing. Give both processes the same file"
        )
    return "there" if mail.token_key_file is None else "the notifier's"
