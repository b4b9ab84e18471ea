"""Edits of the engine's source, made to the running process alone, and unmade again.

A function gets the code that the edited file would have given it; every importer, by whatever name,
runs that code from then on. No file is changed.
"""

import difflib
import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any


class DoesNotApply(Exception):
    """The text is not where the edit expects it, once: the engine was changed. The message shows
    the place and the closest lines."""


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
    target: Any = importlib.import_module(module)
    try:
        for step in name.split("."):
            target = inspect.getattr_static(target, step)
    except AttributeError:
        raise DoesNotApply(
            f"{where} does not exist: it was renamed or moved. In "
            "tests/verification/defects/in_*.py, name the function that does its work now."
        ) from None
    while not isinstance(target, FunctionType) or hasattr(target, "__wrapped__"):
        wrappers = ("__wrapped__", "__func__", "fget", "func")
        inner = (getattr(target, wrapper, None) for wrapper in wrappers)
        target = next((one for one in inner if one is not None), None)
        if target is None:
            raise DoesNotApply(f"{where} is no function")
    return target


def _edited(function: FunctionType, edits: Sequence[Edit]) -> CodeType:
    """The function's code, had its file been edited."""
    path = Path(function.__code__.co_filename)
    lines = path.read_text().splitlines(keepends=True)
    begin = function.__code__.co_firstlineno - 1
    block = inspect.getblock(lines[begin:])
    body = "".join(block)
    for edit in edits:
        if body.count(edit.old) != 1:
            raise DoesNotApply(_what_to_do(edit, body, f"{path}:{begin + 1}"))
        body = body.replace(edit.old, edit.new)
    source = "".join([*lines[:begin], body, *lines[begin + len(block) :]])
    return _code_of(compile(source, str(path), "exec"), function.__code__)


def _what_to_do(edit: Edit, body: str, at: str) -> str:
    """Where the text should be, what is there instead, and how to repair the edit."""
    wanted = max(edit.old.splitlines(), key=len, default="").strip()
    close = difflib.get_close_matches(wanted, map(str.strip, body.splitlines()), 3, 0.5)
    there = "".join(f"\n    {line}" for line in close) or " none"
    return (
        f"{edit.where} ({at}) has {body.count(edit.old)} times {edit.old!r}, and must have it "
        f"once. Closest lines:{there}\nIn tests/verification/defects/in_*.py, give that edit the "
        "text that the engine has now, breaking the same thing; or delete the defect if the engine "
        "can no longer have it."
    )


def _code_of(module: CodeType, wanted: CodeType) -> CodeType:
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
    """Empty every cache of ours: what is remembered was worked out by other code."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in (
            "engine",
            "events",
            "replay",
            "directory",
            "credentials",
            "notifier",
            "governance",
            "web",
        ):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
