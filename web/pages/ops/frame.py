"""What a page of the console asks of a request, and what it has around its own part."""

from typing import Annotated

from fastapi import Depends, Request

from web.identity.authenticate import identify_page
from web.identity.principal import Principal
from web.pages import frame
from web.policy import access
from web.problems import Problem
from web.rendering.layout import Layout


async def operator(principal: Annotated[Principal, Depends(identify_page)]) -> Principal:
    """The operator who looks."""
    if not access.as_operator(principal):
        raise Problem.not_found()
    return principal


OperatorPage = Annotated[Principal, Depends(operator)]


def layout(request: Request, here: str) -> Layout:
    """The frame of a page. Instants are shown in UTC, as logs have them."""
    return Layout(
        here=here,
        path=frame.address_of(request),
        demonstration=frame.demonstration(request),
        participates=False,
        console=True,
    )
