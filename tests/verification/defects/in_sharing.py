"""Defects of shared awards: whose name is shown, what ends, which bits stay."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "bit-forgotten",
        "who shows or hides their name leaves the bit of the credential before unset",
        ("S3",),
        (
            Edit(
                "web.store.status_lists:revoked",
                "WHERE list = %s AND revoked IS NOT NULL ORDER BY index",
                "WHERE list = %s AND revoked IS NOT NULL AND credential_id NOT IN (SELECT "
                "a.credential_id FROM web.credentials a JOIN web.credentials b "
                "ON a.share_id = b.share_id AND a.credential_id < b.credential_id) ORDER BY index",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "bit-cleared",
        "an award that is shared again has the bits of before cleared",
        ("S3",),
        (
            Edit(
                "web.store.status_lists:revoked",
                "WHERE list = %s AND revoked IS NOT NULL ORDER BY index",
                "c WHERE list = %s AND revoked IS NOT NULL AND NOT EXISTS (SELECT FROM web.shares "
                "s JOIN web.shares o USING (award_id) WHERE o.share_id = c.share_id "
                "AND s.ended IS NULL) ORDER BY index",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "award-in-public-address",
        "a shared award is under its own id, which anybody can compute",
        ("S1",),
        (
            Edit(
                "web.sharing.sharing:Sharing._begin",
                "share_ids.new(), item.program",
                "item.id, item.program",
            ),
            Edit(
                "web.sharing.share_ids:is_share_id",
                "_FORM.fullmatch(text) is not None",
                "bool(text)",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "name-shown-unasked",
        "the page has the name of a holder who does not show it",
        ("S1",),
        (
            Edit(
                "web.sharing.public:shown_award",
                "if show_name else None",
                "if show_name or item.id else None",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "ended-page-answered",
        "a page that its holder has ended is still there",
        ("S2",),
        (
            Edit(
                "web.sharing.public:look",
                "if share.why is not None:",
                'if share.why == "erased":',
            ),
            Edit(
                "web.sharing.public:look",
                "credential = credentials.live(tx, share_id)",
                "credential = credentials.of_share(tx, share_id)[-1]",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "revocation-not-followed",
        "a round leaves the share of an award that is lost",
        ("S4",),
        (
            Edit(
                "web.sharing.sweep:ShareSweep._end_lost",
                "if rules.is_lost(one.revision, held.get(one.award_id))",
                "if rules.is_lost(one.revision, held.get(one.award_id, one.revision))",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "earned-again-shown-again",
        "an award that was lost and earned again is shown on the page of before",
        ("S4",),
        (
            Edit(
                "web.sharing.rules:is_lost",
                "return revision != revision_shared",
                "return revision is None",
            ),
        ),
        _SURFACE,
    ),
)
