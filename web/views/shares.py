"""A shared award as its holder sees it: addresses to hand on, and what LinkedIn asks for."""

from datetime import datetime
from uuid import UUID

from credentials import addresses, linkedin
from events.instants import to_datetime
from web.sharing import cards
from web.sharing.public import PublicAward
from web.sharing.sharing import Shared
from web.views.model import View


class LinkedinFieldsShown(View):
    """The fields of LinkedIn's form for a certification; months and years in UTC. There is no
    expiration of what does not end."""

    name: str
    organization: str
    issue_month: int
    issue_year: int
    credential_id: str
    credential_url: str
    expiration_month: int | None = None
    expiration_year: int | None = None


class LinkedinShown(View):
    """`add_url` opens LinkedIn's form, `post_url` a new post there; LinkedIn does not always fill
    in the fields, so they can be copied."""

    add_url: str
    post_url: str
    fields: LinkedinFieldsShown


class ShareShown(View):
    """An award that is shared. `url`: its public page; `og_url`: the picture that is shown where
    the page is linked; `credential_url`: the credential as a JWT; `badge_url`: the badge as a PNG
    with the credential in it."""

    share_id: str
    show_name: bool
    url: str
    og_url: str
    credential_url: str
    badge_url: str
    linkedin: LinkedinShown


def of(host: str, shared: Shared) -> ShareShown:
    """A shared award. `host`: BADGE_WEB_PUBLIC_URL."""
    award = shared.award
    url = addresses.share(host, award.share_id)
    return ShareShown(
        share_id=award.share_id,
        show_name=shared.show_name,
        url=url,
        og_url=picture(host, award),
        credential_url=f"{url}/credential.jwt",
        badge_url=f"{url}/badge.png",
        linkedin=_linkedin(award, url),
    )


def picture(host: str, award: PublicAward) -> str:
    """The address of the picture of a shared award: another picture has another address, since who
    shows it elsewhere keeps it for days."""
    version = cards.of(award.shown).version
    return f"{addresses.share(host, award.share_id)}.png?v={version}"


def _linkedin(award: PublicAward, url: str) -> LinkedinShown:
    achievement, program = award.shown.achievement, award.shown.program
    awarded: datetime = to_datetime(award.shown.awarded_at)
    credential_id = UUID(award.credential.credential_id)
    ends = award.shown.valid_until
    fields = linkedin.fields(
        achievement.name,
        achievement.issuer.name,
        awarded,
        credential_id,
        url,
        None if ends is None else to_datetime(ends),
    )
    organization = program.issuer.linkedin_organization_id if program.issuer else None
    return LinkedinShown(
        add_url=linkedin.add_to_profile(fields, organization),
        post_url=linkedin.post(url),
        fields=LinkedinFieldsShown(
            name=fields.name,
            organization=fields.organization,
            issue_month=fields.issue_month,
            issue_year=fields.issue_year,
            expiration_month=fields.expiration_month,
            expiration_year=fields.expiration_year,
            credential_id=fields.credential_id,
            credential_url=fields.credential_url,
        ),
    )
