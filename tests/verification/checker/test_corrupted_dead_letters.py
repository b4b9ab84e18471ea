"""I5: a dead letter that is missing, there twice, or not as its record came, is caught."""

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import changed, dropped, in_database
from tests.verification.checker.seen import Observations


def dead_letter(**fields: object) -> Spoil:
    return lambda seen: in_database(
        seen, dead_letters=changed(seen.database.dead_letters, 2, **fields)
    )


SPOILED: dict[str, tuple[str, Spoil]] = {
    "a dead letter has other bytes": ("another value", dead_letter(value=b"other")),
    "a dead letter has another key": ("another key", dead_letter(key=b"other")),
    "a dead letter has other headers": ("another headers", dead_letter(headers=(("a", b"b"),))),
    "a dead letter has another reason": ("must be", dead_letter(reason="forgotten")),
    "a dead letter is of no record": ("no record of the topic", dead_letter(offset=9_999)),
    "a dead letter is missing": (
        "and no dead letter",
        lambda seen: in_database(seen, dead_letters=dropped(seen.database.dead_letters, 0)),
    ),
    "a dead letter is there twice": (
        "2 times",
        lambda seen: in_database(
            seen, dead_letters=(*seen.database.dead_letters, seen.database.dead_letters[0])
        ),
    ),
    "a dead letter was never tried": ("0 attempts", dead_letter(attempts=0)),
    "nothing is said of a dead letter": ("nothing is said of it", dead_letter(detail="")),
    "no version refused a dead letter": ("refused by no version", dead_letter(engine_version="")),
    "no catalog refused a dead letter": (
        "refused by 'ab', which is no catalog's digest",
        dead_letter(catalog_digest="ab"),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_dead_letter_is_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I5", words)
