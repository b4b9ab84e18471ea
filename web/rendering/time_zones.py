"""The time zones that a form offers, by region, as people look for them."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import available_timezones


@dataclass(frozen=True, slots=True)
class TimeZone:
    """`name`: the IANA name, "America/Argentina/Ushuaia"; `place`: "Argentina, Ushuaia"."""

    name: str
    region: str
    place: str


@lru_cache(maxsize=1)
def time_zones() -> tuple[TimeZone, ...]:
    """Zones of places, and UTC. Names that only old systems use are left out."""
    regions = {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
    zones = [TimeZone("UTC", "UTC", "UTC")]
    for name in sorted(available_timezones()):
        region, _, place = name.partition("/")
        if region in regions and place:
            zones.append(TimeZone(name, region, place.replace("/", ", ").replace("_", " ")))
    return tuple(zones)


def offered(chosen: str | None) -> tuple[TimeZone, ...]:
    """The zones of the form, and the chosen one if it is not among them."""
    zones = time_zones()
    if chosen is None or chosen in {zone.name for zone in zones}:
        return zones
    return (*zones, TimeZone(chosen, "Other", chosen))
