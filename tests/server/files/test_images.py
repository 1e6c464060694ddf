"""Pictures from outside: whatever comes, only pixels are kept, or nothing."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from server.files.images import NotAPicture, rewritten
from tests.server.pictures import GPS, noise, picture, with_place

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><body onload=alert(1)>"
JPEG, PNG, WEBP = picture(), picture("PNG"), picture("WEBP")


def _png(width: int, height: int) -> bytes:
    """A PNG whose header claims a size its few bytes cannot hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _gif() -> bytes:
    written = BytesIO()
    Image.new("P", (9, 9)).save(written, "GIF")
    return written.getvalue()


def _tiff() -> bytes:
    written = BytesIO()
    Image.new("RGB", (9, 9)).save(written, "TIFF")
    return written.getvalue()


REFUSED = {
    "nothing": b"",
    "one byte": b"\xff",
    "zeros": bytes(5000),
    "svg": SVG,
    "svg with declaration": b'<?xml version="1.0"?>' + SVG,
    "html": HTML,
    "html with a jpeg after it": HTML + JPEG,
    "pdf": b"%PDF-1.7\n" + JPEG,
    "zip": b"PK\x03\x04" + JPEG,
    "program": b"\x7fELF" + bytes(100),
    "windows program": b"MZ" + bytes(200),
    "gif": _gif(),
    "tiff": _tiff(),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "magic of a jpeg and nothing else": b"\xff\xd8\xff\xe0" + HTML,
    "magic of a png and nothing else": b"\x89PNG\r\n\x1a\n" + HTML,
    "magic of a webp and nothing else": b"RIFF\x10\0\0\0WEBPVP8 " + HTML,
    "half a jpeg": JPEG[: len(JPEG) // 2],
    "half a png": PNG[: len(PNG) // 2],
    "half a webp": WEBP[: len(WEBP) // 2],
    "a bomb of 100 megapixels": _png(10_000, 10_000),
    "a bomb of a gigapixel": _png(40_000, 40_000),
    "a picture of no width": _png(0, 10),
    "a png whose checksums are wrong": PNG[:40] + bytes([PNG[40] ^ 255]) + PNG[41:],
    "a jpeg without its tables": JPEG[:2] + JPEG[-200:],
    "a jpeg cut after its header": JPEG[:20],
}
REDRAWN = {
    "a jpeg with a page in its comment": picture(comment=HTML),
    "a jpeg with a page behind it": JPEG + HTML,
    "a png with a program behind it": PNG + b"MZ" + bytes(500),
    "a jpeg that says where": with_place(),
    "a webp with a page behind it": WEBP + HTML,
    "a png with transparency": picture("PNG", size=(3, 3)),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        rewritten(content)


@pytest.mark.parametrize("content", REDRAWN.values(), ids=REDRAWN)
def test_what_is_kept_is_the_picture_and_nothing_else(content: bytes) -> None:
    kept = rewritten(content)
    for hidden in (b"script", b"onload", b"SPYCAM", b"MZ\0\0", b"Exif", b"GPS"):
        assert hidden not in kept.content
    with Image.open(BytesIO(kept.content)) as image:
        assert image.format == ("PNG" if kept.media_type == "image/png" else "JPEG")
        assert not image.getexif()
        assert not image.getexif().get_ifd(GPS)


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = picture(size=(64, 48), exif=exif)
    with Image.open(BytesIO(rewritten(sideways).content)) as image:
        assert image.size == (48, 64)


def test_a_picture_keeps_what_it_shows() -> None:
    drawn = noise(30_000)
    with Image.open(BytesIO(drawn)) as before, Image.open(BytesIO(rewritten(drawn).content)) as now:
        assert before.convert("RGBA").tobytes() == now.tobytes()
