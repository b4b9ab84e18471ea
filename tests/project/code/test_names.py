"""One name for one thing: no class name is defined twice in the whole repository."""

import ast
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).parents[3]
FOLDERS = (
    "engine",
    "events",
    "replay",
    "directory",
    "credentials",
    "notifier",
    "governance",
    "web",
    "benchmarks",
    "examples",
    "tests",
)


def test_no_class_name_is_defined_twice() -> None:
    places = defaultdict(list)
    for folder in FOLDERS:
        for file in sorted((PROJECT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_bytes())):
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(f"{file.relative_to(PROJECT)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
