"""Passwords of the roles: each is the one in the address that a process connects by.

So a deployment states a password once, and `migrate --passwords` gives it to the role; a password
is changed by changing the address, migrating, and starting the process again.
"""

from collections.abc import Mapping

from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

import directory.settings
import governance.settings
import notifier.settings
import web.settings
from engine.settings import SettingsError


def of_settings() -> Mapping[str, str]:
    """The password of each role, by the role's name.

    Raises:
        SettingsError: names every address that is missing, or lacks its role or a password.
    """
    pages = web.settings.load()
    given = (
        ("badge_reader", "BADGE_WEB_READER_DATABASE_URL", pages.reader_database_url),
        ("badge_people", "BADGE_WEB_PEOPLE_DATABASE_URL", pages.people_database_url),
        ("badge_notes", "BADGE_WEB_NOTES_DATABASE_URL", pages.notes_database_url),
        (
            "badge_directory",
            "BADGE_DIRECTORY_DATABASE_URL",
            directory.settings.load().database_url,
        ),
        (
            "badge_notify",
            "BADGE_NOTIFIER_DATABASE_URL",
            notifier.settings.load().database_url,
        ),
        (
            "badge_governance",
            "BADGE_GOVERNANCE_DATABASE_URL",
            governance.settings.load().database_url,
        ),
    )
    known = {role: _password(role, url) for role, _, url in given}
    faults = [
        f"{setting}: --passwords needs it as postgresql://{role}:password@host/name"
        for role, setting, _ in given
        if not known[role]
    ]
    if faults:
        raise SettingsError("\n".join(faults))
    return {role: password for role, password in known.items() if password}


def _password(role: str, url: SecretStr | None) -> str | None:
    if url is None:
        return None
    try:
        address = make_url(url.get_secret_value())
    except ArgumentError:
        return None
    return address.password if address.username == role else None
