"""How many examples a property is tried on: few in `make test`, more in `make verify`."""

from hypothesis import settings

# `pytest --hypothesis-profile NAME` chooses one; without it, the first.
TIMES = {"default": 1, "verify": 5, "full": 50}

for _name in TIMES:
    if _name != "default":
        settings.register_profile(_name)


def examples(number: int) -> settings:
    """So many in `make test`, some times as many in the other profiles; each may take its time."""
    times = TIMES.get(settings.get_current_profile_name(), 1)
    return settings(deadline=None, max_examples=number * times)
