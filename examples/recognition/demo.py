"""`make demo-recognition`: Aurora Guild through a real broker, worker and database; then what
mentors and the committee ask: a checklist, who is ready, a draw that is verified, and whether
groups come as far. Prints each command before it runs it: anybody can do the same.

    python -m examples.recognition.demo
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from engine.local import broker, database
from examples.recognition import governed
from examples.recognition.make_history import HISTORY

_OUT = Path("out/recognition")
_MODULES = {
    "badge-engine": "engine.cli.main",
    "badge-replay": "replay.cli",
    "badge-governance": "governance.cli",
}
_BEFORE_MASTER, _BEFORE_THE_DECISION = "2026-02-15T12:00:00Z", "2026-05-05T12:00:00Z"


def show() -> None:
    """Everything; what it starts, it stops. Raises CalledProcessError if a command fails."""
    _OUT.mkdir(parents=True, exist_ok=True)
    given = {name: os.environ.get(name) for name in ("KAFKA_BOOTSTRAP", "DATABASE_URL")}
    with (
        broker(given["KAFKA_BOOTSTRAP"]) as kafka,
        database(given["DATABASE_URL"]) as postgres,
    ):
        os.environ |= {
            "KAFKA_BOOTSTRAP": kafka.bootstrap,
            "DATABASE_URL": postgres.url,
            "BADGE_ENGINE_CATALOG": "recognition",
        }
        history, awards = os.path.relpath(HISTORY), _OUT / "awards.jsonl"
        _run(f"badge-engine demo --events {history} --export {awards} --recomputed --show")
        imani = "badge-engine eligible --program aurora --participant imani --stage master-mentor"
        _run(f"{imani} --as-of {_BEFORE_MASTER}")
        _run(f"{imani} --as-of {_BEFORE_THE_DECISION}")
        _run(f"badge-engine eligible --program aurora --as-of {_BEFORE_THE_DECISION}")
        with governed.governed(postgres.url) as committee:
            _run(f"badge-governance draw --program aurora --week {governed.WEEK}")
            draw = governed.draw_id(committee)
            _run(f"badge-governance verify-draw --program aurora --draw {draw} --by vera")
            _run("badge-governance fairness --program aurora --publish")


def _run(command: str) -> None:
    print(f"\n$ {command}", flush=True)
    program, *arguments = shlex.split(command)
    subprocess.run([sys.executable, "-m", _MODULES[program], *arguments], check=True)


if __name__ == "__main__":
    show()
