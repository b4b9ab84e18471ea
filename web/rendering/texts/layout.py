"""Texts of the frame that every page has."""

SKIP = "Skip to the content"
DEMONSTRATION = "Demonstration: these people and their badges are made up."
PRODUCT = "Mentoring badges"
MAIN_NAVIGATION = "Main"
PROGRAMS = "Your programs"
NAVIGATION = (("kudos", "Kudos"), ("highlights", "Highlights"))
MENU = "Menu"
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
