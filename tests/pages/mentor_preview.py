"""The pages of mentors and policies over made-up ones."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tests.pages import mentor_samples
from tests.pages.frames import coordinator, layout, page
from web.pages.mentors.own_page import LinkForm
from web.pages.mentors.policy import PolicyAsked
from web.rendering.layout import Layout
from web.rendering.texts import exemplars as link_texts
from web.rendering.texts import mentor_page as texts
from web.rendering.texts import policy as policy_texts

router = APIRouter()


@router.get("/m/{slug}")
def public(request: Request, slug: str) -> HTMLResponse:
    return page(
        request,
        "mentors/public_page.html",
        layout(request, None),
        mentor=mentor_samples.MENTORS[slug],
        url=f"{mentor_samples.HOST}/m/{slug}",
        host=mentor_samples.HOST,
    )


@router.get("/p/{program}/mentor-page")
def own(request: Request, program: str, wrong: bool = False) -> HTMLResponse:
    view = mentor_samples.OWN[program]
    return page(
        request,
        "mentors/own_page.html",
        replace(layout(request, program, "mentor-page"), committee=True),
        view=view,
        url=f"{mentor_samples.HOST}/m/{view.slug}",
        host=mentor_samples.HOST,
        slug="No Slug" if wrong else view.slug,
        filled=LinkForm("A title", "http://insecure.example", "mio") if wrong else None,
        done="" if wrong else texts.DONE["added"],
        fault=texts.FAULTS["bad-address"] if wrong else "",
    )


@router.get("/p/{program}/exemplars")
def links(request: Request, program: str, wrong: bool = False) -> HTMLResponse:
    return page(
        request,
        "mentors/exemplars.html",
        coordinator(request, program, "exemplars"),
        view=mentor_samples.LINKS[program],
        done="" if wrong else link_texts.DONE["accepted"],
        fault=link_texts.GONE if wrong else "",
    )


@router.get("/p/{program}/policy")
def policy(request: Request, program: str, of: str = "", wrong: bool = False) -> HTMLResponse:
    around: Layout = coordinator(request, program, "policy") if of else layout(request, program)
    return page(
        request,
        "mentors/policy.html",
        around,
        view=mentor_samples.POLICIES[program],
        differing=mentor_samples.DIFFERENCES if of else None,
        asked=PolicyAsked("b" * 64, "a" * 64, "senior/given/0", "4", "3") if of else PolicyAsked(),
        result=mentor_samples.RESULT if of else None,
        simulates=bool(of),
        answers=bool(of),
        words="What I wrote" if wrong else "",
        filled=PolicyAsked(line="senior/renewed/1", number="x") if wrong else PolicyAsked(),
        done="",
        fault=policy_texts.FAULTS["does-not-fit"] if wrong else "",
    )
