"""One person of whom everything is known, in two programs, and everybody who may ask about them.

Each field of the matrix has a value that nobody else has, so that an answer shows by itself which
fields of the person it has.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.catalog import loader
from engine.store import policies
from events.instants import Instant
from governance.rules.rewards import lottery_document
from governance.rules.rewards.lottery_document import LotterySeed, LotteryTerms
from governance.store import draws
from governance.store.draws import Draw
from tests.integration.web.governed import (
    AUDITOR,
    CHAIR,
    OFFICERS,
    ON_CASE,
    OPENED,
    OTHER_MEMBER,
    RECORDED,
    REVIEWER,
    PlantedCommittee,
    plant_calibration,
    plant_case,
)
from tests.integration.web.panelled import plant_panel
from tests.integration.web.people_surface import (
    OPS,
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
    service,
)
from tests.support.asgi import WebAnswer
from tests.support.given import kudos, meeting, record, survey, voice
from web.policy.endpoint import Endpoint
from web.policy.matrix import Field, Viewer

SELF_MATCH, OTHER, ELSEWHERE = "open", "closed", "elsewhere"
PROGRAMS = (SELF_MATCH, OTHER)
PERSON, LOOP = "x-quill", "loop-of-quill"
GUIDE = "guy"
"""Who mentors the person, in a loop of the two."""
CONSENT = "1d0e0000-0000-4000-8000-000000000001"
"""The id of a consent that there is not."""
NOTE = "a private note of Gwendolyn"
NARRATIVE = "Xanthi listens like nobody else"
EMAIL = "x.quill.secret@example.org"
_FIRST_MEETING, _KUDOS = "2026-03-02T03:07:09Z", "2026-05-29T04:44:44Z"
_RANGE = "from=2026-03-01&to=2026-06-30"
_BRONZE_AT = "2026-03-06T03:07:09"  # the fifth meeting
_MEETINGS, _RATINGS = 7, 4
_TOTAL = 67  # no day, no minute
ZONE = "Antarctica/Troll"

GIFT = json.dumps({"loop_id": LOOP, "recipient_id": PERSON, "kind": "trust", "note": NOTE}).encode()
SHARED = b'{"show_name": true}'
GIFT_HEADERS = {"Content-Type": "application/json", "Idempotency-Key": "the-one-of-the-tests"}

INVITATION = "1a0e0000-0000-5000-8000-00000000000{}"
"""The ids of invitations of the person, by the number of the program."""
_TO_DISMISS = "1c0e0000-0000-5000-8000-00000000000{}"
_OF_OTHERS = "1b0e0000-0000-5000-8000-00000000000{}"

DRAWS = {name: f"1d0e0000-0000-5000-8000-00000000000{n}" for n, name in enumerate(PROGRAMS)}
"""The draw of a lottery, by program."""
STAGE, LINE = "certified", "0"
POLICY = """
indicators:
  practice_score:
    event: mentoring.review.submitted.v1
    who: participant_id
    aggregate: {mean: score}
stages:
  certified:
    badge: mentorloop-certified
    approvers: 2
    given:
      all_of:
        - at_least: {meetings_attended: 4}
        - at_least: {meetings_attended: 10}
        - at_least: {practice_score: {value: 3, sample: 3}}
    role: independent
rubrics:
  practice/1:
    of: A year of mentoring
    rated_by: a panel
    rows:
      care: [none, little, some, much, all]
"""
"""A policy for programs under the catalog of kudos: one stage, which asks for meetings, and for the
judgement of peers."""
PANEL_MEAN = "2.33"
"""The mean of a panel of two about the person: nobody may see it."""

_SHOWN: Mapping[Field, str] = {
    "progress": rf'"have":"?{_MEETINGS}(\.0)?"?,|\b{_MEETINGS} of 10\b',
    "evidence": re.escape(_FIRST_MEETING[:-1]),
    "givers": re.escape(_KUDOS[:-1]),
    "name": "Xanthippe|Xanthi|avatars.example/quill",
    "email": re.escape(EMAIL),
    "preferences": rf'"timezone":"{ZONE}"|value="{ZONE}" selected',
    "invitations": INVITATION.format("[01]"),
    "note": re.escape(NOTE),
    "narrative": "listens like nobody else",
    "case": re.escape(f"{OPENED:%Y-%m-%dT%H:%M:%S}"),
    "decision": re.escape(RECORDED),
    "dossier": r'"kind":"exemplar","number":|\b1 exemplar\b',
    "office": '"why":"family"|>Family · <time',  # of the conflict that they declared
    "outcomes": r'"(total|latest)":19\b|\b19 of 24\b',
    "shares": r'"share_id":|/a/[1-9A-HJ-NP-Za-km-z]{22}\b',
    "note exists": '"has_note":true|>Read note<',
    "note reads": '"coordinator_reads":|Not opened by a coordinator|Seen by coordinators',
}
"""What shows a field in an answer; badges show by ids, by how many there are, or by since when."""


def _of_committee(name: str) -> list[Role]:
    return [participant(SELF_MATCH, name), participant(OTHER, name)]


HELD: Mapping[Viewer, Sequence[Role]] = {
    "me": [participant(SELF_MATCH, PERSON), participant(OTHER, PERSON)],
    "giver": [participant(SELF_MATCH, "gwen"), participant(OTHER, "gwen")],
    "loop-mate": [participant(SELF_MATCH, "mate"), participant(OTHER, "mate")],
    "other, self-match": [participant(SELF_MATCH, "olga")],
    "other": [participant(OTHER, "olga")],
    "coordinator": [coordinator(SELF_MATCH), coordinator(OTHER)],
    "service": [service(SELF_MATCH), service(OTHER)],
    "ops": [OPS],
    "coordinator elsewhere": [coordinator(ELSEWHERE)],
    "public": [],
    "member on the case": _of_committee(ON_CASE),
    "other member": _of_committee(OTHER_MEMBER),
    "chair": _of_committee(CHAIR),
    "auditor": _of_committee(AUDITOR),
    "reviewer": _of_committee(REVIEWER),
    "their mentor": _of_committee(GUIDE),
}
"""The roles of those who ask."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The surface with the person on it. `awards`: the ids of theirs, by program; `gifts`: the
    kudos that are on their way to them from "gwen"; `cases`: one that was decided, and their appeal
    against it; `calibrations`: an open one, and an anchor that is their work; `panels`: one that
    reviews them, and the request of it to "revi"."""

    surface: PeopleSurface
    awards: Mapping[str, Sequence[str]]
    gifts: Mapping[str, str]
    cases: Mapping[str, tuple[str, str]]
    calibrations: Mapping[str, tuple[str, str]]
    panels: Mapping[str, tuple[str, str]]

    def shown(self, answer: WebAnswer) -> set[Field]:
        """The fields of the person that an answer has."""
        text = answer.text
        fields: set[Field] = {name for name, mark in _SHOWN.items() if re.search(mark, text)}
        awards = "|".join(award for of_program in self.awards.values() for award in of_program)
        count = rf"(?<![\w-]){_TOTAL}(?![\w-])"
        if re.search(f"{awards}|{count}|{_BRONZE_AT}", text):
            fields.add("badges")
        return fields

    def paths(self, endpoint: Endpoint, program: str) -> list[str]:
        """The addresses of an endpoint that lead to the person: one, or one for each badge."""
        badges = ("momentum", "trust") if "{badge_name}" in endpoint.path else ("",)
        return [
            endpoint.path.format(
                program=program,
                invitation_id=_TO_DISMISS.format(PROGRAMS.index(program)),
                participant="erased" if endpoint.method == "DELETE" else PERSON,
                loop=LOOP,
                badge_name=badge,
                # One that is shared, and one that is not: what ends there is nothing.
                award_id=self.awards[program][ends_sharing(endpoint)],
                kudos_id="k0" if "/notes/" in endpoint.path else self.gifts[program],
                stage=STAGE,
                name="practice",
                version="1",
                number="1",
                calibration_id=self.calibrations[program][0],
                anchor_id=self.calibrations[program][1],
                case_id=self.cases[program][is_of_desk(endpoint)],
                consent_id=CONSENT,
                draw_id=DRAWS[program],
                panel_id=self.panels[program][0],
                request_id=self.panels[program][1],
            )
            + query
            for query in _queries(endpoint)
            for badge in badges
        ]


def is_of_desk(endpoint: Endpoint) -> bool:
    """Whether an address is about the case that is on the desk."""
    return "/desk/" in endpoint.path or endpoint.path.endswith(
        ("/pack", "/unblinding", "/recusals", "/signatures")
    )


def ends_sharing(endpoint: Endpoint) -> bool:
    """Whether an address ends that an award is shared."""
    stops = endpoint.method == "DELETE" and endpoint.path.endswith("/share")
    return stops or endpoint.path.endswith("/share/stop")


def _queries(endpoint: Endpoint) -> list[str]:
    """What is asked for, where something must be."""
    if endpoint.path.endswith("/report.csv"):
        return [f"?what={what}&{_RANGE}" for what in ("people", "kudos", "awards")]
    if endpoint.method == "DELETE" and endpoint.path.endswith("/conflicts"):
        return ["?other=nobody&why=family"]
    if endpoint.path.endswith("/facts"):
        return [f"?line={LINE}"]
    return [f"?{_RANGE}" if endpoint.path.endswith(("{program}/report", "/overview")) else ""]


def adopt(surface: PeopleSurface, policy: str = POLICY) -> None:
    """Let programs go by a policy."""
    with surface.harness.transaction() as tx:
        wanted = loader.parse(surface.harness.catalog.text + policy)
        policies.adopt(tx, wanted, "the coordinator", "mentors are recognised")


def plant(surface: PeopleSurface) -> Planted:
    """Let the person earn everything, and everybody around them be known."""
    adopt(surface)
    for number, program in enumerate(PROGRAMS):
        surface.describe(
            described_program(program, self_match=program == SELF_MATCH),
            described_person(
                program, PERSON, display_name="Xanthippe Quill", given_name="Xanthi",
                email=EMAIL, avatar_url="https://avatars.example/quill.png", roles=["mentee"],
                timezone="Pacific/Chatham",
            ),
            *(
                described_person(program, name)
                for name in ("gwen", "mate", "olga", "paul", GUIDE, *OFFICERS)
            ),
            described_loop(program, LOOP, PERSON, "gwen", "mate"),
            described_loop(program, "loop-without-quill", "gwen", "mate"),
            described_loop(program, "loop-of-olga", "olga", "paul"),
        )  # fmt: skip
        place: dict[str, Any] = {"program_id": program, "loop_id": LOOP}
        surface.harness.tell(
            *(
                meeting(f"m{n}", PERSON, at=f"2026-03-{2 + n:02}T03:07:09Z", **place)
                for n in range(_MEETINGS)
            ),
            *(survey(f"s{n}", "mate", PERSON, at=12 + n, **place) for n in range(_RATINGS)),
            *(
                kudos(
                    f"k{n}", "gwen", PERSON, "trust", at=_KUDOS if n == 0 else 5, message=NOTE,
                    **place,
                )
                for n in range(_TOTAL)
            ),
            record(
                "mentoring.deliverable.accepted.v1", 9, {
                    **place, "deliverable_id": "d", "participant_id": PERSON, "learner_id": "mate",
                    "cohort_id": "c", "kind": "exemplar", "accepted_by": "learner",
                },
            ),
            voice("voice", PERSON, "gwen", narrative=NARRATIVE, at=15, **place),
            kudos("of-olga", "paul", "olga", "trust", program_id=program, loop_id="loop-of-olga"),
            partition=number,
        )  # fmt: skip
        surface.harness.tell(assessed(program), partition=number)
        surface.govern(*(reviewed(seat, program) for seat in (1, 2)), partition=number)
        choose(surface, program)
        notify(surface, number, program)
    rows = surface.harness.rows(
        "SELECT program, array_agg(award_id::text ORDER BY badge <> 'momentum', award_id) "
        "FROM awards WHERE recipient = %s GROUP BY program",
        PERSON,
    )
    gifts = {}
    for program in PROGRAMS:
        share(surface, program, dict(rows)[program][0])
        gifts[program] = give(surface, program, "gwen")
        give(surface, program, "mate")
    cases = {
        program: plant_case(surface, program, PERSON, "Xanthippe", "mentorloop-certified", number)
        for number, program in enumerate(PROGRAMS)
    }
    calibrations = {program: plant_calibration(surface, program, PERSON) for program in PROGRAMS}
    for program in PROGRAMS:
        plant_draw(surface, program, DRAWS[program])
    committee = PlantedCommittee(surface)
    asked = {
        program: plant_panel(committee, program, first, [REVIEWER])
        for program, (first, _) in cases.items()
    }
    panels = {program: (panel, requests[0]) for program, (panel, requests) in asked.items()}
    return Planted(surface, dict(rows), gifts, cases, calibrations, panels)


def plant_draw(surface: PeopleSurface, program: str, draw_id: str) -> None:
    """A lottery that the person won."""
    terms = LotteryTerms(
        program, "conference", "year", "2026", Instant("2026-01-01T00:00:00.000000Z"), 1, 2,
        "0" * 64,
    )  # fmt: skip
    drawn = lottery_document.drawn(terms, LotterySeed("0" * 64), frozenset({PERSON}), {})
    text = lottery_document.canonical(drawn)
    with surface.harness.transaction() as tx:
        draws.add(
            tx,
            Draw(
                draw_id, program, "reward", terms.about, "0" * 64, (), str(drawn["seed"]),
                lottery_document.digest(text), surface.now, document=text,
            ),
        )  # fmt: skip


def assessed(program: str) -> bytes:
    """An assessment of the person's work as a learner."""
    rows = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")
    return record("mentoring.portfolio.assessed.v1", 13, {
        "program_id": program, "loop_id": "loop-of-guide", "assessment_id": "of-quill",
        "cohort_id": "c1", "learner_id": PERSON, "mentor_ids": [GUIDE], "phase": "baseline",
        "rubric": "portfolio", "rubric_version": 1, "assessed_by": "independent", "raters": 1,
        "track": "introductory", **dict.fromkeys(rows, 3), "mastery": 4, "total": 19,
    })  # fmt: skip


def reviewed(seat: int, program: str) -> bytes:
    """One of the two reviews of the person by a panel that was to have three."""
    return record("mentoring.review.submitted.v1", 14, {
        "program_id": program, "review_id": f"review-{seat}", "participant_id": PERSON,
        "panel_id": "panel", "seat": seat, "rubric": "practice", "rubric_version": 1,
        "ratings": {"care": 2, "growth": 2, "tact": 3}, "score": 2.333333,
    })  # fmt: skip


def notify(surface: PeopleSurface, number: int, program: str) -> None:
    """Notify the person of an award, of kudos and of an invitation, and the others of the loop of
    an invitation to thank the person."""
    for invitation in (INVITATION, _TO_DISMISS):
        add_invitation(surface, invitation.format(number), program, PERSON, "gwen")
    for other, name in enumerate(("gwen", "mate")):
        mates = {"gwen", "mate"} - {name}
        add_invitation(
            surface, _OF_OTHERS.format(2 * number + other), program, name, PERSON, *mates
        )
    with surface.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO notify.notices (award_id, revision, standing, program, loop, participant, "
            "badge, badge_name, level, category, giver, awarded_at, seen_at, baseline) "
            "SELECT award_id, 1, true, program, loop, recipient, badge, badge, level, "
            "CASE WHEN giver IS NULL THEN 'achievement' ELSE 'kudos' END, giver, "
            "awarded_at::timestamptz, awarded_at::timestamptz, false "
            "FROM awards WHERE program = %s AND recipient = %s",
            program, PERSON,
        )  # fmt: skip
        tx.execute(
            "INSERT INTO notify.items (program, participant, what, award_id, at) "
            "SELECT program, participant, category, award_id, awarded_at FROM notify.notices "
            "WHERE program = %s",
            program,
        )  # fmt: skip


def add_invitation(
    surface: PeopleSurface, invitation: str, program: str, respondent: str, *about: str
) -> None:
    """Invite somebody of the loop to thank others there, and notify them, yesterday."""
    at = surface.now - timedelta(days=1)
    with surface.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO notify.invitations (invitation_id, program, loop, respondent, about, "
            "survey_id, at) VALUES (%s, %s, %s, %s, %s::text[], 's', %s)",
            invitation, program, LOOP, respondent, sorted(about), at,
        )  # fmt: skip
        tx.execute(
            "INSERT INTO notify.items (program, participant, what, invitation_id, at) "
            "VALUES (%s, %s, 'invitation', %s, %s)",
            program, respondent, invitation, at,
        )  # fmt: skip


def give(surface: PeopleSurface, program: str, name: str) -> str:
    """Let somebody of the loop give the person kudos, once; gives their id."""
    answer = surface.client.ask(
        "POST",
        f"/v1/programs/{program}/kudos",
        {**bearer(participant(program, name)), **GIFT_HEADERS},
        GIFT,
    )
    assert answer.status == 202, answer.text
    return str(answer.json()["kudos_id"])


def share(surface: PeopleSurface, program: str, award_id: str) -> None:
    """Let the person show an award to everybody, with their name."""
    answer = surface.client.ask(
        "PUT",
        f"/v1/programs/{program}/me/awards/{award_id}/share",
        {**bearer(participant(program, PERSON)), "Content-Type": "application/json"},
        SHARED,
    )
    assert answer.status == 201, answer.text


def choose(surface: PeopleSurface, program: str) -> None:
    """Let the person choose the time zone that nobody else has."""
    mine = bearer(participant(program, PERSON))
    answer = surface.client.ask(
        "PUT",
        f"/v1/programs/{program}/me/preferences",
        {**mine, "If-Match": "*", "Content-Type": "application/json"},
        f'{{"timezone": "{ZONE}", "appearance": "dark"}}'.encode(),
    )
    assert answer.status == 200, answer.text
