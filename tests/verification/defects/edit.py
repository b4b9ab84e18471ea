"""Edits of the engine's source, made to the running process alone, and unmade again.

A function gets the code that the edited file would have given it; whoever imported it, by whatever
name, runs that code from then on. No file is changed.
"""

import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any


class DoesNotApply(Exception):
    """The text is not where the edit looks for it, once: the engine was changed. Write the defect
    anew, or take it out if the engine can no longer have it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """In the function at `where` ("module:Class.method"), `old` becomes `new`."""

    where: str
    old: str
    new: str


def make(edits: Sequence[Edit]) -> Callable[[], None]:
    """Make edits in this process; gives what unmakes them. Raises DoesNotApply."""
    before: list[tuple[FunctionType, CodeType]] = []
    for where in dict.fromkeys(edit.where for edit in edits):
        function = _function(where)
        code = _edited(function, [edit for edit in edits if edit.where == where])
        before.append((function, function.__code__))
        function.__code__ = code
    _forget()

    def unmake() -> None:
        for function, code in before:
            function.__code__ = code
        _forget()

    return unmake


def _function(where: str) -> FunctionType:
    """The plain function below properties, caches, context managers and other wrappers."""
    module, name = where.split(":")
    found: Any = importlib.import_module(module)
    for step in name.split("."):
        found = inspect.getattr_static(found, step)
    while not isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
        inner = (getattr(found, name, None) for name in ("__wrapped__", "__func__", "fget", "func"))
        found = next((one for one in inner if one is not None), None)
        if found is None:
            raise DoesNotApply(f"{where} is no function")
    return found


def _edited(function: FunctionType, edits: Sequence[Edit]) -> CodeType:
    """The function's code, had its file been edited."""
    path = Path(function.__code__.co_filename)
    lines = path.read_text().splitlines(keepends=True)
    begin = function.__code__.co_firstlineno - 1
    block = inspect.getblock(lines[begin:])
    body = "".join(block)
    for edit in edits:
        if body.count(edit.old) != 1:
            raise DoesNotApply(f"{edit.where} has {body.count(edit.old)} times {edit.old!r}")
        body = body.replace(edit.old, edit.new)
    source = "".join([*lines[:begin], body, *lines[begin + len(block) :]])
    return _found(compile(source, str(path), "exec"), function.__code__)


def _found(module: CodeType, wanted: CodeType) -> CodeType:
    """The code of the same function in a compiled file."""
    waiting = [module]
    while waiting:
        code = waiting.pop()
        if (code.co_qualname, code.co_firstlineno) == (wanted.co_qualname, wanted.co_firstlineno):
            if code.co_freevars != wanted.co_freevars:
                raise DoesNotApply(f"{wanted.co_qualname}: the edit changes what it closes over")
            return code
        waiting.extend(const for const in code.co_consts if isinstance(const, CodeType))
    raise DoesNotApply(f"{wanted.co_qualname} is not in {wanted.co_filename}")


def _forget() -> None:
    """Empty every cache of the engine: what is remembered was worked out by other code."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("engine", "events", "replay"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
