"""The addresses of shared awards: random, so that nobody computes or guesses one."""

import re
import secrets

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 22  # 128 bits in base 58
_FORM = re.compile(rf"[{_DIGITS}]{{{_LENGTH}}}")


def new() -> str:
    """128 random bits in base 58."""
    value, text = secrets.randbits(128), ""
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def is_share_id(text: str) -> bool:
    """Whether a share may have this id."""
    return _FORM.fullmatch(text) is not None
