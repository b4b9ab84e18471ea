"""Texts of the page of a program as an issuer of credentials."""

KIND = "Issuer of credentials"
WHAT = (
    "{name} recognises what people do in its mentoring program with badges. Who holds one may show "
    "it with a credential that anybody can check."
)
SITE = "Site of {name}"
SUPPORT = "Help and contact"
VERIFY = "Check a credential"
MACHINES = "For programs"
DOCUMENT = "This address answers JSON to who asks for it: Accept: application/json."
KEYS = "The keys that sign its credentials"
STANDARD = "Conforms to Open Badges 3.0; not certified by 1EdTech."
