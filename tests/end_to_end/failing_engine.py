"""`badge-engine` with a bug: it fails on kudos, by an error that quotes them."""

from typing import Any

from engine.cli.main import main
from engine.handlers import batch
from engine.intake.parse import parse_record


def _read(value: bytes | None, *rest: Any) -> Any:
    if b"kudos" in (value or b""):
        raise KeyError(value)
    return parse_record(value, *rest)


if __name__ == "__main__":
    vars(batch)["parse_record"] = _read
    main()
