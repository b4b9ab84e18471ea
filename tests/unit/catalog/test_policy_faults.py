"""Every fault of a policy is named with its line, in words that say what to write instead."""

import pytest

from engine.catalog.loader import CatalogError, parse
from tests.unit.catalog.policy_text import POLICY_TEXT

LINES = POLICY_TEXT.splitlines()
ASKED = "        - at_least: {meetings: 3}"
RATED = "        - at_least: {rating: {value: 3.5, sample: 3}}"
SHARED = "        - at_least: {content: {value: 0.8, sample: 5, in_last: {months: 12}}}"
WINDOW = "        - at_least: {meetings: {value: 2, in_last: {months: 6}}}"
BADGE = "    criterion: {at_least: {meetings: 1}}"
RENEWED = "    renewed: {at_least: {rating: {value: 3, sample: 1}}}"
GAIN_BY = "        by: [respondent_id]"
GAIN_FROM = "        from: {survey: {equals: mqs}}"
SHARE = "    aggregate: {share: {rating: {at_least: 4}}}"
RATERS = "    aggregate: {distinct: respondent_id}"
ROW = "      clarity: [none, little, some, much, all]"

# The line that is replaced, by what, and words of the one fault, which is at that line.
ONE_FAULT = [
    ("    aggregate: count", "    aggregate: {mean: duration_minutes}", "among the `indicators`"),
    ("    aggregate: count", "    aggregate: {share: {kind: {equals: a}}}", "the `indicators`"),
    (BADGE, "    criterion: {at_least: {rating: 3}}", "`rating` is an indicator, which may fall"),
    (BADGE, "    criterion: {at_least: {raters: 3}}", "`raters` is an indicator, which may fall"),
    (BADGE, "    criterion: {includes_all: {raters: [a]}}", "only stages and rewards"),
    (
        BADGE,
        "    criterion: {points: {at_least: 1, of: {meetings: 1, raters: 1}}}",
        "`raters` is an indicator",
    ),
    (BADGE, "    criterion: {in_standing: [expert]}", "only what is judged as of an instant"),
    (
        BADGE,
        "    criterion: {at_least: {meetings: {value: 1, in_last: {months: 3}}}}",
        "in stages and rewards alone",
    ),
    (
        BADGE,
        "    criterion: {at_least: {meetings: {value: 1}}}",
        "at_least meetings must be a numb",
    ),
    ("    aggregate: {mean: rating}", "    aggregate: {mean: survey}", "`survey` is not a number"),
    ("    aggregate: {mean: rating}", "    aggregate: {mean: nothing}", "no field `nothing`"),
    ("    aggregate: {mean: rating}", "    aggregate: mean", "mean must be text"),
    (RATERS, "    aggregate: {median: rating}", "no aggregate is called"),
    (SHARE, "    aggregate: {share: {}}", "share must have a condition"),
    (SHARE, "    aggregate: {share: rating}", "share must be a mapping"),
    (SHARE, "    aggregate: {share: {nothing: {equals: 1}}}", "no field `nothing`"),
    (SHARE, "    aggregate: {share: {rating: 4}}", "write `rating: {equals: 4}`"),
    (SHARE, "    aggregate: {share: {time: {weekday: [monday]}}}", "test their time in `where`"),
    ("        field: rating", "        field: survey", "`survey` is not a number"),
    ("        field: rating", "        field: nothing", "no field `nothing`"),
    (GAIN_BY, "        by: [nothing]", "no field `nothing`"),
    (GAIN_BY, "        by: []", "at least one entry"),
    (GAIN_BY, "        by: respondent_id", "at least one entry"),
    (GAIN_BY, "        by: [rating]", "told apart by text, which field `rating` is not"),
    (GAIN_BY, "        by: [about_ids]", "told apart by text, which field `about_ids` is not"),
    (GAIN_BY, "        by: [survey, survey]", "names `survey` twice"),
    (GAIN_BY, "        by: [survey, respondent_id, loop_id, survey_id]", "at most 3 fields"),
    (GAIN_FROM, "        from: {}", "from of gain must have a condition"),
    (GAIN_FROM, "        from: {nothing: {equals: 1}}", "no field `nothing`"),
    (GAIN_FROM, "        from: {time: {date: 01-01}}", "test their time in `where`"),
    (ASKED, "        - at_least: {nothing: 3}", "no measure or indicator is called `nothing`"),
    (ASKED, "        - at_least: {meetings: 0}", "must be above 0"),
    (ASKED, "        - at_least: {meetings: {value: 0}}", "must be above 0"),
    (ASKED, "        - at_least: {meetings: {value: -1}}", "must be above 0"),
    (ASKED, "        - at_least: {meetings: {value: two}}", "must be a number"),
    (ASKED, "        - at_least: {meetings: {value: 3, sample: 2}}", "leave `sample` out"),
    (ASKED, "        - at_least: {raters: {value: 3, sample: 2}}", "leave `sample` out"),
    (ASKED, "        - at_least: {meetings: {in_last: {months: 3}}}", "lacks `value`"),
    (ASKED, "        - at_least: {meetings: {value: 3, within: 2}}", "has no `within`"),
    (ASKED, "        - at_least: {rating: 3}", "write `rating: {value: 3, sample: …}`"),
    (ASKED, "        - in_last: {months: 3}", "no criterion is called `in_last`"),
    (ASKED, "        - holds: [expert]", "ask for its facts by in_standing"),
    (ASKED, "        - holds: [regular]", "belongs to a loop"),
    (ASKED, "        - holds: [nobody]", "no badge is called `nobody`"),
    (ASKED, "        - in_standing: [regular]", "belongs to a loop"),
    (ASKED, "        - in_standing: [nobody]", "no badge is called `nobody`"),
    (ASKED, "        - in_standing: []", "at least one entry"),
    (ASKED, "        - in_standing: novice", "at least one entry"),
    (ASKED, "        - in_standing: [{badge: novice}]", "must be text"),
    (ASKED, "        - points: {at_least: 1, of: {rating: 1}}", "no size that grows"),
    (ASKED, "        - includes_all: {rating: [a]}", "no size that grows"),
    (ASKED, "        - includes_all: {meetings: [a]}", "asks for a distinct measure"),
    (ASKED, "        - some_of: {number: 3, of: [{holds: [novice]}]}", "from 1 to 1"),
    (RATED, "        - at_least: {rating: {value: 3.5}}", "lacks `sample`"),
    (RATED, "        - at_least: {rating: {value: 3.5, sample: 0}}", "whole number of 1 or more"),
    (RATED, "        - at_least: {rating: {value: 3.5, sample: 1.5}}", "must be a whole number"),
    (RATED, "        - at_least: {rating: {value: 3.5, sample: true}}", "must be a whole number"),
    (RATED, "        - at_least: {rating: {value: 3.5, sample: .inf}}", "must be a whole number"),
    (SHARED, "        - at_least: {content: {value: 1.1, sample: 5}}", "from 0 to 1, such as 0.85"),
    (SHARED, "        - at_least: {content: {value: -0.1, sample: 5}}", "from 0 to 1"),
    (SHARED, "        - at_least: {content: {value: 85, sample: 5}}", "from 0 to 1"),
    (WINDOW, "        - at_least: {meetings: {value: 2, in_last: 6}}", "must be a mapping"),
    (WINDOW, "        - at_least: {meetings: {value: 2, in_last: {}}}", "lacks `months`"),
    (WINDOW, "        - at_least: {meetings: {value: 2, in_last: {days: 6}}}", None),
    (WINDOW, "        - at_least: {meetings: {value: 2, in_last: {months: 0}}}", "1 to 1200"),
    (WINDOW, "        - at_least: {meetings: {value: 2, in_last: {months: 1201}}}", "1 to 1200"),
    (WINDOW, "        - at_least: {meetings: {value: 2, in_last: {months: 1.5}}}", "whole number"),
    ("    badge: expert", "    badge: nobody", "no badge is called `nobody`"),
    ("    badge: expert", "    badge: regular", "belongs to a loop"),
    ("    badge: expert", "    badge: [expert]", "must be text"),
    ("    approvers: 2", "    approvers: 0", "from 1 to 9"),
    ("    approvers: 2", "    approvers: 10", "from 1 to 9"),
    ("    approvers: 2", "    approvers: 1.5", "must be a whole number"),
    ("    role: introductory", "    role: 1", "must be text"),
    ("    role: introductory", "    title: x", "has no `title`; it may have"),
    (
        "    role: introductory",
        "    renewed: {at_least: {meetings: 1}}",
        "has `renewed`, so say `given` too",
    ),
    ("    opens: [lead a loop]", "    opens: lead a loop", "at least one entry"),
    ("    opens: [lead a loop]", "    opens: [1]", "must be text"),
    (RENEWED, "    renewed: {at_least: {nothing: 1}}", "no measure or indicator is called"),
    (ROW, "      clarity: [none, little, some, much]", "exactly 5 texts"),
    (ROW, "      clarity: [none, little, some, much, all, more]", "exactly 5 texts"),
    (ROW, "      clarity: [none, little, some, much, 4]", "must be text"),
    (ROW, "      clarity: none", "exactly 5 texts"),
    (ROW, f"      {'c' * 129}: [none, little, some, much, all]", "at most 128 characters"),
    ("    score: the mean of the rows", "    score: 3", "must be text"),
    ("    score: the mean of the rows", "    mean: of rows", "has no `mean`"),
    ("    kind: grant", "    kind: money", "must be one of stipend, bonus, grant"),
    ("    selection: lottery", "    selection: score", "must be one of all, lottery, committee"),
    ("    cycle: year", "    cycle: week", "must be one of quarter, year"),
    ("    consent: required", "    consent: true", "must be one of required"),
    ("    places: 2", "    places: 0", "whole number of 1 or more"),
    ("    rest_cycles: 1", "    rest_cycles: 0", "whole number of 1 or more"),
    ("    holding: [expert]", "    holding: [nobody]", "no badge is called `nobody`"),
    ("    holding: [expert]", "    holding: [regular]", "belongs to a loop"),
    ("    holding: [expert]", "    holding: [expert, expert]", "names `expert` twice"),
    ("    holding: [expert]", "    holding: []", "at least one entry"),
    (
        "    also: {at_least: {rise: {value: 1, sample: 2}}}",
        "    also: {at_least: {nothing: 1}}",
        "no measure or indicator is called `nothing`",
    ),
    (
        "  committee: {members: [5, 9], quorum: 3}",
        "  committee: {members: [9, 5]}",
        "may not be larger",
    ),
    ("  committee: {members: [5, 9], quorum: 3}", "  committee: {members: 5}", "write `[5, 9]`"),
    ("  committee: {members: [5, 9], quorum: 3}", "  committee: {chair: ada}", "has no `chair`"),
    ("  settle_hours: 72", "  settle_hours: 1.5", "settle_hours of governance must be a whole"),
    ("  settle_hours: 72", "  panel: {k: 2}", "of 3 or more"),
    ("  settle_hours: 72", "  panel: {seats: 10}", "from 3 to 9"),
    ("  conflict: {same_employer: true}", "  conflict: {same_employer: 1}", "true or false"),
    ("  fairness: {by: [cohort], ratio: 0.8}", "  fairness: {ratio: 80}", "from 0 to 1"),
    ("  fairness: {by: [cohort], ratio: 0.8}", "  fairness: {by: [a, a]}", "something twice"),
    ("  fairness: {by: [cohort], ratio: 0.8}", "  budget: {}", "governance has no `budget`"),
    ("  silent_days: 21", "  silent_days: 0", "silent_days of watch must be a whole number"),
    ("  silent_days: 21", "  noisy_days: 3", "watch has no `noisy_days`"),
    ("  low_row: 1", "  low_row: 5", "from 0 to 4"),
]


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CatalogError) as caught:
        parse(text)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_the_catalog_without_a_fault_is_read() -> None:
    policy = parse(POLICY_TEXT).policy
    assert [of.name for of in policy.indicators] == ["content", "raters", "rating", "rise"]
    assert [stage.name for stage in policy.stages] == ["novice", "expert"]


@pytest.mark.parametrize(
    ("line", "wrong", "words"), ONE_FAULT, ids=[wrong.strip() for _, wrong, _ in ONE_FAULT]
)
def test_one_fault_is_named_with_its_line(line: str, wrong: str, words: str | None) -> None:
    place = LINES.index(line)
    text = "\n".join([*LINES[:place], wrong, *LINES[place + 1 :]])
    faults = faults_of(text)
    if words is None:  # both what it has and what it lacks
        assert [at for at, _ in faults] == [place + 1] * 2
        return
    [(at, message)] = faults
    assert at == place + 1
    assert words in message


# What is left out, or put in, and words of the fault of what is a line above.
ONE_MISSING = [
    ("    approvers: 2\n", "", "`given` and `approvers` together"),
    ("    badge: novice\n", "", "lacks `badge`"),
    ("        by: [respondent_id]\n", "", "gain lacks `by`"),
    ("        from: {survey: {equals: mqs}}\n", "", "gain lacks `from`"),
    ("        to: {survey: {equals: post_meeting}}\n", "", "gain lacks `to`"),
    ("        field: rating\n", "", "gain lacks `field`"),
    ("    of: Six months of mentoring\n", "", "lacks `of`"),
    ("    rated_by: a panel\n", "", "lacks `rated_by`"),
    ("    kind: grant\n", "", "lacks `kind`"),
    ("    holding: [expert]\n", "", "lacks `holding`"),
    ("    cycle: year\n", "", "lacks `cycle`"),
    ("    places: 2\n", "", "say how many `places`"),
    ("    selection: lottery\n    places: 2\n", "    selection: all\n", "not drawn by lot"),
    (
        "    selection: lottery\n    places: 2\n    rest_cycles: 1\n",
        "    selection: all\n    places: 2\n",
        "no places to be counted",
    ),
    ("    selection: lottery\n", "    selection: committee\n", "not drawn by lot"),
    ("  practice/1:\n", "  practice:\n", "write `practice/1`"),
    ("  practice/1:\n", "  practice/0:\n", "a whole number from 1"),
    ("  practice/1:\n", "  practice/01:\n", "a whole number from 1"),
    ("  practice/1:\n", "  /1:\n", "by its name and version"),
    ("    score: the mean", "    total: the sum\n    score: the mean", "not both"),
    ("  expert:\n    badge: expert\n", "  expert:\n    badge: novice\n", "a badge of its own"),
    ("  grant:\n", f"  {'g' * 129}:\n", "at most 128 characters"),
    ("  raters:\n", "  meetings:\n", "`meetings` is a measure too"),
    ("  raters:\n    event", "  expert:\n    event", "which an indicator already has"),
]


@pytest.mark.parametrize(
    ("was", "now", "words"), ONE_MISSING, ids=[f"{was}{now}" for was, now, _ in ONE_MISSING]
)
def test_what_is_missing_or_does_not_fit_is_named(was: str, now: str, words: str) -> None:
    assert was in POLICY_TEXT
    messages = [message for _, message in faults_of(POLICY_TEXT.replace(was, now, 1))]
    assert any(words in message for message in messages), messages


@pytest.mark.parametrize(
    "key", ["indicators", "stages", "rubrics", "rewards", "governance", "watch"]
)
def test_a_part_that_is_no_mapping_is_named(key: str) -> None:
    start = LINES.index(f"{key}:")
    end = next((n for n in range(start + 1, len(LINES)) if LINES[n][0] != " "), len(LINES))
    text = "\n".join([*LINES[:start], f"{key}: [a]", *LINES[end:]])
    assert (start + 1, f"{key} must be a mapping") in faults_of(text)


def test_many_faults_are_named_at_once() -> None:
    text = POLICY_TEXT.replace("approvers: 2", "approvers: none")
    text = text.replace("{mean: rating}", "{mean: survey}").replace("kind: grant", "kind: car")
    assert len(faults_of(text)) == 3
