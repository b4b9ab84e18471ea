"""Texts of the page for those who take part in no program and coordinate none."""

TITLE = "Signed in"
HEADING = "You have no badges of your own here"
NOBODY = "You are signed in, but you take part in no mentoring program here."
ADVICE = "If you expected badges, ask your program's coordinator, or sign in with another account."
SIGN_OUT = "Sign out"
