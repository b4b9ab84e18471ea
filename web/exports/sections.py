"""What an export has of a person, section by section, each read when it is its turn."""

from collections.abc import Iterator
from datetime import datetime

from directory import membership, profile
from engine.queries import notes, personal
from engine.queries.snapshot import Snapshot
from engine.store import audit_log
from engine.store.audit_log import Entry
from engine.store.awards import kudos
from engine.store.awards.kudos import KudosReceived, KudosWanted
from engine.store.postgres.connection import Transaction, transaction
from events.instants import Instant, from_datetime, parse_instant
from events.schemas.review_submitted import ReviewSubmitted
from notifier.store import preferences
from web.exports.document import (
    AuditExported,
    AwardExported,
    CredentialExported,
    EvidenceExported,
    FactExported,
    InvitationExported,
    KudosGivenExported,
    KudosReceivedExported,
    LoopExported,
    NotificationExported,
    ProfileExported,
    ShareExported,
    TestimonialExported,
)
from web.notes import erasure, narratives, supervised
from web.notes.desk import NotesDesk
from web.store import credentials, invitations, note_reads, notifications, shares
from web.store.note_reads import NEVER_READ
from web.views.notes import CoordinatorReads
from web.views.preferences import PreferencesShown, shown

_PORTION = 100
_ABOUT_PEOPLE = (supervised.ACTION, erasure.ACTION, narratives.ACTION)


def who(tx: Transaction, program: str, person: str) -> ProfileExported | None:
    """As the directory has them."""
    known = profile.read(tx, program, person)
    if known is None:
        return None
    return ProfileExported(
        display_name=known.display_name,
        given_name=known.given_name,
        email=known.email,
        avatar_url=known.avatar_url,
        locale=known.locale,
        timezone=known.timezone,
        roles=list(known.roles),
        active=known.active,
    )


def chosen(tx: Transaction, program: str, person: str) -> PreferencesShown:
    """What they have chosen."""
    return shown(preferences.read(tx, program, person))


def notified(tx: Transaction, program: str, person: str) -> Iterator[NotificationExported]:
    """What they were notified of, latest first."""
    before = None
    while portion := notifications.page(tx, program, person, before, _PORTION):
        for row in portion:
            yield NotificationExported(
                what=row.what,
                at=from_datetime(row.at),
                read=_instant(row.read),
                gone=row.gone,
                award_id=row.award_id,
                invitation_id=row.invitation_id,
                kudos_id=row.kudos_id,
                case_id=row.case_id,
                news=row.news,
            )
        before = portion[-1].at, portion[-1].id


def invited(tx: Transaction, program: str, person: str) -> Iterator[InvitationExported]:
    """To what they were invited, latest first."""
    for row in invitations.ever(tx, program, person):
        yield InvitationExported(
            invitation_id=row.invitation_id,
            loop_id=row.loop,
            about_ids=list(row.about),
            at=from_datetime(row.at),
            dismissed=_instant(row.dismissed),
        )


def shared(tx: Transaction, program: str, person: str) -> Iterator[ShareExported]:
    """The awards that they ever shared, first to last."""
    for share in shares.of_person(tx, program, person):
        assert share.award_id is not None, "only erasing takes it away, and the person with it"
        yield ShareExported(
            share_id=share.share_id,
            award_id=share.award_id,
            show_name=share.show_name,
            made=from_datetime(share.made),
            ended=_instant(share.ended),
            why=share.why,
            credentials=[
                CredentialExported(
                    credential_id=one.credential_id,
                    made=from_datetime(one.made),
                    signed=one.signed,
                    revoked=_instant(one.revoked),
                )
                for one in credentials.of_share(tx, share.share_id)
            ],
        )


def loops(tx: Transaction, program: str, person: str) -> Iterator[LoopExported]:
    """The described loops that they are in, by id."""
    after = ""
    while portion := membership.loops_of(tx, program, person, after, _PORTION):
        for loop in portion:
            role = next(m.role for m in loop.members if m.participant_id == person)
            yield LoopExported(
                loop_id=loop.loop_id, name=loop.name, kind=loop.kind, state=loop.state, role=role
            )
        after = portion[-1].loop_id


def awards(snapshot: Snapshot, program: str, person: str) -> Iterator[AwardExported]:
    """All that was ever announced to them."""
    for announced in personal.awards(snapshot, program, person):
        award = announced.award
        yield AwardExported(
            award_id=award.id,
            loop_id=award.loop,
            badge=award.badge,
            level=award.level,
            occurrence=award.occurrence,
            awarded_at=award.time,
            valid_until=award.valid_until,
            giver_id=award.giver,
            revision=announced.revision,
            standing=announced.standing,
            by_decision=announced.decided,
            evidence=[
                EvidenceExported(type=item.type, id=item.id, at=item.time)
                for item in award.evidence
            ],
        )


def facts(
    snapshot: Snapshot, program: str, person: str, described: list[str]
) -> Iterator[FactExported]:
    """The facts that name them, but for reviews of peers: a single one is shown to nobody.
    `described`: loops that they are in as the directory knows."""
    for fact in personal.facts(snapshot, program, person, described):
        if fact.type == ReviewSubmitted.TYPE:
            continue
        yield FactExported(type=fact.type, time=fact.time, data=dict(fact.data))


def kudos_received(
    desk: NotesDesk, snapshot: Snapshot, program: str, person: str
) -> Iterator[KudosReceivedExported]:
    """Kudos to them that have a note, with the note."""
    before = None
    while True:
        noted = notes.with_notes(snapshot, program, KudosWanted(recipient=person), before, _PORTION)
        with transaction(desk.pool) as tx:
            stored = notes.stored(tx, noted.kudos)
            ids = [given.kudos_id for given in noted.kudos]
            reads = note_reads.tallies(tx, program, ids)
        for given in noted.kudos:
            if given.award_id in stored:
                opened = desk.opener.open(given, stored[given.award_id], "export")
                tally = reads.get(given.kudos_id, NEVER_READ)
                last = _instant(tally.last)
                yield KudosReceivedExported(
                    kudos_id=given.kudos_id,
                    kind=given.badge,
                    loop_id=given.loop,
                    giver_id=given.giver,
                    at=given.time,
                    note=opened.note,
                    state=opened.state,
                    coordinator_reads=CoordinatorReads(count=tally.times, last=last),
                )
        if not noted.more:
            return
        before = noted.kudos[-1].position


def kudos_given(snapshot: Snapshot, program: str, person: str) -> Iterator[KudosGivenExported]:
    """Kudos from them that stand."""
    before = None
    wanted = KudosWanted(giver=person)
    while portion := kudos.in_time(snapshot.tx, program, wanted, before, _PORTION):
        for given in portion:
            yield _given(given)
        before = portion[-1].position


def _given(given: KudosReceived) -> KudosGivenExported:
    return KudosGivenExported(
        kudos_id=given.kudos_id,
        kind=given.badge,
        loop_id=given.loop,
        recipient_id=given.recipient,
        at=given.time,
    )


def testimonials(
    desk: NotesDesk, snapshot: Snapshot, program: str, person: str
) -> Iterator[TestimonialExported]:
    """Testimonials for them that have a narrative, with it; read before any is given."""
    noted = [
        one for one in notes.testimonials(snapshot, program, person) if one.participant == person
    ]
    with transaction(desk.pool) as tx:
        stored = notes.narratives(tx, noted)
    for one, note in stored:
        opened = desk.opener.open(one, note, "export")
        yield TestimonialExported(
            testimonial_id=one.testimonial_id,
            loop_id=one.loop,
            author_id=one.author,
            source=one.source,
            at=one.time,
            narrative=opened.note,
            state=opened.state,
        )


def audit(
    desk: NotesDesk, snapshot: Snapshot, program: str, person: str
) -> Iterator[AuditExported]:
    """What the audit log has about them. Read before any is given: connections that may read notes
    are few, and somebody may take their export slowly."""
    received = {
        one.kudos_id for one in kudos.ever(snapshot.tx, program, person) if one.recipient == person
    }

    def is_about(entry: Entry) -> bool:
        details = entry.details
        of_notes = not received.isdisjoint(details.get("kudos_ids", ()))
        return details["program"] == program and (of_notes or details.get("participant") == person)

    with transaction(desk.pool) as tx:
        known = list(filter(is_about, audit_log.of_actions(tx, _ABOUT_PEOPLE)))
    for entry in known:
        at = parse_instant(entry.at)
        yield AuditExported(at=at, action=entry.action, reason=entry.reason)


def _instant(at: datetime | None) -> Instant | None:
    return None if at is None else from_datetime(at)
