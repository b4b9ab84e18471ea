"""What the commands `awards export` and `measures export` write, without a process each."""

import json

from sqlalchemy import Engine

from engine.queries import exports
from engine.queries.snapshot import Reader
from tests.verification.checker.seen import Json


def exported(engine: Engine, what: str, *options: str) -> list[Json]:
    """The lines of `<what> export`, with the options that follow."""
    with Reader(engine).snapshot() as snapshot:
        found = (
            exports.measures(snapshot, None)
            if what == "measures"
            else (
                award.as_json()
                for award in exports.awards(snapshot, None, recomputed="--recomputed" in options)
            )
        )
        return [json.loads(json.dumps(line)) for line in found]
