"""`include:` the measures, badges and effects of catalogs that ship, as a part of another.

What is stored, compared and digested is the expanded catalog: it stands by itself, and a later
version of what it included changes nothing about it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from engine.catalog import yaml_source
from engine.rules.calendar import DEFAULT_CALENDAR
from engine.rules.source import CatalogFault, Node

ADDED = ("measures", "badges", "effects", "renamed")
"""What an included catalog brings."""

_CALENDAR = "calendar"

ReadShipped = Callable[[str], Node | None]
"""The newest version of a catalog that ships, as it is written; None if there is none."""


def expand(top: Node, read: ReadShipped) -> str | None:
    """Put what is included into a catalog, before what it says itself; gives the expanded text, or
    None if nothing is included. Reports names that are given twice."""
    entries = top.value
    if not isinstance(entries, dict) or "include" not in entries:
        return None
    node = entries.pop("include")
    included: dict[str, Mapping[str, Node]] = {}
    for entry in node.sequence("include"):
        name = entry.text("include")
        shipped = _shipped(name, entry, read) if name else None
        if name in included:
            entry.fault(f"`{name}` is included twice")
        elif shipped is not None:
            included[name] = shipped
    for name, shipped in reversed(included.items()):  # each goes before what is there
        for key in ADDED:
            if key in shipped:
                entries[key] = _joined(name, key, shipped[key], entries.get(key))
        if _CALENDAR in shipped:
            _compare_calendars(name, shipped[_CALENDAR], entries.get(_CALENDAR), node)
    return _written(top, included, node)


def _written(top: Node, included: Mapping[str, Mapping[str, Node]], node: Node) -> str:
    """The expanded catalog as text that stands by itself."""
    notes = [f"# includes {name} version {of['version'].value}" for name, of in included.items()]
    text = "\n".join([*notes, yaml.safe_dump(plain(top), sort_keys=False, allow_unicode=True)])
    too_much: list[CatalogFault] = []
    yaml_source.read(text, too_much)
    for fault in too_much:
        node.fault(f"with what it includes, the catalog cannot be read again: {fault.message}")
    return text


def plain(node: Node) -> Any:
    """A part of a catalog as YAML writes it."""
    if isinstance(node.value, dict):
        return {key: plain(entry) for key, entry in node.value.items()}
    if isinstance(node.value, list):
        return [plain(entry) for entry in node.value]
    return node.value


def _shipped(name: str, node: Node, read: ReadShipped) -> Mapping[str, Node] | None:
    shipped = read(name)
    if shipped is None or not isinstance(shipped.value, dict):
        node.fault(f"no catalog that ships is called `{name}`: write the name of one that does")
        return None
    if "include" in shipped.value:
        node.fault(f"catalog `{name}` includes others: include those themselves")
        return None
    return {key: _at(node, value) for key, value in shipped.value.items()}


def _at(include: Node, node: Node) -> Node:
    """A part of an included catalog: its faults are faults of the line that includes it."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _at(include, of) for key, of in value.items()}
    elif isinstance(value, list):
        value = [_at(include, of) for of in value]
    return Node(value, include.line, include.faults)


def _joined(name: str, key: str, theirs: Node, own: Node | None) -> Node:
    """Both parts of a kind, theirs first; faults are reported at what the file itself says."""
    if own is None:
        return theirs
    if not isinstance(own.value, dict) or not isinstance(theirs.value, dict):
        return own  # what the file says is reported as wrong when it is read
    for entry in own.value.keys() & theirs.value.keys():
        own.value[entry].fault(
            f"`{entry}` is among the {key} of `{name}`, which is included: give it another name"
        )
    return Node({**theirs.value, **own.value}, own.line, own.faults)


def _compare_calendars(name: str, theirs: Node, own: Node | None, include: Node) -> None:
    wanted = _filled(theirs)
    if wanted != _filled(own):
        calendar = yaml.safe_dump(wanted, default_flow_style=True, width=1_000).strip()
        (own or include).fault(f"catalog `{name}`, which is included, has the calendar {calendar}")


def _filled(node: Node | None) -> dict[str, Any]:
    given = plain(node) if node is not None else {}
    return DEFAULT_CALENDAR.canonical() | (given if isinstance(given, dict) else {})
