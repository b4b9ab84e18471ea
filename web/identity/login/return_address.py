"""Where a person goes after signing in: always a path of ours."""

_MOST_CHARACTERS = 1_024
_NOT_PAGES = ("/sign-in", "/sign-out", "/oidc/", "/dev/", "/v1/")
START = "/"


def return_address(asked: str | None) -> str:
    """The path asked for if it is one of our pages, else the start.

    Refused are another host (`//host`, `/\\\\host`, `https:`), and what a browser strips before
    it reads an address: control characters and spaces.
    """
    if not asked or len(asked) > _MOST_CHARACTERS:
        return START
    if not asked.startswith("/") or asked.startswith("//") or "\\" in asked:
        return START
    if not asked.isascii() or not asked.isprintable() or " " in asked:
        return START
    return START if asked.startswith(_NOT_PAGES) else asked
