"""The per-loop view, from values alone: what is shown is what is decided."""

from collections.abc import Iterable, Mapping

from hypothesis import given

from engine.catalog.loader import parse
from engine.catalog.model import Badge, Catalog
from engine.fact import Fact
from engine.intake.parse import ParsedFact, parse_record
from engine.projections import cold, loop_board
from engine.projections.award import Award
from engine.projections.loop_board import BadgeProgress, LoopBoard, StandingAward
from tests.support.catalogs import EVERY_KIND, ONLY_MINUTES
from tests.support.given import MENTORLOOP, kudos, meeting, quiz
from tests.support.histories import facts

LEVELS_APART = parse("""\
catalog: levels-apart
version: 1
measures:
  meetings: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}
  surveys: {event: mentoring.survey.submitted.v1, who: respondent_id, aggregate: count}
badges:
  steps:
    name: Steps
    description: Levels that ask for different things
    levels:
      bronze: {at_least: {surveys: 1}}
      silver: {at_least: {meetings: 3}}
      gold: {all_of: [{at_least: {surveys: 1}}, {at_least: {meetings: 4}}]}
""")
NO_BADGES: Mapping[str, Badge] = {}


def facts_of(records: Iterable[bytes]) -> list[Fact]:
    readings = [parse_record(record) for record in records]
    return [reading.fact for reading in readings if isinstance(reading, ParsedFact)]


def view_of(
    catalog: Catalog,
    told: Iterable[Fact],
    loop: str,
    kept: Iterable[Award] = (),
    former: Mapping[str, Badge] = NO_BADGES,
) -> LoopBoard:
    """The view of a loop after these facts, everything of them announced. `kept`: awards that
    are kept by decision."""
    folded = cold.fold(catalog, told)
    states = {place.loop: state for place, state in folded.states.items()}
    people = {participant: values for (_, participant), values in folded.people.items()}
    announced = [standing(award) for award in folded.awards]
    announced += [standing(award, decided=True) for award in kept]
    return loop_board.of_loop(catalog, loop, states.get(loop, {}), people, announced, former)


def standing(award: Award, *, decided: bool = False) -> StandingAward:
    return StandingAward(
        award.id,
        award.loop,
        award.recipient,
        award.badge,
        award.level,
        award.occurrence,
        award.time,
        decided,
        catalog=1,
    )


def badge_of(found: LoopBoard, who: str, badge: str) -> BadgeProgress:
    (person,) = (p for p in found.participants if p.participant_id == who)
    (shown,) = (b for b in person.badges if b.badge == badge)
    return shown


@given(facts(40))
def test_the_first_level_above_all_that_are_held_is_next(told: list[Fact]) -> None:
    told = [fact for fact in told if fact.place.program == told[0].place.program]
    for loop in {fact.place.loop for fact in told if fact.place.loop is not None}:
        for person in view_of(EVERY_KIND, told, loop).participants:
            for shown in person.badges:
                held = {level.level or "" for level in shown.held}
                levels = [level.name for level in EVERY_KIND.badge[shown.badge].levels]
                above = max((levels.index(name) + 1 for name in held if name in levels), default=0)
                assert (shown.next is None) == (not levels[above:])
                if shown.next is not None:
                    assert (shown.next.level or "") == levels[above]
                    assert shown.next.have < shown.next.need


def test_levels_below_the_highest_that_is_held_are_not_next() -> None:
    three = facts_of(meeting(f"m{n}", "ann", at=n) for n in range(1, 4))
    steps = badge_of(view_of(LEVELS_APART, three, "loop"), "ann", "steps")
    assert [level.level for level in steps.held] == ["silver"]
    assert steps.next == loop_board.NextLevel("gold", 0, 2)


def test_levels_below_one_kept_by_decision_are_not_next() -> None:
    ten = facts_of(meeting(f"m{n}", "ann", at=n) for n in range(1, 11))
    silver = next(a for a in cold.fold(MENTORLOOP, ten).awards if a.level == "silver")
    momentum = badge_of(view_of(MENTORLOOP, ten[:3], "loop", [silver]), "ann", "momentum")
    assert momentum.next == loop_board.NextLevel("silver", 3, 10)


def test_an_award_kept_by_decision_is_held_and_is_no_progress() -> None:
    five = facts_of(meeting(f"m{n}", "ann", at=n) for n in range(1, 6))
    bronze = next(a for a in cold.fold(MENTORLOOP, five).awards if a.level == "bronze")
    momentum = badge_of(view_of(MENTORLOOP, five[:3], "loop", [bronze]), "ann", "momentum")
    (held,) = momentum.held
    assert (held.level, held.by_decision) == ("bronze", True)
    assert momentum.next == loop_board.NextLevel("bronze", 3, 5)


def test_who_is_left_with_a_kept_award_alone_is_still_shown() -> None:
    five = facts_of(meeting(f"m{n}", "ann", at=n) for n in range(1, 6))
    bronze = next(a for a in cold.fold(MENTORLOOP, five).awards if a.level == "bronze")
    found = view_of(MENTORLOOP, [], "loop", [bronze])
    assert [person.participant_id for person in found.participants] == ["ann"]


def test_what_was_reached_in_one_loop_does_not_show_in_another() -> None:
    told = facts_of(
        [
            *(meeting(f"m{n}", "ann", at=n) for n in range(1, 6)),
            meeting("other", "ann", loop_id="other"),
        ]
    )
    momentum = badge_of(view_of(MENTORLOOP, told, "other"), "ann", "momentum")
    assert momentum.held == ()
    assert momentum.next == loop_board.NextLevel("bronze", 1, 5)


def test_a_badge_of_the_program_counts_towards_one_of_the_loop() -> None:
    told = facts_of([meeting("m", "ann"), quiz("q", "ann")])
    champion = badge_of(view_of(MENTORLOOP, told, "loop"), "ann", "mentorloop-champion")
    assert champion.next == loop_board.NextLevel(None, 1, 4)


def test_kudos_kept_by_decision_are_counted_in_their_loop_and_in_the_total() -> None:
    given_once = facts_of([kudos("k1", "dan", "ann", "trust"), meeting("m1", "ann")])
    kept_here, kept_elsewhere = (
        cold.fold(MENTORLOOP, facts_of([kudos(name, "dan", "ann", "trust", loop_id=loop)])).awards
        for name, loop in (("k2", "loop"), ("k3", "other"))
    )

    found = view_of(MENTORLOOP, given_once, "loop", [*kept_here, *kept_elsewhere])

    trust = badge_of(found, "ann", "trust")
    assert (trust.count, trust.total) == (2, 3)
    assert [(held.award_id, held.by_decision) for held in trust.held] == [(kept_here[0].id, True)]
    assert badge_of(found, "ann", "creativity").held == ()


def test_a_badge_that_the_catalog_no_longer_has_is_shown_to_who_holds_it() -> None:
    five = facts_of(meeting(f"m{n}", "ann", "ben", at=n, duration_minutes=30) for n in range(1, 6))
    kept = [a for a in cold.fold(MENTORLOOP, five).awards if a.recipient == "ann"]

    found = view_of(ONLY_MINUTES, five, "loop", kept, {"momentum": MENTORLOOP.badge["momentum"]})

    momentum = badge_of(found, "ann", "momentum")
    assert [(held.level, held.by_decision) for held in momentum.held] == [("bronze", True)]
    assert (momentum.name, momentum.next) == ("Momentum", None)
    (ben,) = (person for person in found.participants if person.participant_id == "ben")
    assert [badge.badge for badge in ben.badges] == [badge.name for badge in ONLY_MINUTES.badges]
