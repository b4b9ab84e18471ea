"""GET /static/NAME: the files of web/static, and nothing else of the disk."""

from fastapi import APIRouter, Request, Response

from web.problems import Problem
from web.rendering.assets import static_files

router = APIRouter(include_in_schema=False)


@router.get("/static/{name:path}")
def static_file(name: str, request: Request) -> Response:
    """The file, compressed if the browser takes that; 304 if it has these bytes already."""
    file = static_files().get(name)
    if file is None:
        raise Problem.not_found()
    headers = {
        "Cache-Control": file.cache_control(request.query_params.get("v")),
        "ETag": f'"{file.version}"',
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    body = file.body
    if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = file.compressed, "gzip"
    return Response(body, media_type=file.media_type, headers=headers)
