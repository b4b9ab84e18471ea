"""Catalogs that are not quite the one that ships."""

from engine.catalog.loader import parse
from engine.catalog.model import Catalog
from tests.support.given import MENTORLOOP


def changed(*edits: tuple[str, str]) -> Catalog:
    """Mentorloop with texts replaced, each of which stands in it once."""
    text = MENTORLOOP.text
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return parse(text)


def bronze_at(meetings: int) -> Catalog:
    """Momentum bronze for so many meetings."""
    return changed(
        (
            "bronze: {at_least: {meetings_attended: 5}}",
            f"bronze: {{at_least: {{meetings_attended: {meetings}}}}}",
        )
    )


def gold_at(meetings: int) -> Catalog:
    """Momentum gold for so many meetings."""
    return changed(
        (
            "gold: {at_least: {meetings_attended: 15}}",
            f"gold: {{at_least: {{meetings_attended: {meetings}}}}}",
        )
    )
