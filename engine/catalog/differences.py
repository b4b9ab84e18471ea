"""What two catalogs decide differently. Names, descriptions and versions are no difference."""

from typing import Any

from engine.catalog.model import Catalog


def differences(one: Catalog, other: Catalog) -> list[str]:
    """Lines such as "badge momentum: levels", for everything that decides otherwise in `other`
    or is in one of the two only; [] if their digests are equal."""
    lines = _between("measure", one.canonical()["measures"], other.canonical()["measures"])
    lines += _between("badge", one.canonical()["badges"], other.canonical()["badges"])
    if one.canonical()["effects"] != other.canonical()["effects"]:
        lines.append("effects")
    return lines


def _between(what: str, one: Any, other: Any) -> list[str]:
    lines: list[str] = []
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            lines.append(f"{what} {name}: not there any more")
        elif name not in one:
            lines.append(f"{what} {name}: new")
        elif one[name] != other[name]:
            parts = [part for part in one[name] if one[name][part] != other[name].get(part)]
            lines.append(f"{what} {name}: {', '.join(parts)}")
    return lines
