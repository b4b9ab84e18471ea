"""YAML text to `Node`s: every value with its line.

A catalog comes from people, perhaps by way of others: a file of a few lines must not cost more than
it looks like. Sizes are bounded before anything is expanded, and no tag makes anything but text,
numbers, lists and mappings.
"""

import re
from typing import Any

import yaml

from engine.rules.source import CatalogFault, Node
from events.schemas.values import CONTROL_CHARACTERS

MOST_BYTES = 1 << 20
MOST_NODES = 20_000
"""How many keys and values there may be, aliases expanded; mentorloop has some 300."""

_LONGEST_NUMBER = 100
_STANDARD = "tag:yaml.org,2002:"
_PLAIN = {f"{_STANDARD}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_TAGS = {
    yaml.ScalarNode: _PLAIN,
    yaml.SequenceNode: {f"{_STANDARD}seq"},
    yaml.MappingNode: {f"{_STANDARD}map"},
}
_NUMBERS = {f"{_STANDARD}int", f"{_STANDARD}float"}
# Surrogates are no characters: no file, database or message could hold them.
_UNFIT_KEY = re.compile(rf"[{CONTROL_CHARACTERS}\ud800-\udfff]")
_UNFIT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class _Refused(yaml.MarkedYAMLError):
    """The document is YAML, but not one that a catalog may be."""


class _Loader(yaml.SafeLoader):
    """The safe loader, asked for nodes rather than values, that counts what they expand to."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._count = 0
        self._sizes: dict[int, int] = {}

    def compose_node(self, parent: Any, index: Any) -> yaml.Node | None:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            node = super().compose_node(parent, index)
            if id(node) not in self._sizes:
                raise _Refused(None, None, "an alias may not contain itself", mark)
            self._count += self._sizes[id(node)]
        else:
            before = self._count
            self._count += 1
            node = super().compose_node(parent, index)
            self._sizes[id(node)] = self._count - before
        if self._count > MOST_NODES:
            text = f"too large: with its aliases expanded, more than {MOST_NODES} keys and values"
            raise _Refused(None, None, text, mark)
        return node


def read(text: str, faults: list[CatalogFault]) -> Node:
    """The document as nodes. What is not YAML, too large for a catalog, or has a key twice is
    reported in `faults`."""
    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        return _unreadable(1, f"too large: a catalog has at most {MOST_BYTES} bytes", faults)
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return _unreadable(line, f"not YAML: {error.reason}", faults)
    try:
        root = loader.get_single_node()
        if root is None:
            return Node(None, 1, faults)
        return _node(loader, root, root.start_mark.line + 1, faults)
    except RecursionError:
        return _unreadable(1, "nested too deeply to be a catalog", faults)
    except _Refused as error:
        return _unreadable(error.problem_mark.line + 1, str(error.problem), faults)  # type: ignore[union-attr]
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark or error.context_mark).line + 1  # type: ignore[union-attr]
        return _unreadable(line, f"not YAML: {error.problem or error.context}", faults)
    finally:
        loader.dispose()


def _unreadable(line: int, message: str, faults: list[CatalogFault]) -> Node:
    faults.append(CatalogFault(line, message))
    return Node(None, line, faults)


def _node(loader: _Loader, node: yaml.Node, line: int, faults: list[CatalogFault]) -> Node:
    if node.tag not in _TAGS[type(node)]:
        tag = node.tag.removeprefix(_STANDARD)
        return _unreadable(line, f"a catalog has no values of the tag `{_shown(tag)}`", faults)
    if isinstance(node, yaml.MappingNode):
        return Node(_entries(loader, node, faults), line, faults)
    if isinstance(node, yaml.SequenceNode):
        items = [_node(loader, v, v.start_mark.line + 1, faults) for v in node.value]
        return Node(items, line, faults)
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(loader, node, line, faults)


def _entries(
    loader: _Loader, node: yaml.MappingNode, faults: list[CatalogFault]
) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = key.value if key.tag in _PLAIN else ""
        if not name:
            faults.append(CatalogFault(line, "a key must be text"))
        elif _UNFIT_KEY.search(name):
            faults.append(CatalogFault(line, "a key must not contain control characters"))
        elif name in entries:
            faults.append(CatalogFault(line, f"`{_shown(name)}` is given twice"))
        else:
            entries[name] = _node(loader, value, line, faults)
    return entries


def _scalar(loader: _Loader, node: yaml.ScalarNode, line: int, faults: list[CatalogFault]) -> Node:
    text = node.value
    if _UNFIT_TEXT.search(text):
        return _unreadable(line, "a text must not contain control characters", faults)
    if node.tag in _NUMBERS:
        if ":" in text:
            what = "to YAML a number in base 60: put it in quotes, or write it in base 10"
            return _unreadable(line, f"`{_shown(text)}` is {what}", faults)
        if len(text) > _LONGEST_NUMBER:
            return _unreadable(line, f"a number has at most {_LONGEST_NUMBER} digits", faults)
    try:
        value = loader.construct_object(node)
    # A date that no calendar has, or a tag that its text does not fit: PyYAML raises what it meets.
    except (ValueError, LookupError, AttributeError):
        tag = node.tag.removeprefix(_STANDARD)
        return _unreadable(line, f"`{_shown(text)}` cannot be read as {tag}", faults)
    if not isinstance(value, str | int | float | bool | None):
        value = text  # a date, say: to a catalog it is text
    return Node(value, line, faults)


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
