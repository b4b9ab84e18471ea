"""Kudos that are wrong in several ways: the dead letter names them all, the catalog's too."""

from tests.integration.handlers.harness import Harness
from tests.support.given import kudos


def test_the_dead_letter_names_a_kind_that_the_catalog_lacks_beside_other_faults(
    harness: Harness,
) -> None:
    harness.tell(kudos("k", "ann", "ann", "patience", program_id="never seen"))
    assert harness.rows("SELECT reason, detail FROM dead_letters") == [
        (
            "invalid",
            "recipient_id must not be the giver; kind: no such kind in the catalog; there are "
            "trust, networking, expertise, commitment, creativity",
        )
    ]
    assert harness.rows("SELECT program FROM programs") == []  # nothing is known of it yet
