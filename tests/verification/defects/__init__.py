"""Seeded defects: the engine broken on purpose, so that the checker is seen to notice.

A checker that finds nothing may be blind. So each of some dozens of mistakes that somebody could
really make is made, one at a time, in a process of its own or for the length of a test, and the
checker must name the invariant that it breaks. `python -m tests.verification.defects`
runs them all and prints what caught each.
"""


def install(name: str) -> None:
    """Break this process by the defect of this name. Raises KeyError if there is none."""
    from tests.verification.defects.registry import ALL

    {defect.name: defect for defect in ALL}[name].install()
