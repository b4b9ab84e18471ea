"""The descriptions of the APIs, OpenAPI 3.1: what the applications serve and docs/ has as files.

The framework knows paths, parameters and answers; what all addresses have in common is added here.
`python -m web.openapi docs/openapi.json` writes the file of people, and
`python -m web.openapi docs/openapi-ops.json ops` that of operators.
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from engine.version import VERSION
from web.api.committee.cases import Application, SubjectText, WithdrawalAsked
from web.api.committee.desk import NameAsked, Recused, Signed
from web.api.committee.people import ConflictDeclared, OfficeGiven
from web.api.kudos import KudosToGive
from web.api.mentors.policy import ProposalAnswered, ProposalMade
from web.api.notes import NoteSettled
from web.api.notifications import NotificationsRead
from web.api.ops.dead_letters import DeadLettersChosen, DeadLettersDiscarded, RevealReason
from web.api.ops.partitions import PartitionResume
from web.api.outcomes.learners import AnswerToWarning
from web.api.outcomes.portfolio import ConsentGiven
from web.api.panels.calibrations import AnchorRated
from web.api.panels.panels import DrawWidened, SeatsAsked
from web.api.panels.reviews import ReviewDeclined, ReviewGiven
from web.api.rewards.rewards import ChosenReward, RewardConsentGiven
from web.api.rewards.staffing import OfferGiven, PairingEnded, ProposalConfirmed
from web.api.sharing import AwardToShare
from web.problems import MEDIA_TYPE, STATUS, Kind, Problem
from web.views.preferences import PreferencesChosen


@dataclass(frozen=True, slots=True)
class ApiDescription:
    """The API of a surface as a whole. `tags`: its groups of operations, each with
    what they are about; `cookie`: of its sessions."""

    title: str
    description: str
    tags: Mapping[str, str]
    cookie: str


PEOPLE = ApiDescription(
    "Badges",
    "What participants and coordinators of mentoring programs may read of badges, and how kudos "
    "are given.",
    {
        "me": "What participants see of themselves.",
        "kudos": "Giving kudos.",
        "program": "What a program offers.",
        "others": "What participants see of each other.",
        "coordinator": "What coordinators see of their program.",
        "notes": "Private notes, for their recipients and, with a purpose, for coordinators.",
        "committee": "Cases that a committee decides, and who decides them.",
        "panels": "Reviews by peers, the panels that they are drawn for, and calibrations.",
        "rewards": "Rewards of a cycle, the bench, and pairings.",
        "outcomes": "What learners' work became, for them and for their mentors.",
        "policy": "By which rules stages are given, and what would change.",
        "service": "What services of the platform do for a person.",
    },
    "__Host-badges",
)
OPS = ApiDescription(
    "Badges, for operators",
    "How the badge engine is doing, and what operators do about what is in the way.",
    {
        "status": "How far the engine has read, and what waits.",
        "dead-letters": "Records that were refused.",
        "replay": "Generations of programs, and how they differ.",
        "audit": "What people decided or looked at.",
    },
    "__Host-badges-ops",
)

_EVERYWHERE: tuple[Kind, ...] = (
    "unauthenticated", "not-found", "invalid", "too-many-requests", "unavailable",
)  # fmt: skip
_OF_BODIES: tuple[Kind, ...] = ("bad-request", "too-large", "unsupported-media-type")
_OF_DEEDS: tuple[Kind, ...] = (
    "cross-site", "not-in-state", "not-allowed", "too-late", "key-erased",
)  # fmt: skip
"""Of what is done in governance: what a use case may refuse."""
_OF_SOME: Mapping[str, tuple[Kind, ...]] = {
    "putMyPreferences": (
        *_OF_BODIES, "cross-site", "precondition-failed", "precondition-required",
    ),
    "giveKudos": (
        *_OF_BODIES, "cross-site", "idempotency-key-missing", "idempotency-key-reused",
        "in-progress",
    ),
    "shareMyAward": (*_OF_BODIES, "cross-site", "not-standing"),
    "stopSharingMyAward": ("cross-site",),
    "undoKudos": ("cross-site", "not-standing", "too-late"),
    "dismissMyInvitation": ("cross-site",),
    "readMyNotifications": (*_OF_BODIES, "cross-site"),
    "reportMyNote": ("cross-site",),
    "settleNote": (*_OF_BODIES, "cross-site"),
    "getNoteKey": ("gone",),
    "erasePersonalData": ("cross-site",),
    "applyForStage": (
        *_OF_BODIES, "cross-site", "idempotency-key-missing", "idempotency-key-reused",
        "already-open", "not-allowed",
    ),
    "acknowledgeCase": ("cross-site", "not-in-state", "not-allowed", "key-erased"),
    "goOnWithMyCase": ("cross-site", "not-in-state", "key-erased"),
    "withdrawMyCase": ("cross-site", "not-in-state"),
    "answerHearing": (*_OF_BODIES, "cross-site", "not-in-state", "not-allowed", "key-erased"),
    "appealDecision": (
        *_OF_BODIES, "cross-site", "not-in-state", "not-allowed", "too-late", "key-erased",
    ),
    "openWithdrawal": (*_OF_BODIES, "cross-site", "not-allowed"),
    "getDeskCase": ("key-erased",),
    "openPack": ("not-in-state", "recused", "key-erased"),
    "unblindPack": (*_OF_BODIES, "cross-site", "not-in-state", "not-allowed", "key-erased"),
    "recuseMyself": (*_OF_BODIES, "cross-site", "not-in-state", "not-allowed", "key-erased"),
    "signCase": (
        *_OF_BODIES, "cross-site", "authenticate-again", "not-in-state", "recused",
        "pack-not-opened", "pack-changed", "outcome-not-offered", "already-signed", "not-allowed",
        "key-erased", "precondition-required",
    ),
    "putOfficer": (*_OF_BODIES, "cross-site", "precondition-failed", "precondition-required"),
    "declareConflict": (*_OF_BODIES, "cross-site"),
    "endConflict": ("cross-site", "not-allowed"),
    "getReview": ("key-erased",),
    "putReview": (*_OF_BODIES, *_OF_DEEDS),
    "declineReview": (*_OF_BODIES, *_OF_DEEDS),
    "widenPanel": (*_OF_BODIES, *_OF_DEEDS),
    "openSeats": (*_OF_BODIES, *_OF_DEEDS),
    "putAnchorRating": (*_OF_BODIES, *_OF_DEEDS),
    "chooseForReward": (*_OF_BODIES, *_OF_DEEDS, "authenticate-again"),
    "consentToReward": (*_OF_BODIES, *_OF_DEEDS),
    "offerForBench": (*_OF_BODIES, *_OF_DEEDS),
    "proposeBench": _OF_DEEDS,
    "confirmBench": (*_OF_BODIES, *_OF_DEEDS),
    "proposePairings": _OF_DEEDS,
    "confirmPairings": (*_OF_BODIES, *_OF_DEEDS),
    "endPairing": (*_OF_BODIES, *_OF_DEEDS),
    "answerWarning": (*_OF_BODIES, *_OF_DEEDS),
    "consentToTestimonial": (*_OF_BODIES, *_OF_DEEDS),
    "giveConsent": _OF_DEEDS,
    "withdrawConsent": _OF_DEEDS,
    "proposePolicy": (
        *_OF_BODIES, *_OF_DEEDS, "idempotency-key-missing", "idempotency-key-reused",
    ),
    "answerPolicyProposal": (*_OF_BODIES, *_OF_DEEDS),
    "revealDeadLetter": (*_OF_BODIES, "cross-site"),
    "redriveDeadLetters": (*_OF_BODIES, "cross-site", "job-running", "not-ready"),
    "discardDeadLetters": (*_OF_BODIES, "cross-site", "job-running", "not-ready"),
    "resumePartition": (*_OF_BODIES, "cross-site", "not-ready"),
    "getGenerationDiff": ("not-ready",),
}  # fmt: skip
_KINDS: tuple[Kind, ...] = (
    *_EVERYWHERE, *dict.fromkeys(kind for kinds in _OF_SOME.values() for kind in kinds),
)  # fmt: skip
_HEADERS: Mapping[Kind, Mapping[str, str]] = {
    "unauthenticated": {"WWW-Authenticate": "Always Bearer"},
    "authenticate-again": {"WWW-Authenticate": "Bearer, with an error as in RFC 9470"},
    "too-many-requests": {"Retry-After": "After how many seconds to try again"},
    "unavailable": {"Retry-After": "After how many seconds to try again"},
}
_BODIES: Mapping[str, type[BaseModel]] = {
    "putMyPreferences": PreferencesChosen,
    "giveKudos": KudosToGive,
    "shareMyAward": AwardToShare,
    "readMyNotifications": NotificationsRead,
    "settleNote": NoteSettled,
    "applyForStage": Application,
    "answerHearing": SubjectText,
    "appealDecision": SubjectText,
    "openWithdrawal": WithdrawalAsked,
    "unblindPack": NameAsked,
    "recuseMyself": Recused,
    "signCase": Signed,
    "putOfficer": OfficeGiven,
    "declareConflict": ConflictDeclared,
    "putReview": ReviewGiven,
    "declineReview": ReviewDeclined,
    "widenPanel": DrawWidened,
    "openSeats": SeatsAsked,
    "putAnchorRating": AnchorRated,
    "chooseForReward": ChosenReward,
    "consentToReward": RewardConsentGiven,
    "offerForBench": OfferGiven,
    "confirmBench": ProposalConfirmed,
    "confirmPairings": ProposalConfirmed,
    "endPairing": PairingEnded,
    "answerWarning": AnswerToWarning,
    "consentToTestimonial": ConsentGiven,
    "proposePolicy": ProposalMade,
    "answerPolicyProposal": ProposalAnswered,
    "revealDeadLetter": RevealReason,
    "redriveDeadLetters": DeadLettersChosen,
    "discardDeadLetters": DeadLettersDiscarded,
    "resumePartition": PartitionResume,
}
_WITH_ETAG = ("getMyPreferences", "putMyPreferences", "openPack", "getOfficer", "putOfficer")


def install(app: FastAPI, described: ApiDescription) -> None:
    """Let an application serve the description of its API."""

    def served() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app, described)
        return app.openapi_schema

    app.openapi = served  # type: ignore[method-assign]


def document(app: FastAPI, described: ApiDescription) -> dict[str, Any]:
    """The description of an application's API."""
    api = get_openapi(
        title=described.title,
        version=VERSION,
        description=described.description,
        routes=app.routes,
        servers=[{"url": "/"}],
        license_info={"name": "Apache 2.0", "identifier": "Apache-2.0"},
        tags=[{"name": name, "description": text} for name, text in described.tags.items()],
    )
    parts = api["components"]
    for name in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(name, None)
    for path in api["paths"].values():
        for operation in path.values():
            _complete(operation, parts["schemas"])
    parts["schemas"]["Problem"] = _PROBLEM
    parts["schemas"]["Fault"] = _FAULT
    referred = json.dumps(api["paths"])
    parts["responses"] = {
        kind: _answer(kind) for kind in _KINDS if f'#/components/responses/{kind}"' in referred
    }
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        "session": {"type": "apiKey", "in": "cookie", "name": described.cookie},
    }
    api["security"] = [{"token": []}, {"session": []}]
    return api


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Add to an operation its body and the problems it may answer with."""
    name = operation["operationId"]
    operation["responses"].pop("422", None)
    if name in _BODIES:
        model = _BODIES[name]
        described = model.model_json_schema(ref_template=_REF)
        schemas |= described.pop("$defs", {})
        schemas[model.__name__] = described
        schema = {"$ref": _REF.format(model=model.__name__)}
        body = {"required": True, "content": {"application/json": {"schema": schema}}}
        operation["requestBody"] = body
    if name in _WITH_ETAG:
        etag = {"description": "For If-Match", "required": True, "schema": {"type": "string"}}
        operation["responses"]["200"]["headers"] = {"ETag": etag}
    if name == "giveKudos":
        location = {"description": "The status_url", "required": True, "schema": {"type": "string"}}
        operation["responses"]["202"]["headers"] = {"Location": location}
    kinds = (*_EVERYWHERE, *_OF_SOME.get(name, ()))
    for status in sorted({STATUS[kind] for kind in kinds}):
        operation["responses"][str(status)] = _one_of(
            [kind for kind in kinds if STATUS[kind] == status]
        )


def _one_of(kinds: Sequence[Kind]) -> dict[str, Any]:
    """The answer of a status: one problem, or several that differ by their type."""
    if len(kinds) == 1:
        return {"$ref": f"#/components/responses/{kinds[0]}"}
    answers = {kind: _answer(kind) for kind in kinds}
    content = {
        "schema": {"$ref": _REF.format(model="Problem")},
        "examples": {
            kind: {"value": answer["content"][MEDIA_TYPE]["example"]}
            for kind, answer in answers.items()
        },
    }
    description = " · ".join(answer["description"] for answer in answers.values())
    return {"description": description, "content": {MEDIA_TYPE: content}}


_REF = "#/components/schemas/{model}"
_FAULT: Mapping[str, Any] = {
    "type": "object",
    "required": ["pointer", "detail"],
    "properties": {
        "pointer": {
            "type": "string",
            "description": "Where: a JSON pointer into the body, or /query/NAME, /header/NAME",
            "examples": ["/query/limit"],
        },
        "detail": {"type": "string", "description": "What is wanted"},
    },
}
_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "A problem (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri"},
        "errors": {"type": "array", "items": {"$ref": _REF.format(model="Fault")}},
    },
}


def _answer(kind: Kind) -> dict[str, Any]:
    problem = Problem(kind)
    example = problem.body() | {"instance": "urn:uuid:3f2a0f0e-5c1b-4c8e-9d55-0c6e0b1a7f10"}
    if kind == "invalid":
        fault = {"pointer": "/query/limit", "detail": "must be at most 100"}
        example["errors"] = [fault]
    content = {"schema": {"$ref": _REF.format(model="Problem")}, "example": example}
    answer: dict[str, Any] = {"description": problem.title, "content": {MEDIA_TYPE: content}}
    headers = _HEADERS.get(kind)
    if headers:
        answer["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in headers.items()
        }
    return answer


def text(api: Mapping[str, Any]) -> str:
    """The description as the file has it."""
    return json.dumps(api, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write a description to a file: of people, or of the surface that is named."""
    descriptions = {"people": PEOPLE, "ops": OPS}
    arguments = ArgumentParser(description=main.__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("surface", nargs="?", choices=descriptions, default="people")
    given = arguments.parse_args()
    app = FastAPI()
    for part in import_module(f"web.surfaces.{given.surface}").API:
        app.include_router(part.router)
    given.file.write_text(text(document(app, descriptions[given.surface])), encoding="utf-8")


if __name__ == "__main__":
    main()
