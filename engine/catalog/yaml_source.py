"""YAML text to `Node`s: every value with the line it stands on."""

import yaml

from engine.rules.source import CatalogFault, Node


class _Loader(yaml.SafeLoader):
    """The safe loader, asked for nodes rather than values."""


def read(text: str, faults: list[CatalogFault]) -> Node:
    """The document as nodes. What is not YAML, or says a key twice, is reported in `faults`."""
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return _unreadable(line, f"not YAML: {error.reason}", faults)
    try:
        root = loader.get_single_node()
        if root is None:
            return Node(None, 1, faults)
        return _node(loader, root, root.start_mark.line + 1, faults, ())
    except RecursionError:
        return _unreadable(1, "nested too deeply to be a catalog", faults)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark or error.context_mark).line + 1  # type: ignore[union-attr]
        return _unreadable(line, f"not YAML: {error.problem or error.context}", faults)
    finally:
        loader.dispose()


def _unreadable(line: int, message: str, faults: list[CatalogFault]) -> Node:
    faults.append(CatalogFault(line, message))
    return Node(None, line, faults)


def _node(
    loader: _Loader,
    node: yaml.Node,
    line: int,
    faults: list[CatalogFault],
    above: tuple[int, ...],
) -> Node:
    if id(node) in above:
        return _unreadable(line, "an alias may not contain itself", faults)
    above = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Node] = {}
        for key, value in node.value:
            key_line = key.start_mark.line + 1
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name:
                faults.append(CatalogFault(key_line, "a key must be text"))
            elif name in entries:
                faults.append(CatalogFault(key_line, f"`{name}` is said twice"))
            else:
                entries[name] = _node(loader, value, key_line, faults, above)
        return Node(entries, line, faults)
    if isinstance(node, yaml.SequenceNode):
        items = [_node(loader, v, v.start_mark.line + 1, faults, above) for v in node.value]
        return Node(items, line, faults)
    try:
        value = loader.construct_object(node)
    except ValueError:  # a date that no calendar has, text that is tagged as a number
        return _unreadable(line, f"`{node.value}` cannot be read as {node.tag}", faults)
    if not isinstance(value, str | int | float | bool | None):
        value = node.value  # a date, say: to a catalog it is text
    return Node(value, line, faults)
