"""/healthz and /readyz on the public port: whether the process runs, and whether it can answer."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from engine.probes import Readiness

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> JSONResponse:
    """The process runs."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """200 if pages can be answered, else 503; in both cases what is ready and what is not."""
    readiness: Readiness = request.app.state.readiness
    status, answer = readiness.answer()
    return JSONResponse(answer, status)
