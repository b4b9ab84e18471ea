"""A credential is put into a picture and read from it; any other picture is refused, cheaply."""

import io
import zlib

import pytest
from PIL import Image

from credentials.baking import NoBakedCredential, bake, is_png, unbake

KEYWORD = b"openbadgecredential"
TOKEN = "eyJ.eyJ.sig"


def picture(size: tuple[int, int] = (8, 8)) -> bytes:
    """A PNG without a credential."""
    out = io.BytesIO()
    Image.new("RGB", size, "#205c4a").save(out, "png")
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def with_chunks(*chunks: bytes) -> bytes:
    """A PNG with more chunks behind its header."""
    plain = picture()
    return plain[:33] + b"".join(chunks) + plain[33:]


def itxt(text: bytes, flags: bytes = b"\0\0", keyword: bytes = KEYWORD) -> bytes:
    """A chunk with a text."""
    return chunk(b"iTXt", keyword + b"\0" + flags + b"\0\0" + text)


def test_a_credential_comes_out_as_it_went_in_and_the_picture_is_the_same() -> None:
    baked = bake(picture(), TOKEN)
    assert is_png(baked)
    assert unbake(baked) == TOKEN
    with Image.open(io.BytesIO(baked)) as shown, Image.open(io.BytesIO(picture())) as plain:
        assert shown.text == {"openbadgecredential": TOKEN}  # type: ignore[attr-defined]
        assert shown.tobytes() == plain.tobytes()


def test_a_credential_that_another_program_compressed_is_read() -> None:
    assert unbake(with_chunks(itxt(zlib.compress(TOKEN.encode()), b"\1\0"))) == TOKEN


def test_a_picture_with_a_credential_does_not_get_another() -> None:
    with pytest.raises(NoBakedCredential, match="already"):
        bake(bake(picture(), TOKEN), TOKEN)


@pytest.mark.parametrize(
    ("png", "why"),
    [
        (b"", "no PNG"),
        (b"GIF89a", "no PNG"),
        (picture(), "no credential in it"),
        (with_chunks(itxt(b"x", keyword=b"Comment")), "no credential in it"),
        (with_chunks(itxt(b"a"), itxt(b"b")), "several credentials"),
        (picture()[:40], "damaged"),
        (picture()[:8], "damaged"),
        (picture()[:8] + picture()[33:], "damaged"),
        (picture()[:33] + b"\xff\xff\xff\xff" + picture()[37:], "damaged"),
        (picture()[:-1] + b"\0", "damaged"),
        (with_chunks(chunk(b"iTXt", KEYWORD + b"\0")), "damaged"),
        (with_chunks(itxt(b"x", b"\0\1")), "damaged"),
        (with_chunks(itxt(b"\xff")), "damaged"),
        (with_chunks(itxt(b"not compressed", b"\1\0")), "damaged"),
        (with_chunks(itxt(b"x" * 65_537)), "too long"),
        (with_chunks(itxt(zlib.compress(b"x" * 100_000_000, 9), b"\1\0")), "too long"),
    ],
)
def test_what_has_no_credential_to_read_is_refused_with_the_reason(png: bytes, why: str) -> None:
    with pytest.raises(NoBakedCredential, match=why):
        unbake(png)


def test_a_picture_of_a_billion_pixels_costs_no_more_than_its_bytes() -> None:
    header = (30_000).to_bytes(4) * 2 + b"\x08\x06\0\0\0"
    huge = picture()[:8] + chunk(b"IHDR", header) + itxt(TOKEN.encode()) + chunk(b"IEND", b"")
    assert unbake(huge) == TOKEN
