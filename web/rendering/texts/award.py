"""Texts of the page of a shared award, and of what is shown of it before it is shared."""

AWARDED_TO = "Awarded to {name}"
SOMEBODY = "Awarded to a participant of {program}"
BY = "By {issuer} on {day}"
VALID_UNTIL = "Valid until {day}"
EXPIRED_ON = "Expired: it was valid until {day}"
WHAT_FOR = "What earned it"
TITLE = "{name} · {program}"
VERIFY = "Check that this is genuine"
VERIFY_HINT = "The badge comes with a signed credential, which anybody can check."
DOWNLOADS = "Downloads"
BADGE = "Badge (PNG)"
CREDENTIAL = "Credential (JWT)"
PICTURE = "{name}, a badge of {program}"
ENDED = {
    "withdrawn": (
        "This badge is no longer shown",
        "Its holder has withdrawn this page, and with it the credential.",
    ),
    "revoked": (
        "This badge is no longer held",
        "It was shown here while it was held. Its credential was withdrawn.",
    ),
    "erased": ("This page is gone", "What was here has been removed for good."),
    "forbidden": (
        "This page is not public now",
        "The program shows no badges in public at present.",
    ),
}
ENDED_CODE = "Gone"
"""By why it ended: a heading, and what happened."""
