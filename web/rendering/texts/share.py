"""Texts of the share sheet."""

TITLE = "Share a badge"
HEADING = "Share {name}"
BACK = "All highlights"
SHARE = "Share"
SHARE_OF = "Share {name}"
PREVIEW = "What others will see"
PUBLIC_NOW = "This badge is public. Anybody with the link can see this, and nothing else of you."
NOT_YET = "Only you can see this now. Once it is public, anybody with the link can."
SHOW_NAME = "Show my name"
SHOW_NAME_HINT = "Otherwise the page says “a participant of {program}”."
NEW_CREDENTIAL = (
    "Changing this makes a new credential; one that you downloaded before is withdrawn."
)
MAKE_PUBLIC = "Make public"
SAVE = "Save"
LINK = "Link to the page"
OPEN = "Open the page"
COPY = "Copy"
COPY_OF = "Copy {name}"
COPIED = "Copied"
LINKEDIN = "LinkedIn"
LINKEDIN_LEAD = "LinkedIn does not always fill in its form. Copy what it asks for, then open it."
FIELDS = (
    ("name", "Name"),
    ("organization", "Issuing organization"),
    ("issued", "Issue date"),
    ("credential_id", "Credential ID"),
    ("credential_url", "Credential URL"),
)
"""What LinkedIn's form calls its fields."""
EXPIRES = "Expiration date"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
ADD = "Add to profile"
POST = "Post"
NEW_WINDOW = "(opens LinkedIn)"
DOWNLOADS = "Downloads"
BADGE = "Download badge"
BADGE_HINT = "A picture with the credential in it."
CREDENTIAL = "Download credential"
CREDENTIAL_HINT = "An Open Badges 3.0 credential, for wallets and for checking."
STOP_HEADING = "Stop sharing"
STOP_HINT = (
    "The page ends for good, and the credential is withdrawn. Sharing again makes a new link."
)
STOP = "Stop sharing"
FORBIDDEN_HEADING = "Your program has no public pages"
FORBIDDEN = "Badges of {program} cannot be shared. Your program's coordinator can say more."
NOT_HELD_HEADING = "You do not hold this badge now"
NOT_HELD = "What it was awarded for was withdrawn, so it cannot be shared."
