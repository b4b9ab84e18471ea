"""Texts of the summary of another person."""

HEADING = "{name}"
ROLES = {"mentor": "Mentor", "mentee": "Mentee"}
BADGES = "Badges"
TIMES = ("{n} time", "{n} times")
EMPTY = "No badges yet."
