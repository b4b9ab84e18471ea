"""`badge-engine` with a bug: on one kudos it raises errors that quote all there is to quote."""

from collections.abc import Callable
from typing import Any

from engine.cli.main import main
from engine.store.facts import messages

THE_RECORD = "the-one-with-the-bug"

_keep: Callable[..., int] = messages.keep


def _failing(tx: Any, facts: Any, master: Any) -> int:
    for parsed in (rows := list(facts)):
        text = parsed.note.text if parsed.note is not None else ""
        if THE_RECORD in text:
            try:
                raise UnicodeDecodeError("utf-8", text.encode(), 0, 1, text)
            except UnicodeDecodeError as error:
                error.add_note(text)
                raise RuntimeError(f"no rule for {rows!r}") from error
    return _keep(tx, rows, master)


if __name__ == "__main__":
    messages.keep = _failing
    main()
