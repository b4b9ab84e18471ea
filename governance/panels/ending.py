"""Panels end with their case: nobody is asked for them any more."""

from dataclasses import replace
from datetime import datetime

from engine.store.postgres.connection import Transaction
from governance.store import panels


def end_all(tx: Transaction, case_id: str, now: datetime) -> None:
    """End the open panels of a case that is locked; what was given is emptied."""
    for panel in panels.of_cases(tx, [case_id]):
        if panel.state != "open":
            continue
        panels.write(tx, replace(panel, state="ended", closed_at=now))
        for seat in panels.seats_of(tx, [panel.panel_id]):
            if seat.state in panels.IN_USE:
                panels.write_seat(tx, replace(seat, state="closed", review=None))
