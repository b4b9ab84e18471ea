"""The catalog file as rules see it: values that know their line, and the faults found in them.

A rule kind parses its own part of the file. It never raises on a fault: it reports the fault with
its line and goes on, so that the author of a catalog sees all of them at once.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class CatalogFault(NamedTuple):
    """One thing wrong with a catalog file."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the catalog file, with its line and the list that collects faults."""

    value: "dict[str, Node] | list[Node] | str | int | float | bool | None"
    line: int
    faults: list[CatalogFault]

    def fault(self, message: str) -> None:
        """Report that this value is wrong."""
        self.faults.append(CatalogFault(self.line, message))

    def mapping(self, what: str, known: Iterable[str] | None = None) -> "dict[str, Node]":
        """This value as a mapping; a fault and {} if it is none. Keys not `known` are faults."""
        if not isinstance(self.value, dict):
            self.fault(f"{what} must be a mapping")
            return {}
        if known is not None:
            allowed = sorted(known)
            for key, node in self.value.items():
                if key not in allowed:
                    node.fault(f"{what} has no `{key}`; it may have {', '.join(allowed)}")
        return self.value

    def sequence(self, what: str) -> "list[Node]":
        """This value as a list; a fault and [] if it is none or empty."""
        if not isinstance(self.value, list) or not self.value:
            self.fault(f"{what} must be a list with at least one entry")
            return []
        return self.value

    def text(self, what: str) -> str:
        """This value as text; a fault and "" if it is none."""
        if not isinstance(self.value, str) or not self.value:
            self.fault(f"{what} must be text")
            return ""
        return self.value

    def number(self, what: str) -> float:
        """This value as a finite number; a fault and 0 if it is none."""
        value = self.value
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not abs(value) <= sys.float_info.max
        ):
            self.fault(f"{what} must be a number")
            return 0
        return value

    def whole(self, what: str, least: int, most: int | None = None) -> int:
        """This value as a whole number within limits; a fault and `least` if it is none."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            self.fault(f"{what} must be a whole number")
            return least
        if value < least or (most is not None and value > most):
            limits = f"from {least} to {most}" if most is not None else f"of {least} or more"
            self.fault(f"{what} must be a whole number {limits}")
            return least
        return int(value)

    def one_of(self, what: str, choices: Iterable[str]) -> str:
        """This value as one of `choices`; a fault and the first of them if it is none."""
        allowed = list(choices)
        if self.value not in allowed:
            self.fault(f"{what} must be one of {', '.join(allowed)}")
            return allowed[0]
        return str(self.value)

    def only_entry(self, what: str) -> "tuple[str, Node] | None":
        """The one key and value of a mapping with one entry; a fault and None if it is none."""
        entries = self.mapping(what)
        if len(entries) != 1:
            if isinstance(self.value, dict):
                self.fault(f"{what} must have exactly one entry")
            return None
        return next(iter(entries.items()))
