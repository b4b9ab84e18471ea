"""Of which kind an award is to those who are notified, whatever its catalog calls it."""

import pytest

from events.schemas.badge_awarded import BadgeAwarded
from notifier.rules.preferences import category_of

AWARD = {
    "award_id": "5f0c2a52-6a0e-5b8e-9a5d-0d9a3c1f7b11",
    "revision": 1,
    "program_id": "acme",
    "loop_id": None,
    "recipient_id": "ann",
    "badge": "each",
    "badge_name": "Each",
    "level": None,
    "occurrence": "",
    "awarded_at": "2026-03-04T10:00:00.000000Z",
    "total": None,
    "catalog": {"name": "any", "version": 1, "digest": "0" * 64},
    "evidence": [{"type": "mentoring.quiz.passed.v1", "id": "q"}],
}


@pytest.mark.parametrize(
    ("category", "giver", "kind"),
    [
        ("achievement", None, "achievement"),
        ("kudos", None, "kudos"),
        ("trophy", None, "achievement"),
        ("trophy", "ben", "kudos"),
        ("achievement", "ben", "kudos"),
    ],
)
def test_what_somebody_gave_is_kudos_and_all_else_is_earned(
    category: str, giver: str | None, kind: str
) -> None:
    award = BadgeAwarded.model_validate({**AWARD, "category": category, "giver_id": giver})
    assert category_of(award) == kind
