"""/verify: anybody checks a credential: a text, a file or a link of ours. Nothing of it is kept.

Addresses of people come in the body of a form only, and are neither logged nor answered.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse

from credentials import addresses
from credentials.verification import LONGEST
from web.api.asking import ReadFrom
from web.identity.authenticate import limit_strangers
from web.pages import frame
from web.pages.public.documents import PublicUrl, Signing
from web.rendering.templates import render
from web.sharing.checking import Checked, Checker, ExpiredCredential, ValidCredential

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_strangers)])

_MOST_FILES, _MOST_FIELDS = 1, 8
_LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True)
class ToCheck:
    """What a form gives: a text or the content of a file, and perhaps an e-mail address."""

    text: str = ""
    file: bytes = field(default=b"", repr=False)
    email: str = field(default="", repr=False)


async def submitted(request: Request) -> ToCheck:
    """The fields of the form, whatever else it has. Its length is bounded before."""
    form = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
    texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    upload = form.get("file")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    return ToCheck(
        texts.get("text", "").strip(), content, texts.get("email", "").strip()[:_LONGEST_ADDRESS]
    )


@router.get("/verify")
def ask(
    request: Request,
    host: PublicUrl,
    keys: Signing,
    readings: ReadFrom,
    link: str | None = None,
) -> HTMLResponse:
    """The form; or what is answered for a link: that of the page of a shared award."""
    if link is None:
        return _page(request, host, None, ToCheck())
    with readings.moment() as moment:
        checked = Checker(moment, keys, host, _now(request)).text(link)
    return _page(request, host, checked, ToCheck(link))


@router.post("/verify")
def check(
    request: Request,
    given: Annotated[ToCheck, Depends(submitted)],
    host: PublicUrl,
    keys: Signing,
    readings: ReadFrom,
) -> HTMLResponse:
    """Whether it is valid, first; then what it says."""
    with readings.moment() as moment:
        checker = Checker(moment, keys, host, _now(request))
        checked = checker.text(given.text) if given.text else checker.file(given.file)
    return _page(request, host, checked, given)


def _page(request: Request, host: str, checked: Checked | None, given: ToCheck) -> HTMLResponse:
    is_theirs = page = None
    if isinstance(checked, ValidCredential | ExpiredCredential):
        is_theirs = checked.claims.is_of(given.email) if given.email else None
        page = checked.share_id
    text = render(
        "public/verify.html",
        frame.outside(request),
        checked=checked,
        kind=None if checked is None else type(checked).__name__,
        text=given.text if len(given.text) <= LONGEST else "",
        compared=bool(given.email),
        is_theirs=is_theirs,
        host=host,
        shown_at=None if page is None else addresses.share(host, page),
    )
    return HTMLResponse(text)


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.settings.now()
    return now
