"""Badges that are called otherwise under another catalog: the same awards, with other names."""

import json
from pathlib import Path

from engine.catalog.loader import parse
from engine.projections.award import Kind
from engine.queries.diff_lines import lines
from engine.store.awards import differences
from engine.store.generations import catalogs, replays
from replay.diff import files, summary
from tests.integration.handlers.harness import Harness
from tests.integration.replay.rebuilt import approved, cut_over, ready, rolled_back
from tests.support.given import KUDOS, MEETING, kudos, meeting, retracted
from tests.unit.catalog.test_catalog_renames import AFTER, BEFORE


def _under(harness: Harness, text: str) -> int:
    number = approved(harness, parse(text))
    cut_over(harness, number)
    harness.hear()
    return number


def _names(harness: Harness, who: str = "ann") -> set[str]:
    return set(harness.held(who))


def test_a_diff_shows_renamed_awards_as_renamed_and_nothing_lost_or_gained(
    harness: Harness, tmp_path: Path
) -> None:
    harness.tell(meeting("m1", "ann", at=1), meeting("m2", "ann", at=2))
    _under(harness, BEFORE)
    number = ready(harness, parse(AFTER))
    with harness.transaction() as tx:
        replay = replays.get(tx, number)
        counted = summary.summary(tx, replay)
        assert [counted.total(kind) for kind in ("added", "lost", "moved")] == [0, 0, 0]
        assert (counted.total("renamed"), counted.unchanged) == (2, 0)
        shown = {
            (line.award["badge"], line.award["level"]): line.why
            for line in lines(tx, replay, Kind.RENAMED)
        }
        assert shown == {
            ("steady", "copper"): "was regular bronze",
            ("steady", "silver"): "was regular silver",
        }
        renamed = list(differences.of_kind(tx, replay, Kind.RENAMED))
        assert {difference.kind for difference in renamed} == {Kind.RENAMED}
        files.write(tmp_path / "diff.json", tx, replay, counted)
    diff = json.loads((tmp_path / "diff.json").read_text())
    assert {line["renamed_from"]["level"] for line in diff["renamed"]} == {"bronze", "silver"}
    assert all(not diff[kind] for kind in ("added", "lost", "moved"))


def test_after_a_cutover_awards_have_their_new_names_ids_and_dates_as_before(
    harness: Harness,
) -> None:
    harness.tell(meeting("m1", "ann", at=1), kudos("k", "ben", "ann", "trust", at=2))
    _under(harness, BEFORE)
    was = harness.award("ann", "regular", "bronze")
    number = approved(harness, parse(AFTER))
    done = cut_over(harness, number)
    assert (done.gained, done.lost, done.renamed) == (0, 0, 2)
    assert harness.hear() == []
    now = harness.award("ann", "steady", "copper")
    assert (now.award.id, now.award.time, now.revision) == (was.award.id, was.award.time, 1)
    assert "reliance" in {name.split()[0] for name in _names(harness)}


def _of_their_catalogs(harness: Harness) -> bool:
    """Whether each award, held or not, is of a badge and level of the catalog it is of."""
    rows = harness.rows("SELECT badge, level, catalog FROM awards")
    assert rows
    with harness.transaction() as tx:
        found = [(catalogs.of_row(tx, row).badge.get(badge), level) for badge, level, row in rows]
    return all(
        badge is not None and (level is None or level in {each.name for each in badge.levels})
        for badge, level in found
    )


def test_every_award_is_of_the_catalog_that_calls_it_so(harness: Harness) -> None:
    """Given awards that are held, revoked, and kept by decision, when badges are renamed and named
    back, then pages always find the badge in the award's catalog."""
    records = (meeting("m1", "ann", at=1), meeting("m2", "ann", at=2), meeting("m1b", "ben", at=1))
    harness.tell(*records, kudos("k", "ben", "ann", "trust", at=2))
    _under(harness, BEFORE)
    harness.tell(retracted(KUDOS, "k"), retracted(MEETING, "m1b"))
    stricter = BEFORE.replace("{meetings: 2}", "{meetings: 3}")
    cut_over(harness, approved(harness, parse(stricter), lost="keep"))
    number = _under(harness, AFTER.replace("{meetings: 2}", "{meetings: 3}"))
    assert "steady silver" in _names(harness)
    assert _of_their_catalogs(harness)
    rolled_back(harness, number)
    assert _of_their_catalogs(harness)


def test_a_renamed_badge_that_asks_for_more_as_well_has_a_proof_of_its_own(
    harness: Harness,
) -> None:
    harness.tell(*[meeting(f"m{n}", "ann", at=n) for n in range(1, 6)])
    _under(harness, BEFORE)
    _under(harness, AFTER.replace("{meetings: 1}", "{meetings: 4}").replace("2}}", "5}}"))
    copper = harness.award("ann", "steady", "copper")
    assert [item.id for item in copper.award.evidence] == ["m1", "m2", "m3", "m4"]


def test_what_happens_under_the_new_names_is_published_under_them(harness: Harness) -> None:
    harness.tell(meeting("m1", "ann", at=1), kudos("k", "ben", "ann", "trust", at=2))
    _under(harness, BEFORE)
    _under(harness, AFTER)
    harness.tell(meeting("m2", "ann", at=3), retracted(KUDOS, "k"))
    heard = {(item.what, item.data["revision"]) for item in harness.hear()}
    assert ("- ann reliance", 2) in {(what.rsplit(" k", 1)[0], n) for what, n in heard}
    assert ("+ ann steady silver", 1) in heard


def test_a_rollback_gives_the_old_names_back(harness: Harness) -> None:
    harness.tell(meeting("m1", "ann", at=1))
    _under(harness, BEFORE)
    number = _under(harness, AFTER)
    rolled_back(harness, number)
    assert harness.hear() == []
    assert harness.award("ann", "regular", "bronze").revision == 1


def test_what_is_kept_by_decision_is_renamed_too(harness: Harness) -> None:
    harness.tell(meeting("m1", "ann", at=1))
    _under(harness, BEFORE)
    demanding = approved(
        harness,
        parse(
            BEFORE.replace("{meetings: 1}", "{meetings: 3}").replace(
                "{meetings: 2}", "{meetings: 4}"
            )
        ),
        lost="keep",
    )
    cut_over(harness, demanding)
    _under(
        harness,
        AFTER.replace("{meetings: 1}", "{meetings: 3}").replace("{meetings: 2}", "{meetings: 4}"),
    )
    kept = harness.award("ann", "steady", "copper")
    assert kept.standing
    assert kept.decided
