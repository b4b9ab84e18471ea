"""A credential inside a picture: the iTXt chunk of a PNG that Open Badges 3.0 names.

Chunks are read as they stand; no pixel is decoded, so a picture cannot cost more than its bytes.
"""

import zlib
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

KEYWORD = b"openbadgecredential"
LONGEST_TEXT = 65_536
"""Bytes of a credential that are read from a picture; ours have about 3,000."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER, _TEXT, _END = b"IHDR", b"iTXt", b"IEND"


class PictureFault(Enum):
    """Why no credential is read from a picture, or put into it."""

    NO_PNG = "the file is no PNG picture"
    DAMAGED = "the picture is damaged"
    NOTHING_IN_IT = "the picture has no credential in it"
    SEVERAL_IN_IT = "the picture has several credentials in it"
    LONG_TEXT = "the credential in the picture is too long"
    ONE_ALREADY = "the picture has a credential already"


class NoBakedCredential(ValueError):
    """A picture that no credential can be read from."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def bake(png: bytes, credential: str) -> bytes:
    """The picture with a credential in it: one chunk, not compressed, behind the header.

    Raises:
        NoBakedCredential: it is no PNG, or has a credential already.
    """
    chunks = list(_chunks(png))
    if any(_is_credential(chunk) for chunk in chunks):
        raise NoBakedCredential(PictureFault.ONE_ALREADY)
    # Keyword, not compressed, method 0, no language, no translated keyword.
    added = _Chunk(_TEXT, KEYWORD + b"\0\0\0\0\0" + credential.encode())
    return _SIGNATURE + b"".join(_written(one) for one in (chunks[0], added, *chunks[1:]))


def unbake(png: bytes) -> str:
    """The credential in a picture.

    Raises:
        NoBakedCredential: it is no PNG, is damaged, or has no credential or several.
    """
    baked = [chunk.data for chunk in _chunks(png) if _is_credential(chunk)]
    if not baked:
        raise NoBakedCredential(PictureFault.NOTHING_IN_IT)
    if len(baked) > 1:
        raise NoBakedCredential(PictureFault.SEVERAL_IN_IT)
    return _text(baked[0])


def is_png(content: bytes) -> bool:
    """Whether a file begins as a PNG does."""
    return content.startswith(_SIGNATURE)


class _Chunk(NamedTuple):
    kind: bytes
    data: bytes


def _chunks(png: bytes) -> Iterator[_Chunk]:
    if not is_png(png):
        raise NoBakedCredential(PictureFault.NO_PNG)
    at, kind = len(_SIGNATURE), b""
    while kind != _END:
        length, before = int.from_bytes(png[at : at + 4]), kind
        kind, end = png[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(png) or (not before and kind != _HEADER):
            raise NoBakedCredential(PictureFault.DAMAGED)
        data = png[at + 8 : end]
        if zlib.crc32(kind + data) != int.from_bytes(png[end : end + 4]):
            raise NoBakedCredential(PictureFault.DAMAGED)
        yield _Chunk(kind, data)
        at = end + 4


def _written(chunk: _Chunk) -> bytes:
    body = chunk.kind + chunk.data
    return len(chunk.data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)


def _is_credential(chunk: _Chunk) -> bool:
    return chunk.kind == _TEXT and chunk.data.partition(b"\0")[0] == KEYWORD


def _text(data: bytes) -> str:
    """The text of an iTXt chunk: keyword, flag, method, language, translated keyword, text."""
    _, _, rest = data.partition(b"\0")
    flags, parts = rest[:2], rest[2:].split(b"\0", 2)
    if len(flags) != 2 or len(parts) != 3 or flags not in (b"\0\0", b"\1\0"):
        raise NoBakedCredential(PictureFault.DAMAGED)
    raw = _inflated(parts[2]) if flags[0] else parts[2]
    if len(raw) > LONGEST_TEXT:
        raise NoBakedCredential(PictureFault.LONG_TEXT)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise NoBakedCredential(PictureFault.DAMAGED) from None


def _inflated(compressed: bytes) -> bytes:
    """At most one byte more than is read."""
    inflating = zlib.decompressobj()
    try:
        return inflating.decompress(compressed, LONGEST_TEXT + 1)
    except zlib.error:
        raise NoBakedCredential(PictureFault.DAMAGED) from None
