"""What the commands `awards export` and `measures export` write, without a process each."""

import json

from sqlalchemy import Engine

from engine.cli.commands.awards import standing
from engine.cli.commands.measures import lines
from tests.verification.checker.seen import Json


def exported(engine: Engine, what: str, *options: str) -> list[Json]:
    """The lines of `<what> export`, with the options that follow."""
    exports = (
        lines(engine, None, recomputed=False)
        if what == "measures"
        else (award.as_json() for award in standing(engine, None, "--recomputed" in options))
    )
    return [json.loads(json.dumps(line)) for line in exports]
