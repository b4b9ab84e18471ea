"""Defects of credentials: what they say, when they are withdrawn, and which are believed."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE
_SIGNATURE = "credentials.verification:_check_signature"

DEFECTS = (
    Defect(
        "status-bit-from-the-right",
        "the bit of a withdrawn credential is counted from the wrong end of its byte",
        ("K1",),
        (Edit("credentials.status_list:encoded", "_FIRST >> index % 8", "1 << index % 8"),),
        _SURFACE,
    ),
    Defect(
        "list-of-before",
        "a list that was signed is served though a credential of it was withdrawn since",
        ("K1",),
        (
            Edit(
                "web.store.credentials:revoke",
                "UPDATE web.status_lists SET signed = NULL",
                "UPDATE web.status_lists SET signed = signed",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "address-without-salt",
        "the hash of an e-mail address is the same in all credentials",
        ("K2",),
        (Edit("credentials.credential:hashed", "email + salt", "email"),),
        _SURFACE,
    ),
    Defect(
        "another-header-member",
        "the header of a credential has a member that verifiers refuse",
        ("K2",),
        (
            Edit(
                "credentials.signing:SigningKeys.sign",
                '"typ": "JWT"',
                '"typ": "JWT", "cty": "vc"',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "altered-payload-accepted",
        "the signature of a credential is not checked",
        ("K3",),
        (
            Edit(
                _SIGNATURE,
                "jws.deserialize_compact(token, key, [ALGORITHM])",
                "token.encode()",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "key-of-another-program-accepted",
        "a credential of one program may name the key of another",
        ("K3",),
        (Edit(_SIGNATURE, "kid != addresses.key(issuer_url, thumbprint)", "not thumbprint"),),
        _SURFACE,
    ),
    Defect(
        "withdrawn-is-valid",
        "/verify says of a credential that was replaced that it is valid",
        ("K4",),
        (
            Edit(
                "web.sharing.checking:Checker.credential",
                "stored.revoked is not None",
                "stored.revoked is False",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "unknown-credential-is-valid",
        "/verify believes the signature alone, without a record of the credential",
        ("K4",),
        (
            Edit(
                "web.sharing.checking:Checker.credential",
                "return InvalidCredential(CredentialFault.NOT_RECORDED)",
                "return ValidCredential(claims, None)",
            ),
        ),
        _SURFACE,
    ),
)
