"""A catalog as its text says it, with what it includes: no model, no check, no knowledge."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.verification.oracle.days import OracleCalendar, calendar_of
from tests.verification.oracle.oracle import naive_id
from tests.verification.oracle.reading import KUDOS

SHIPPED = Path(__file__).parents[3] / "engine/catalog/shipped"

Json = dict[str, Any]


class NaiveCatalog(NamedTuple):
    """A catalog as written, with what it includes."""

    measures: Json
    badges: Json
    effects: Json
    renamed: Json
    calendar: OracleCalendar
    indicators: Json
    stages: Json  # in ascending order


class _NoDates(yaml.CSafeLoader):
    """Reads a date as its text."""


_NoDates.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_catalog(text: str) -> NaiveCatalog:
    """A catalog from its text. It must have no fault."""
    written = yaml.load(text, _NoDates)
    shipped = [SHIPPED / f"{name}.yaml" for name in written.get("include", [])]
    parts = [*(yaml.load(f.read_text(encoding="utf-8"), _NoDates) for f in shipped), written]
    whole: Json = {
        section: {name: body for part in parts for name, body in (part.get(section) or {}).items()}
        for section in ("measures", "badges", "effects", "renamed", "calendar")
    }
    own = {section: written.get(section) or {} for section in ("indicators", "stages")}
    return NaiveCatalog(**{**whole, **own, "calendar": calendar_of(whole["calendar"])})


def kudos_kinds(catalog: NaiveCatalog) -> tuple[str, ...]:
    """What kudos may be given for: the repeatable badges over kudos."""
    return tuple(
        name
        for name, badge in catalog.badges.items()
        if "repeatable" in badge and badge["repeatable"]["event"] == KUDOS
    )


def category_of(catalog: NaiveCatalog, badge: str) -> str:
    """The category of a badge: as it says, else kudos for what kudos are given for."""
    usual = "kudos" if badge in kudos_kinds(catalog) else "achievement"
    return str(catalog.badges[badge].get("category", usual))


def award_id(
    catalog: NaiveCatalog, program: str, loop: str | None, person: str, badge: str, occurrence: str
) -> str:
    """The id of an award, by the oldest names of its badge and level."""
    was = catalog.renamed.get(badge, badge)
    names: list[str] = []
    for entry in was if isinstance(was, list) else [was]:
        if isinstance(entry, dict):  # what its levels were called
            olds = entry.get(occurrence, occurrence)
            occurrence = olds if isinstance(olds, str) else olds[0]
        else:
            names.append(entry)
    return naive_id(program, loop or "", person, (names or [badge])[0], occurrence)
