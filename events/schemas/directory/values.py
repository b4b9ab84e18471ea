"""The kinds of value that only descriptions have."""

from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from events.schemas.values import CONTROL_CHARACTERS

Title = Annotated[str, Field(min_length=1, max_length=120, pattern=rf"^[^{CONTROL_CHARACTERS}]*$")]
"""A name for people to read: 1 to 120 code points, no control characters."""

_LOCALE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
Locale = Annotated[str, Field(max_length=35, pattern=_LOCALE)]
"""A language tag by BCP 47, such as "en" or "pt-BR"; its form only is checked."""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _refuse_unknown_zone(name: str) -> str:
    # A machine without time zone data knows the form only.
    if _zones() and name not in _zones():
        raise PydanticCustomError("zone", "must be the name of a time zone")
    return name


_ZONE = r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"
Zone = Annotated[str, Field(max_length=64, pattern=_ZONE), AfterValidator(_refuse_unknown_zone)]
"""The IANA name of a time zone, such as "Europe/Berlin"."""

# No user, and nothing that could end an attribute of a page or a line of a header.
_PLAIN = rf"[^\s\"'<>\\{CONTROL_CHARACTERS}]"
_ADDRESS = rf"^https://[^\s\"'<>\\/?#@{CONTROL_CHARACTERS}]+([/?#]{_PLAIN}*)?$"
WebAddress = Annotated[str, Field(max_length=2000, pattern=_ADDRESS)]
"""An https address."""

_MAILBOX = rf"[^\s@<>,;:\"{CONTROL_CHARACTERS}]+"
_EMAIL = rf"^{_MAILBOX}@{_MAILBOX}$"
Email = Annotated[str, Field(max_length=254, pattern=_EMAIL)]
"""An e-mail address; whether somebody reads it is for a mail server to say."""

_COLOUR = r"^#[0-9A-Fa-f]{6}$"
Colour = Annotated[str, Field(pattern=_COLOUR)]
"""#RRGGBB."""


def _digits(value: Any) -> Any:
    # JSON numbers are doubles here.
    if type(value) is float and value.is_integer():
        return str(int(value))
    return str(value) if type(value) is int else value


_ORGANIZATION = r"^[0-9]{1,15}$"
OrganizationId = Annotated[
    str,
    Field(pattern=_ORGANIZATION),
    BeforeValidator(_digits, json_schema_input_type=int | str),
]
"""The number of an organisation at LinkedIn, as digits."""

PATTERNS = {
    _LOCALE: "must be a language tag such as en or pt-BR",
    _ZONE: "must be the name of a time zone",
    _ADDRESS: "must be an https address",
    _EMAIL: "must be an e-mail address",
    _COLOUR: "must be #RRGGBB",
    _ORGANIZATION: "must be up to 15 digits",
}
"""What a text must be that does not match a pattern of these."""
