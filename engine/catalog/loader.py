"""A catalog file to a `Catalog`, or every fault in it with its line.

The files that ship are in shipped/; `find` accepts the name of one or any path.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from engine.catalog import (
    badges,
    calendar_source,
    including,
    policy_source,
    renames,
    yaml_source,
)
from engine.catalog.model import Badge, Catalog
from engine.rules import effects, measure
from engine.rules.calendar import DEFAULT_CALENDAR, Calendar
from engine.rules.measure import Measure
from engine.rules.source import CatalogFault, Node

SHIPPED = Path(__file__).parent / "shipped"
_LONGEST_LABEL = 128
_LABELS = ("catalog", "version")
_KEYS = (
    "catalog",
    "version",
    "description",
    "include",
    "calendar",
    "measures",
    "badges",
    "effects",
    "renamed",
    *policy_source.KEYS,
)


class CatalogError(Exception):
    """A catalog cannot be used; the message lists every fault as `file:line: what`."""

    def __init__(self, origin: str, faults: Sequence[CatalogFault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(f"{origin}:{line}: {text}" for line, text in self.faults))


def find(name_or_path: str) -> Catalog:
    """The catalog of that name among those that ship, or at that path.

    Raises:
        CatalogError: there is none, it cannot be read, or it has faults.
    """
    shipped = SHIPPED / f"{name_or_path}.yaml"
    path = shipped if shipped.name == f"{name_or_path}.yaml" and shipped.is_file() else None
    try:
        return load(path or Path(name_or_path))
    except FileNotFoundError:
        names = ", ".join(sorted(p.stem for p in SHIPPED.glob("*.yaml")))
        what = f"no such catalog: neither a file nor a name that ships ({names})"
        raise CatalogError(name_or_path, [CatalogFault(0, what)]) from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise CatalogError(name_or_path, [CatalogFault(0, what)]) from None


def load(path: Path) -> Catalog:
    """The catalog at a path. Of a file that never ends no more is read than a catalog may have.

    Raises:
        CatalogError: it has faults.
        OSError: it cannot be read.
    """
    with path.open("rb") as opened:
        raw = opened.read(yaml_source.MOST_BYTES + 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(raw) <= yaml_source.MOST_BYTES:
            line = raw.count(b"\n", 0, error.start) + 1
            raise CatalogError(str(path), [CatalogFault(line, "not UTF-8")]) from None
        text = raw.decode("utf-8", errors="replace")  # cut within a character; refused as too large
    return parse(text, origin=str(path))


def parse(text: str, origin: str = "catalog") -> Catalog:
    """A catalog from its text.

    Raises:
        CatalogError: with every fault found.
    """
    faults: list[CatalogFault] = []
    top = yaml_source.read(text, faults)
    if faults:
        raise CatalogError(origin, faults)
    expanded = including.expand(top, partial(_shipped, faults=faults))
    entries = top.mapping("a catalog", _KEYS)
    needs = ("catalog", "version", "measures", "badges") if expanded is None else _LABELS
    for needed in needs:
        if needed not in entries:
            top.fault(f"a catalog lacks `{needed}`")
    empty = Node({}, top.line, faults)
    given = entries.get("calendar")
    calendar = calendar_source.parse(given) if given is not None else DEFAULT_CALENDAR
    measures = _measures(entries.get("measures", empty), calendar)
    indicators = _indicators(entries.get("indicators", empty), measures, calendar)
    parsed = badges.parse(entries.get("badges", empty), measures, calendar, indicators)
    catalog = Catalog(
        name=_label(entries, "catalog"),
        version=_label(entries, "version"),
        text=text if expanded is None else expanded,
        measures=tuple(measures[name] for name in sorted(measures)),
        badges=parsed,
        effects=_effects(entries.get("effects", empty), calendar),
        renames=renames.parse(entries.get("renamed", empty), parsed),
        calendar=calendar,
        policy=policy_source.parse(entries, indicators, measures, parsed),
    )
    if faults:
        raise CatalogError(origin, faults)
    return catalog


def _shipped(name: str, faults: list[CatalogFault]) -> Node | None:
    """A catalog that ships, as it is written."""
    path = SHIPPED / f"{name}.yaml"
    if path.name != f"{name}.yaml" or not path.is_file():
        return None
    return yaml_source.read(path.read_text(encoding="utf-8"), faults)


def _label(entries: dict[str, Node], key: str) -> str:
    node = entries.get(key)
    if node is None:
        return ""
    label = str(node.value) if isinstance(node.value, int | float) else node.text(key)
    if len(label) > _LONGEST_LABEL or "\n" in label or "\t" in label:
        node.fault(f"{key} must be one line of at most {_LONGEST_LABEL} characters")
    return label


def _measures(node: Node, calendar: Calendar) -> dict[str, Measure]:
    return {
        name: measure.parse(name, body, calendar) for name, body in node.mapping("measures").items()
    }


def _indicators(node: Node, measures: dict[str, Measure], calendar: Calendar) -> dict[str, Measure]:
    indicators = {}
    for name, body in node.mapping("indicators").items():
        if name in measures:
            body.fault(f"`{name}` is a measure too: give the indicator another name")
        indicators[name] = measure.parse(name, body, calendar, "indicator")
    return indicators


def _effects(node: Node, calendar: Calendar) -> tuple[effects.Effect, ...]:
    parsed = [effects.parse(name, body, calendar) for name, body in node.mapping("effects").items()]
    return tuple(effect for effect in parsed if effect is not None)


__all__ = ["Badge", "CatalogError", "find", "parse"]
