"""What a PDF says, as somebody reads it: the lines of text on its pages."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"\(((?:\\.|[^\\()])*)\) Tj")


def read(paper: bytes) -> str:
    """Every line of text on a paper, as its letters say it."""
    return "\n".join(pages_of(paper))


def pages_of(paper: bytes) -> list[str]:
    """The lines of each page that says anything."""
    pages = []
    for packed in STREAM.findall(paper):
        try:
            drawn = zlib.decompress(packed)
        except zlib.error:
            continue
        lines = [re.sub(rb"\\(.)", rb"\1", line).decode("cp1252") for line in SHOWN.findall(drawn)]
        if lines:
            pages.append("\n".join(lines))
    return pages
