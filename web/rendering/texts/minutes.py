"""Texts of the committee's minutes."""

TITLE = "Minutes"
HEADING = "Minutes of the committee"
LEAD = "Written from the record, without names, and sealed: who keeps a copy can compare."
ONE_TITLE = "Minutes {number}"
ONE_HEADING = "Minutes {number}"
DAYS = "{first} to {last}"
SEALED = "Sealed on {day}"
DIGEST = "Seal"
EMPTY_HEADING = "No minutes yet"
EMPTY = "A chair seals minutes after a meeting."
BACK = "All minutes"
SEAL_HEADING = "Seal minutes"
SEAL_LEAD = "They cover what was recorded since the last ones. Once sealed they do not change."
SEAL_BUTTON = "Seal minutes"
SEALED_NOW = "The minutes are sealed."
WRONG_HEADING = "That did not work"
FAULTS = {
    "too-late": "Somebody else has sealed them just now.",
    "not-allowed": "A fairness report has a red flag without an answer. Answer it first.",
}
