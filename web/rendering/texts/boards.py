"""Texts of the boards that coordinators see: of somebody, and of a loop."""

PERSON_TITLE = "Badges of {name}"
PERSON_SUMMARY = "{held} of {of} badges"
KUDOS = ("{n} kudos", "{n} kudos")
FROM = ("from {n} person", "from {n} people")
PROGRESS = "Progress through the stages"
LOOPS = "Loop by loop"
NO_LOOPS = "They take part in no loop."
MORE_LOOPS = "More loops"
FIRST_LOOPS = "First loops"
OPEN_LOOP = "Board of this loop"
WITH = "with {names}"
CLOSED = "Closed"
NOTHING = "Nothing yet"
BACK_TO_PEOPLE = "People"
LOOP_TITLE = "Loop"
LOOP_HEADING = "{name}"
LOOP_LEAD = ("{n} member", "{n} members")
NOBODY = "Nobody is in this loop."
