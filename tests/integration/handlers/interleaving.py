"""Two transactions made to meet: one pauses at a chosen step until the other is done or blocked."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from types import ModuleType
from typing import Any, TypeVar

import pytest

from engine.handlers.batch import Batch
from engine.handlers.steps.triage import Triage
from tests.integration.handlers.harness import Harness

One = TypeVar("One")
Other = TypeVar("Other")

SECONDS = 20.0
_BLOCKED = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND wait_event_type = 'Lock'"
)


class Interleaving:
    """Lets one transaction pause after a step, while another one is done."""

    def __init__(self, harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
        self._harness = harness
        self._monkeypatch = monkeypatch
        self._paused = threading.Event()
        self._go_on = threading.Event()
        self._pausing: int | None = None  # the thread that is to pause, once

    def after(self, module: ModuleType, step: str) -> None:
        """Pause the first transaction after its first call of `module.step`."""
        original: Callable[..., Any] = getattr(module, step)

        def pausing(*args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            if self._pausing == threading.get_ident():
                self._pausing = None
                self._paused.set()
                assert self._go_on.wait(SECONDS)
            return result

        self._monkeypatch.setattr(module, step, pausing)

    def play(self, first: Batch, second: Batch) -> list[Triage]:
        """Process `first` up to the step, then `second` as far as it gets, then let both finish."""
        one, other, paused = self.meet(
            lambda: self._harness.taking().process(first),
            lambda: self._harness.taking().process(second),
        )
        assert paused, f"the step was never reached: {one}"
        return [_result(one), _result(other)]

    def meet(
        self, first: Callable[[], One], second: Callable[[], Other]
    ) -> "tuple[Future[One], Future[Other], bool]":
        """Do `first` up to the step, then `second` as far as it gets, then let both finish. Gives
        both, done, and whether the step was reached."""

        def begin() -> One:
            self._pausing = threading.get_ident()
            return first()

        self._paused.clear()
        self._go_on.clear()
        with ThreadPoolExecutor(2) as threads:
            one = threads.submit(begin)
            self._until(lambda: self._paused.is_set() or one.done())
            other = threads.submit(second)
            self._until(lambda: other.done() or self._blocked())
            self._go_on.set()
            wait_for([one], SECONDS)
            wait_for([other], SECONDS)
        return one, other, self._paused.is_set()

    def _blocked(self) -> bool:
        ((waiting,),) = self._harness.rows(_BLOCKED)
        return bool(waiting)

    def _until(self, condition: Callable[[], bool]) -> None:
        tick = threading.Event()
        for _ in range(int(SECONDS / 0.01)):
            if condition():
                return
            tick.wait(0.01)
        self._go_on.set()
        raise AssertionError(f"not so after {SECONDS:g} s")


def _result(future: "Future[Triage]") -> Triage:
    return future.result(0)
