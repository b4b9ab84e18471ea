"""One name for one thing: no class name is defined twice in the whole repository."""

import ast
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).parents[3]
ROOMS = ("engine", "events", "replay", "benchmarks", "examples", "tests")


def test_no_class_name_is_defined_twice() -> None:
    places = defaultdict(list)
    for room in ROOMS:
        for file in sorted((PROJECT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_bytes())):
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(f"{file.relative_to(PROJECT)}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
