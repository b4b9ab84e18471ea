"""What it costs to seal a private note, to make somebody a key, and to look at what came sealed.

Each is done in many short rounds, in turns, and the fastest round counts: what is slower waited for
something else on this machine. X25519 alone is what no code of ours can save.

    python -m benchmarks.sealing [--json FILE]
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from events.sealed_note import header_fault, kid_of
from events.sealing import KEY, new_key_pair, seal, seal_note

_ROUNDS = 2_000
_TIMES = 4
_IDS = {
    "program_id": "northfield-alumni",
    "loop_id": "loop-tomas-wen",
    "kudos_id": "7d0cfc45-4e4e-5f1e-9d2f-1d7b0f3f8a21",
    "recipient_id": "wen.zhao",
}
_NOTE = "Thank you for listening when it mattered, and for asking the second question. " * 2
_MOST_US = 100.0
"""What a note in clear may cost."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    found = measure()
    bare = found["X25519 alone: a key and an agreement"]
    for name, cost in found.items():
        print(f"{name:<40}{cost:8.1f} us{cost / bare:8.2f}")
    if given.json is not None:
        figures = {name: {"us": cost, "of_bare": cost / bare} for name, cost in found.items()}
        given.json.write_text(json.dumps(figures, indent=2) + "\n")
    if found["a note sealed"] > _MOST_US:
        raise SystemExit(f"a note takes more than {_MOST_US:g} us")


def measure() -> dict[str, float]:
    """Microseconds of each, by what it is."""
    public, private = new_key_pair()
    master, _ = new_key_pair()
    written = json.dumps(private).encode()
    sealed = seal_note(_NOTE, public, **_IDS)
    works: dict[str, Callable[[], object]] = {
        "X25519 alone: a key and an agreement": lambda: X25519PrivateKey.generate().exchange(
            X25519PublicKey.from_public_bytes(public.x)
        ),
        "a note sealed": lambda: seal_note(_NOTE, public, **_IDS),
        "a key pair made and wrapped": lambda: (new_key_pair(), seal(written, master, KEY)),
        "the form of a sealed note checked": lambda: header_fault(sealed),
        "the name of its key read": lambda: kid_of(sealed),
    }
    fastest = dict.fromkeys(works, float("inf"))
    for _ in range(_ROUNDS):
        for name, work in works.items():
            began = time.perf_counter()
            for _ in range(_TIMES):
                work()
            fastest[name] = min(fastest[name], (time.perf_counter() - began) / _TIMES * 1e6)
    return fastest


if __name__ == "__main__":
    main()
