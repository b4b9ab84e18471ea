"""What must be, by the oracle: awards, invitations, and a fold of the measures of our own."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from tests.verification.checker.seen import Json
from tests.verification.oracle.oracle import (
    SHIPPED,
    Rules,
    certified_of,
    kudos_of,
    of_loop,
    people_of,
)
from tests.verification.oracle.reading import (
    KUDOS,
    KUDOS_BADGES,
    MEETING,
    MILESTONE,
    QUIZ,
    SURVEY,
    InputRecord,
)

Person = tuple[str, str]  # program, participant
RulesOf = Callable[[str], Rules]
"""The rules that a program is under."""


def _shipped(_program: str) -> Rules:
    return SHIPPED


def everywhere(rules: Rules) -> RulesOf:
    """The same rules for every program."""
    return lambda _: rules


def awards(facts: Iterable[InputRecord], rules_of: RulesOf = _shipped) -> dict[str, Json]:
    """The oracle's awards by id. It is asked loop by loop, since it looks at everything it is
    given for every person."""
    loops: dict[tuple[str, str], list[InputRecord]] = defaultdict(list)
    quizzes: dict[Person, list[InputRecord]] = defaultdict(list)
    found: list[Json] = []
    for fact in facts:
        program, kind, place, *_ = fact.key
        if kind == "loop":
            loops[program, place].append(fact)
        if fact.type == QUIZ:
            quizzes[program, fact.data["participant_id"]].append(fact)
        found.extend(kudos_of(fact))
    certified = {person: certified_of(*person, passed) for person, passed in quizzes.items()}
    for lines in certified.values():
        found.extend(lines)
    for (program, loop), told in loops.items():
        for person in people_of(told):
            above = certified.get((program, person), [])
            found.extend(of_loop(program, loop, person, told, above, rules_of(program)))
    return {str(line["award_id"]): line for line in found}


def measures(facts: Iterable[InputRecord]) -> list[Json]:
    """The lines of `measures export`: by program, loop (none first) and participant."""
    counts: dict[tuple[str, str | None, str], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(_COUNTS, 0)
    )
    milestones: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for fact in facts:
        program, kind, place, *_ = fact.key
        loop = place if kind == "loop" else None
        for name, people in counted(fact):
            for person in people:
                counts[program, loop, person][name] += 1
        if fact.type == MILESTONE:
            milestones[program, loop, fact.data["participant_id"]].add(fact.data["milestone"])
    return [
        {
            "program_id": program,
            "loop_id": loop,
            "participant_id": person,
            "measures": {
                **counts[program, loop, person],
                "milestones": sorted(milestones[program, loop, person]),
            },
        }
        for program, loop, person in sorted(
            counts.keys() | milestones.keys(), key=lambda who: (who[0], who[1] or "", who[2])
        )
    ]


_COUNTS = (
    *("meetings_attended", "top_ratings", "post_meeting_surveys", "course_quizzes_passed"),
    *KUDOS_BADGES,
)


def counted(fact: InputRecord) -> Iterable[tuple[str, Iterable[str]]]:
    """The counts that a fact adds one to, and whose."""
    data = fact.data
    if fact.type == MEETING:
        yield "meetings_attended", data["attendee_ids"]
    elif fact.type == SURVEY and data["survey"] == "post_meeting":
        yield "post_meeting_surveys", [data["respondent_id"]]
    elif fact.type == SURVEY and data["rating"] == 5:
        yield "top_ratings", data["about_ids"]
    elif fact.type == QUIZ and data["quiz_id"] == "participant-course":
        yield "course_quizzes_passed", [data["participant_id"]]
    elif fact.type == KUDOS:
        yield data["kind"], [data["recipient_id"]]
