"""Whether a request that changes something comes from a page of ours, by what the browser adds."""

from starlette.requests import Request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_us(request: Request, origin: str) -> bool:
    """Whether a browser says that a page of `origin` made the request.

    Sec-Fetch-Site decides where it is sent; a browser that does not know it sends Origin.
    """
    sites = request.headers.getlist("sec-fetch-site")
    if sites:
        return sites == ["same-origin"]
    return request.headers.getlist("origin") == [origin]
