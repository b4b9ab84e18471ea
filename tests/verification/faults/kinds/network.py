"""Networks that are cut, or swallow what is sent without telling anybody."""

from tests.verification.faults.stage import FaultStage, Missed, kind
from tests.verification.faults.waiting import for_a_while


@kind("database refused")
def database_refused(stage: FaultStage) -> str:
    name = stage.a_worker().name
    wire = stage.wires[name]
    before = wire.counts
    reset = wire.refuse()
    try:
        for_a_while(stage.random.uniform(1, 4))
    finally:
        wire.heal()
    refused = wire.counts.refused - before.refused
    if not reset + refused:
        raise Missed("nobody was connected")
    return f"{name}: {reset} connections reset, {refused} refused"


@kind("database silent")
def database_silent(stage: FaultStage) -> str:
    name = stage.a_worker().name
    wire = stage.wires[name]
    open_ = wire.blackhole()
    try:
        for_a_while(stage.beyond_session)
    finally:
        met = wire.heal(stage.random.choice(["resume", "reset"]))
    if not met:
        raise Missed("nobody was connected")
    return f"{name}: {open_} connections open, {met} silent for {stage.beyond_session:.1f} s"


@kind("brokers cut")
def brokers_cut(stage: FaultStage) -> str:
    reset = sum(proxy.cut() for proxy in stage.brokers.proxies.values())
    if not reset:
        raise Missed("nobody was connected")
    return f"{reset} connections reset"


@kind("brokers silent")
def brokers_silent(stage: FaultStage) -> str:
    proxies = list(stage.brokers.proxies.values())
    for proxy in proxies:
        proxy.blackhole()
    try:
        for_a_while(stage.beyond_session)
    finally:
        met = sum(proxy.heal("reset") for proxy in proxies)
    if not met:
        raise Missed("nobody was connected")
    return f"{met} connections silent for {stage.beyond_session:.1f} s"
