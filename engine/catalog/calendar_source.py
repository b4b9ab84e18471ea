"""The `calendar:` of a catalog file."""

import re
from datetime import date

from engine.rules.calendar import DEFAULT_CALENDAR, WEEKDAYS, Calendar
from engine.rules.source import Node
from engine.rules.time_zones import zone_names

_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")


def parse(node: Node) -> Calendar:
    """Read `{zone?, week_begins?, year_begins?}`; what is not given is as without a calendar."""
    entries = node.mapping("calendar", ["zone", "week_begins", "year_begins"])
    zone, week_begins, year_begins = (
        entries.get(key) for key in ("zone", "week_begins", "year_begins")
    )
    default = DEFAULT_CALENDAR
    return Calendar(
        _zone(zone) if zone else default.zone,
        week_begins.one_of("week_begins", WEEKDAYS) if week_begins else default.week_begins,
        _year_begins(year_begins) if year_begins else default.year_begins,
    )


def _zone(node: Node) -> str:
    name = node.text("zone")
    if name in zone_names():
        return name
    if name:
        node.fault(f"no time zone is called `{name}`: write an IANA name, such as Europe/Berlin")
    return DEFAULT_CALENDAR.zone


def _year_begins(node: Node) -> str:
    day = node.text("year_begins")
    if not _DAY.fullmatch(day) or not _is_day(f"2001-{day}"):
        node.fault('year_begins must be a month and day that every year has, such as "09-01"')
        return DEFAULT_CALENDAR.year_begins
    return day


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


SCHEMA: dict[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "zone": {"type": "string", "description": "An IANA name, such as Europe/Berlin."},
        "week_begins": {"enum": list(WEEKDAYS)},
        "year_begins": {"type": "string", "pattern": f"^{_DAY.pattern}$"},
    },
}
