"""What a catalog cannot say, with the reason: the kinds of rule that authors look for."""

from collections.abc import Iterable

_TAKES_AWAY = (
    "one more fact would take the badge away, and criteria are true for good once they are true: "
    "test single facts in the measure's `where`, or have a service publish what happened as a fact"
)
_MAY_FALL = (
    "it may fall with one more fact, and a badge rests only on what grows: "
    "only what is judged as of an instant, such as a stage or a reward, can ask for it"
)
_INDICATOR = f"{_MAY_FALL}: write it among the `indicators`"
_WHY = {
    **dict.fromkeys(
        ("not", "none_of", "at_most", "less_than", "below", "fewer_than", "unless", "equals"),
        _TAKES_AWAY,
    ),
    **dict.fromkeys(("average", "median", "in_last", "in_standing"), _MAY_FALL),
    **dict.fromkeys(("mean", "share", "gain"), _INDICATOR),
}


def unknown(what: str, kind: str, known: Iterable[str]) -> str:
    """The fault of a kind that there is not. `what`: such as "criterion"."""
    why = f" ({_WHY[kind]})" if kind in _WHY else ""
    return f"no {what} is called `{kind}`; there are {', '.join(known)}{why}"
