"""Cursors of lists that go by time: the instant and the id of the last item of a page."""

import base64
import binascii
import json

from events.award_ids import is_award_id
from events.instants import Instant, parse_instant


class BadCursor(ValueError):
    """An `after` that no answer of ours had."""


def cursor(instant: str, item_id: str) -> str:
    """What a page is asked for with that begins behind this item."""
    text = json.dumps([instant, item_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position(cursor: str) -> tuple[Instant, str]:
    """The instant and the id in a cursor. Raises BadCursor."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        instant, item_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        moment = parse_instant(instant)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BadCursor from None
    if moment != instant or not (isinstance(item_id, str) and is_award_id(item_id)):
        raise BadCursor
    return moment, item_id
