"""Whether a client asks for a document or for a page: the header Accept. Pure."""

_JSON = ("application/ld+json", "application/json", "application/*")
_HTML = ("text/html", "application/xhtml+xml", "text/*")


def prefers_json(accept: str) -> bool:
    """Whether JSON is wanted more than a page. Who takes anything gets the page."""
    wanted = dict(_weighed(one) for one in accept.split(",") if one.strip())
    json = max((wanted.get(name, 0.0) for name in _JSON), default=0.0)
    html = max((wanted.get(name, 0.0) for name in _HTML), default=0.0)
    return json > html


def _weighed(item: str) -> tuple[str, float]:
    """A media type with its q, 1 unless it says another."""
    name, *parameters = (part.strip().lower() for part in item.split(";"))
    weight = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return name, weight
