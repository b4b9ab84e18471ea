"""The head of the audit log is in the worker's log at its start, and then once a day."""

import asyncio

import pytest
from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.hash_chain import ChainHead
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.stream import audit_head_log
from engine.stream.audit_head_log import AuditHeadLog
from tests.integration.stream.heard_log import HeardLog


def _note(engine: Engine) -> ChainHead:
    with transaction(engine) as tx:
        audit_log.note(tx, "reveal", "ada", "request", {})
        return audit_log.head(tx)


def test_the_head_is_logged_at_once_and_once_a_day(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, hours = HeardLog(), 0.0
    monkeypatch.setattr(audit_head_log, "log", log)
    engine = connect(database_url, "test")
    watch = AuditHeadLog(engine, lambda: hours * 3600)
    asyncio.run(watch.look())  # nothing there to read: tried again
    schema.migrate(engine)
    heads = [_note(engine)]
    asyncio.run(watch.look())
    _note(engine)
    hours = 23.0
    asyncio.run(watch.look())
    heads.append(_note(engine))
    hours = 24.0
    asyncio.run(watch.look())

    assert [(line["entries"], line["head"]) for line in log.of("audit log")] == [
        (head.entries, head.head) for head in heads
    ]
    engine.dispose()
