"""Makes what shares awards, once a process."""

from functools import partial

from fastapi import FastAPI

from web.settings import WebSettings
from web.sharing import issuing
from web.sharing.cards import CardMemory
from web.sharing.sharing import Sharing
from web.views.moment import Readings


def install(app: FastAPI, settings: WebSettings, readings: Readings) -> None:
    """Put what shares awards into an app. The settings were checked."""
    sign = partial(issuing.issue, settings.signing_keys, settings.identity.origin)
    app.state.sharing = Sharing(readings, settings.now, sign)
    app.state.cards = CardMemory()
