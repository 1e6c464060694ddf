"""A sheet on its way out: drawn as a PDF, which whoever asked for it keeps."""

import asyncio

from litestar import Response

from server.files.actions import PDF
from server.files.downloads import download_headers
from server.reports.sheet import Sheet


async def handed_out(sheet: Sheet, name: str) -> Response[bytes]:
    """The sheet as a download of that name."""
    content = await asyncio.to_thread(_drawn, sheet)
    return Response(content, media_type=PDF, headers=download_headers(name))


def _drawn(sheet: Sheet) -> bytes:
    from server.reports.paper import drawn  # noqa: PLC0415 - its fonts take half a second to load

    return drawn(sheet)
