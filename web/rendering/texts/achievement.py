"""Texts of the page of an achievement: a badge at one of its levels."""

KIND = "Achievement"
CRITERION = "What it takes"
ISSUER = "Awarded by"
VERIFY = "Check a credential"
DOCUMENT = "This address answers JSON to who asks for it: Accept: application/json."
