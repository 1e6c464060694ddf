"""WhiteNoise without WSGI: its file table, conditional and range answers, driven from ASGI.

Its quirks (mtime ETags, one-byte ranges, ranges of compressed files, q-values) end here.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote
from wsgiref.headers import Headers

import anyio.to_thread
from litestar.exceptions import MethodNotAllowedException
from litestar.types import Receive, Send
from litestar.types import Scope as AsgiScope
from whitenoise import WhiteNoise
from whitenoise.responders import Redirect, Response, StaticFile

from server.kit.problems import NotFound

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HASHED = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
ONE_BYTE = re.compile(r"^\s*bytes=(\d+)-\1\s*$")
REFUSED_ENCODING = re.compile(r"[\w*-]+\s*;\s*q=0(\.0*)?(?=\s*(,|$))")
CHUNK = 256 * 1024
# Who follows a report is served by the page that took it.
SERVED_BY = {"t": "q"}
CODED = ("/q/", "/t/")
"""Below these stands a code of a lift, which may have a dot, and not a file."""
MAP_ADDRESS = "/map/area.pmtiles"
TYPES = {
    ".webmanifest": "application/manifest+json",
    ".mjs": "text/javascript",
    ".pmtiles": "application/vnd.pmtiles",
}
POLICY = "Content-Security-Policy"
PAGE_RULES = {
    # svelte sets style attributes; maplibre draws from blobs and runs its worker from our own file
    POLICY: (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob: {tiles}; connect-src 'self' {tiles}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


class Pages(WhiteNoise):  # type: ignore[misc]
    """Every file under the built pages, scanned once; the map beside them."""

    def __init__(self, built: Path, map_file: Path | None, tiles_origin: str = "") -> None:
        self._rules = {k: v.format(tiles=tiles_origin) for k, v in PAGE_RULES.items()}
        super().__init__(
            None,
            max_age=3600,
            allow_all_origins=False,
            index_file=True,
            immutable_file_test=lambda _path, url: bool(HASHED.search(url)),
            mimetypes=TYPES,
            add_headers_function=self._headers,
        )
        if built.is_dir():
            self.add_files(str(built))
        if map_file is not None:
            self.add_file_to_dictionary(MAP_ADDRESS, str(map_file))

    def _headers(self, headers: Headers, path: str, url: str) -> None:
        # Modification times are alike in every build: only the content tells files apart.
        digest = hashlib.blake2b(Path(path).read_bytes(), digest_size=12).hexdigest()
        headers["ETag"] = f'"{digest}"'
        headers["Accept-Ranges"] = "bytes"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        # Scripts too: a worker lives by the rules that came with its own file.
        for name, value in self._rules.items():
            headers[name] = value
        if path.endswith(".html"):
            page = Path(path).read_text(encoding="utf-8")
            headers[POLICY] = _allowing_own(self._rules[POLICY], page)
        if not HASHED.search(url) and url != MAP_ADDRESS:
            headers["Cache-Control"] = "no-cache"

    def page_for(self, path: str, headers: Mapping[str, str]) -> StaticFile | Redirect | None:
        """The file at this address; for a browser asking a page inside an entry, that entry."""
        found = self.files.get(path)
        if found is not None:
            return found
        wants_page = "text/html" in headers.get("HTTP_ACCEPT", "")
        is_file = "." in path.rsplit("/", 1)[-1] and not path.startswith(CODED)
        if not wants_page or is_file:
            return None
        name = path.split("/")[1]
        return self.files.get(f"/{SERVED_BY.get(name, name)}/")

    async def serve(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Answer one request for a file."""
        del receive
        method, path = str(scope["method"]), _path(scope)  # type: ignore[typeddict-item]
        headers = _wsgi_names(scope)
        found = self.page_for(path, headers)
        if found is None:
            raise NotFound
        response = found.get_response(method, _mended(headers))
        if response.status == 405:  # noqa: PLR2004 - method not allowed
            raise MethodNotAllowedException(headers={"Allow": "GET, HEAD"})
        await _send(response, send)


def _allowing_own(policy: str, page: str) -> str:
    """The policy with the scripts that were built into this page, each by its hash."""
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE.findall(page))
    sources = ["'self'", *(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)]
    return policy.replace("script-src 'self'", f"script-src {' '.join(sources)}")


def _path(scope: AsgiScope) -> str:
    """The path as sent: routing drops the trailing slash that tells a folder from a file."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return unquote(raw.partition(b"?")[0].decode("ascii", "replace"))


def _wsgi_names(scope: AsgiScope) -> dict[str, str]:
    return {
        "HTTP_" + name.decode("latin-1").upper().replace("-", "_"): value.decode("latin-1")
        for name, value in scope["headers"]
    }


def _mended(headers: dict[str, str]) -> dict[str, str]:
    """The request as WhiteNoise should have read it."""
    wanted = headers.get("HTTP_RANGE")
    if wanted:
        # A range means bytes of the plain file, not of its compressed twin.
        headers.pop("HTTP_ACCEPT_ENCODING", None)
        if ONE_BYTE.match(wanted):
            headers.pop("HTTP_RANGE")
    accepted = headers.get("HTTP_ACCEPT_ENCODING", "")
    if "q=0" in accepted:
        headers["HTTP_ACCEPT_ENCODING"] = REFUSED_ENCODING.sub("", accepted)
    return headers


async def _send(response: Response, send: Send) -> None:
    headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in response.headers]
    await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
    file = response.file
    if file is None:
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    try:
        while chunk := await anyio.to_thread.run_sync(file.read, CHUNK):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        file.close()
