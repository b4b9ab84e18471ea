"""`rubrics: {NAME/VERSION: {of, rated_by, total? or score?, rows: {ROW: [five texts]}}}`."""

import re

from engine.catalog.policy import LEVELS, Rubric
from engine.catalog.policy_source.names import check_name
from engine.rules.source import Node

_KEY = re.compile(r"(.+)/([1-9][0-9]{0,8})")
_NEEDED = ("of", "rated_by", "rows")
_RESULTS = ("total", "score")
MOST_ROWS = 12
"""A review rates no more."""


def parse(node: Node) -> tuple[Rubric, ...]:
    """Read all rubrics; gives them by name and version."""
    rubrics = [_rubric(key, body) for key, body in node.mapping("rubrics").items()]
    return tuple(sorted(rubrics, key=lambda rubric: (rubric.name, rubric.version)))


def _rubric(key: str, node: Node) -> Rubric:
    what = f"rubric `{key}`"
    match = _KEY.fullmatch(key)
    if match is None:
        node.fault(
            f"{what} is named by its name and version, a whole number from 1: write `{key}/1`"
        )
    else:
        check_name(match[1], what, node)
    entries = node.mapping(what, (*_NEEDED, *_RESULTS))
    for needed in _NEEDED:
        if isinstance(node.value, dict) and needed not in entries:
            node.fault(f"{what} lacks `{needed}`")
    results = [result for result in _RESULTS if result in entries]
    if len(results) > 1:
        node.fault(f"{what} has a `total` or a `score`, not both")
    result = next(((one, entries[one].text(f"{one} of {what}")) for one in results), None)
    return Rubric(
        name=match[1] if match else key,
        version=int(match[2]) if match else 1,
        of=entries["of"].text(f"of of {what}") if "of" in entries else "",
        rated_by=entries["rated_by"].text(f"rated_by of {what}") if "rated_by" in entries else "",
        result=result,
        rows=_rows(entries["rows"], what) if "rows" in entries else (),
    )


def _rows(node: Node, what: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = node.mapping(f"rows of {what}")
    if isinstance(node.value, dict) and not 1 <= len(rows) <= MOST_ROWS:
        node.fault(f"{what} has 1 to {MOST_ROWS} rows")
    return tuple((row, _levels(row, levels, what)) for row, levels in rows.items())


def _levels(row: str, node: Node, what: str) -> tuple[str, ...]:
    check_name(row, f"row `{row}` of {what}", node)
    if not isinstance(node.value, list) or len(node.value) != LEVELS:
        node.fault(
            f"row `{row}` of {what} must be a list of exactly {LEVELS} texts, what is rated 0 to "
            f"{LEVELS - 1}"
        )
        return ()
    return tuple(level.text(f"a level of row `{row}` of {what}") for level in node.value)


_TEXT = {"type": "string", "minLength": 1}
SCHEMA: dict[str, object] = {
    "description": "By name/version. A version that was adopted never changes.",
    "type": "object",
    "propertyNames": {"pattern": f"^{_KEY.pattern}$"},
    "additionalProperties": {
        "type": "object",
        "required": list(_NEEDED),
        "additionalProperties": False,
        "properties": {
            "of": _TEXT,
            "rated_by": _TEXT,
            "total": _TEXT,
            "score": _TEXT,
            "rows": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": MOST_ROWS,
                "additionalProperties": {
                    "type": "array",
                    "minItems": LEVELS,
                    "maxItems": LEVELS,
                    "items": _TEXT,
                },
            },
        },
    },
}
