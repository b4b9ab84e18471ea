"""A Faust agent with a table, as Faust's documentation shows it.

At least once: a crash between the table's changelog and the agent's commit counts an event twice,
and what is published twice is counted twice. Run by itself: ADDRESS SOURCE TARGET EVENTS; prints
events a second.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from typing import Any

import faust

from benchmarks.facts import KUDOS
from benchmarks.peers import LEVELS, attended


def rate(bootstrap: str, source: str, target: str, events: int) -> float:
    """Events a second from the first to the last, awards acknowledged, in a process of its own."""
    command = [sys.executable, "-m", __name__, bootstrap, source, target, str(events)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    rate_ = re.search(r"^rate ([0-9.]+)$", done.stdout, re.MULTILINE)  # Faust prints other things
    if rate_ is None:
        raise RuntimeError(f"the Faust peer ended with {done.returncode}: {done.stderr[-500:]}")
    return float(rate_[1])


def _app(bootstrap: str, source: str, target: str, events: int, folder: str) -> faust.App:
    app = faust.App(
        "peer-faust",
        broker=f"kafka://{bootstrap}",
        store="memory://",
        topic_partitions=12,
        topic_replication_factor=1,
        web_enabled=False,
        datadir=folder,
    )
    activity = app.topic(source, key_type=bytes, key_serializer="raw", value_serializer="json")
    awards = app.topic(target, value_serializer="json")
    counts = app.Table("meetings", default=int)

    async def take(stream: Any) -> None:
        seen, began = 0, time.perf_counter()
        async for event in stream:
            seen += 1
            if seen == 1:
                began = time.perf_counter()
            for key in attended(event):
                counts[key] += 1
                if counts[key] in LEVELS:
                    await awards.send(key=key, value={"who": key, "meetings": counts[key]})
            if event["type"] == KUDOS:
                await awards.send(key=event["id"], value=event["data"])
            if seen == events:
                await app.producer.flush()
                measured = events / (time.perf_counter() - began)
                os.write(1, f"\nrate {measured}\n".encode())  # what is printed, Faust logs
                os._exit(0)

    app.agent(activity)(take)
    return app


def main() -> None:
    """Be the peer."""
    bootstrap, source, target, events = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        app = _app(bootstrap, source, target, int(events), folder)
        faust.Worker(app, loglevel="error").execute_from_commandline()


if __name__ == "__main__":
    main()
