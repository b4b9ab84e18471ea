"""Cursors of lists that go by time: the instant and the id of the last item of a page."""

import base64
import binascii
import json
import re

from events.award_ids import is_award_id
from events.instants import Instant, parse_instant

_NUMBER = re.compile("[1-9][0-9]{0,17}")


class BadCursor(ValueError):
    """An `after` that no answer of ours had."""


def cursor(instant: str, item_id: str) -> str:
    """What a page is asked for with that begins behind this item."""
    text = json.dumps([instant, item_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position(cursor: str) -> tuple[Instant, str]:
    """The instant and the id in a cursor. Raises BadCursor."""
    moment, item_id = _decoded(cursor)
    if not (isinstance(item_id, str) and is_award_id(item_id)):
        raise BadCursor
    return moment, item_id


def numbered(instant: str, number: int) -> str:
    """As `cursor`, of items that have a number."""
    return cursor(instant, str(number))


def numbered_position(cursor: str) -> tuple[Instant, int]:
    """The instant and the number in a cursor. Raises BadCursor."""
    moment, number = _decoded(cursor)
    if not (isinstance(number, str) and _NUMBER.fullmatch(number)):
        raise BadCursor
    return moment, int(number)


def _decoded(cursor: str) -> tuple[Instant, object]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        instant, item_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        moment = parse_instant(instant)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BadCursor from None
    if moment != instant:
        raise BadCursor
    return moment, item_id
