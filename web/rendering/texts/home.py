"""Texts of the page for those who have no badges of their own."""

TITLE = "Signed in"
HEADING = "You have no badges of your own here"
COORDINATOR = (
    "You are signed in as a coordinator. These pages are for participants and their own badges; "
    "coordinators read people's badges and loop boards through the API."
)
NOBODY = "You are signed in, but you take part in no mentoring program here."
ADVICE = "If you expected badges, ask your program's coordinator, or sign in with another account."
PROGRAM_NOTES = "Private notes of {program}"
SIGN_OUT = "Sign out"
