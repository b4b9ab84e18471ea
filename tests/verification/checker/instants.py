"""Instants as the engine spells them."""

from datetime import UTC, datetime


def spelled(time: datetime) -> str:
    """2026-03-04T10:00:00.000000Z"""
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def read(text: str) -> datetime | None:
    """The instant of such a text; None for any other."""
    try:
        found = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if spelled(found) == text else None
