"""/readyz of the public port, when every thread of the handlers is taken."""

import threading
from concurrent.futures import ThreadPoolExecutor

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from engine.probes import READY, Readiness
from tests.support.asgi import asgi_client
from web.http import probe_routes


def test_it_answers_without_a_thread_of_the_handlers() -> None:
    app = FastAPI()
    app.state.readiness = Readiness({"database": lambda: READY}, ["database"])
    app.include_router(probe_routes.router)
    taken, free = threading.Event(), threading.Event()

    @app.get("/one-thread")
    async def one_thread() -> None:
        current_default_thread_limiter().total_tokens = 1

    @app.get("/slow")
    def slow() -> None:
        taken.set()
        free.wait(30)

    with asgi_client(app) as client, ThreadPoolExecutor() as asking:
        assert client.ask("GET", "/one-thread").status == 200
        held = asking.submit(client.ask, "GET", "/slow")
        try:
            assert taken.wait(10)
            answer = asking.submit(client.ask, "GET", "/readyz").result(10)
            assert (answer.status, answer.json()) == (200, {"database": READY})
            assert not held.done()
        finally:
            free.set()


def test_it_says_what_is_not_ready() -> None:
    app = FastAPI()
    app.state.readiness = Readiness({"database": lambda: "away"}, ["database"])
    app.include_router(probe_routes.router)
    with asgi_client(app) as client:
        answer = client.ask("GET", "/readyz")
    assert (answer.status, answer.json()) == (503, {"database": "away"})
