"""Texts of the frame that every page has."""

SKIP = "Skip to the content"
DEMONSTRATION = "Demonstration: these people and their badges are made up."
PRODUCT = "Mentoring badges"
MAIN_NAVIGATION = "Main"
PROGRAMS = "Your programs"
NAVIGATION = (("kudos", "Kudos"), ("notes", "Notes"), ("highlights", "Highlights"))
PROGRESS = "My progress"
LEARNERS = "My learners"
PORTFOLIO = "My portfolio"
REVIEWS = "Reviews"
DESK = "Desk"
RECOGNITION = "Recognition"
CASES = "Cases"
COORDINATION = (
    ("overview", "Overview", "Overview"),
    ("people", "People", "People"),
    ("notes/all", "Notes", "Program notes"),
    ("highlights/all", "Highlights", "Program highlights"),
)
"""Pages of coordinators: of who is nothing else, and of who also takes part."""
CONSOLE = "Badge engine"
CONSOLE_NAVIGATION = (
    ("status", "/ops", "Status"),
    ("dead-letters", "/ops/dead-letters", "Refused records"),
    ("replay", "/ops/replay", "Generations"),
    ("audit", "/ops/audit", "Audit log"),
)
OPERATOR = "Operator"
CONSOLE_HELP = "All times are UTC. What to do about each message is in docs/operating.md."
MENU = "Menu"
COORDINATOR = "Coordinator"
SETTINGS = "Settings"
SIGN_OUT = "Sign out"
APPEARANCE = "Appearance"
APPEARANCES = (("auto", "As on this device"), ("light", "Light"), ("dark", "Dark"))
CHOSEN = "chosen"
HELP = "Help"
HELP_WITHOUT_LINK = "Questions? Ask your program's coordinator."
CLOSE = "Close"
LOADING = "Loading…"
TITLE_WITH_PROGRAM = "{page} · {program}"
LOST = "This page is not kept up to date just now. Reload it to see what is new."
BELL = "Notifications"
UNREAD = ("{n} unread", "{n} unread")
NEWS = ("{n} unread notification", "{n} unread notifications")
