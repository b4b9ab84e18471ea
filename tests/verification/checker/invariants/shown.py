"""I1: what an announcement shows beside the award: names, category, giver, catalog."""

from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED
from tests.verification.oracle.reading import KUDOS, KUDOS_BADGES

_ACHIEVEMENTS = {
    "excellence": "Excellence",
    "momentum": "Momentum",
    "mentorloop-certified": "Mentorloop Certified",
    "growing-together": "Growing Together",
    "mentorloop-champion": "Mentorloop Champion",
}
NAMES = _ACHIEVEMENTS | {kind: kind.capitalize() for kind in KUDOS_BADGES}


def shown(known: Known) -> Finding:
    """Judge what announcements show."""
    finding = Finding("I1", "announcements show name, category, giver", needed=("announcements",))
    digests: set[str] = set()
    for message in known.wire.of(AWARDED):
        finding.compared["announcements"] += 1
        data, badge = message.data, str(message.data["badge"])
        wanted = {
            "badge_name": NAMES.get(badge),
            "category": "kudos" if badge in KUDOS_BADGES else "achievement",
            "giver_id": _giver(known, data),
        }
        for name, value in wanted.items():
            finding.require(
                data.get(name) == value,
                f"{name} is {data.get(name)}, must be {value}",
                message,
            )
        catalog = data["catalog"]
        digests.add(str(catalog["digest"]))
        finding.require(
            catalog["name"] == "mentorloop",
            f"by catalog {catalog['name']}",
            message,
        )
    for digest in sorted(digests - known.seen.database.catalogs):
        finding.violate(f"announced by {digest!r}, which is no catalog's digest")
    live = known.replays.digests
    if live is None:
        finding.require(
            len(digests) <= 1, f"announced by catalogs of different digests: {sorted(digests)}"
        )
    for digest in sorted(digests - live) if live is not None else ():
        finding.violate(f"announced by {digest!r}, which never was live")
    return finding


def _giver(known: Known, data: Json) -> str | None:
    if data["badge"] not in KUDOS_BADGES:
        return None
    key = (data["program_id"], "loop", data["loop_id"], KUDOS, data["occurrence"])
    telling = known.log.accepted.get(key)
    return str(telling.told.data["giver_id"]) if telling is not None else None
