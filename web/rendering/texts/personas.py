"""Texts of the page on which a demonstration is entered."""

TITLE = "Choose who to be"
HEADING = "Choose who to be"
LEAD = "Each link signs you in as somebody of the demonstration. No password is asked."
