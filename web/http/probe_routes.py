"""/healthz and /readyz on the public port: whether the process runs, and whether it can answer."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from engine.probes import Readiness

router = APIRouter(include_in_schema=False)
_answering = ThreadPoolExecutor(1, thread_name_prefix="readyz")
"""A thread of its own: those of the handlers may all be at work."""


@router.get("/healthz")
async def healthz() -> JSONResponse:
    """The process runs."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """200 if pages can be answered, else 503; in both cases what is ready and what is not."""
    readiness: Readiness = request.app.state.readiness
    loop = asyncio.get_running_loop()
    status, answer = await loop.run_in_executor(_answering, readiness.answer)
    return JSONResponse(answer, status)
