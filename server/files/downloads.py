"""A file on its way out: a download that no browser opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

NEVER_OPENED = "default-src 'none'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Download:
    """A file with its bytes."""

    name: str
    media_type: str
    content: bytes


def download_headers(name: str) -> dict[str, str]:
    """What an answer says that hands out a file of that name."""
    return {
        "Content-Disposition": disposition(name),
        "Content-Security-Policy": NEVER_OPENED,
        "X-Content-Type-Options": "nosniff",
    }


def disposition(name: str) -> str:
    r"""Content-Disposition for a file of that name: kept, never opened (RFC 6266).

    >>> disposition("Vertrag é.pdf")
    'attachment; filename="Vertrag _.pdf"; filename*=UTF-8\'\'Vertrag%20%C3%A9.pdf'
    """
    return "; ".join(_disposition(name))


def _disposition(name: str) -> Iterator[str]:
    yield "attachment"
    yield f'filename="{name.encode("ascii", "replace").decode().replace("?", "_")}"'
    yield f"filename*=UTF-8''{quote(name, safe='')}"
