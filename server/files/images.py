"""Pictures from outside: read as pixels and written anew, so that nothing else comes with them.

Place, camera and whatever a file hides behind its picture stay out; what cannot be read is refused.
"""

from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
JPEG_QUALITY = 85
ONE_AT_A_TIME = Lock()  # a picture takes hundreds of megabytes while it is drawn


class NotAPicture(Exception):
    """It cannot be read as a picture of a size one could look at."""


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    media_type: str
    ending: str


def rewritten(content: bytes, most_pixels: int = MOST_PIXELS) -> Picture:
    """The picture upright and alone: PNG stays PNG, everything else becomes JPEG.

    Takes about as many megabytes of memory as the picture has megapixels, times eight.
    """
    try:
        with ONE_AT_A_TIME:
            return _rewritten(content, most_pixels)
    # A hostile file makes its reader stumble in ways nobody has listed.
    except Exception as error:
        raise NotAPicture from error


def _rewritten(content: bytes, most_pixels: int) -> Picture:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > most_pixels:
            raise NotAPicture
        is_png = opened.format == "PNG"
        upright = ImageOps.exif_transpose(opened)
        pixels = upright.convert("RGBA" if is_png else "RGB")
    # Only pixels go over: a picture made from nothing carries no notes.
    alone = Image.new(pixels.mode, pixels.size)
    alone.paste(pixels)
    written = BytesIO()
    if is_png:
        alone.save(written, "PNG", optimize=True)
        return Picture(written.getvalue(), "image/png", "png")
    alone.save(written, "JPEG", quality=JPEG_QUALITY)
    return Picture(written.getvalue(), "image/jpeg", "jpg")
