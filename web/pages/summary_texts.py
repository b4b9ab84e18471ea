"""Texts of the summary of another person."""

HEADING = "Badges of {name}"
ROLES = {"mentor": "Mentor", "mentee": "Mentee"}
LEAD = "What {name} holds in {program}."
EMPTY = "{name} holds no badges yet."
