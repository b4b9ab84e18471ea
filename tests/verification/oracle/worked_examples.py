"""Examples worked out by hand, as files: facts, catalogs, and what each case must give."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent / "worked"
PROGRAM = "aurora"
PERSON = "imani"

Json = dict[str, Any]


class WorkedCase(NamedTuple):
    """Records in the order of their arrival, the text of a catalog, and what is expected.

    Of an award and of an eligibility line only what is stated is compared; `nobody` means that no
    line is there."""

    name: str
    catalog: str
    lines: list[bytes]
    awards: list[Json]
    eligible: list[Json]
    terms: list[list[str]]
    refused: Json


def worked_cases(example: str = "*") -> list[WorkedCase]:
    """Every case of the examples whose folder matches."""
    folders = sorted(path for path in HERE.glob(example) if path.name != "catalogs")
    return [case for folder in folders for case in _cases(folder)]


def catalog_text(name: str) -> str:
    """One of the examples' catalogs."""
    return (HERE / "catalogs" / f"{name}.yaml").read_text(encoding="utf-8")


def _cases(folder: Path) -> list[WorkedCase]:
    lines = (folder / "facts.jsonl").read_bytes().splitlines()
    by_name = {str(json.loads(line)["id"]): line for line in lines}
    written = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    return [
        WorkedCase(
            f"{folder.name}: {case['case']}",
            catalog_text(case["catalog"]),
            [by_name[name] for name in case.get("facts", by_name)],
            case["awards"],
            case.get("eligible", []),
            case.get("terms", []),
            case.get("refused", {}),
        )
        for case in written
    ]


def stated_of(award: Json, expected: Json) -> Json:
    """As much of a line of AWARDS.jsonl as an example states."""
    named = {**award, "evidence": [item["id"] for item in award["evidence"]]}
    return {name: named.get(name) for name in expected}


def compared(case: WorkedCase, awards: list[Json]) -> list[Json]:
    """The person's awards as far as the case states them, by occurrence."""
    assert {(a["program_id"], a["recipient_id"], a["loop_id"]) for a in awards} <= {
        (PROGRAM, PERSON, None)
    }
    by_occurrence = {award["occurrence"]: award for award in awards}
    assert by_occurrence.keys() == {expected["occurrence"] for expected in case.awards}
    return [stated_of(by_occurrence[expected["occurrence"]], expected) for expected in case.awards]


def answered(expected: Json, lines: list[Json]) -> Json:
    """What eligibility lines say of the person, as far as the case states it."""
    own = [line for line in lines if line["participant_id"] == PERSON]
    if not own:
        return {"as_of": expected["as_of"], "nobody": True}
    (line,) = own
    assert line["met"] == line["root"]["met"]
    everything = {**line["root"], **line}
    return {name: everything.get(name) for name in expected}
