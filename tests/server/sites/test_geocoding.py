"""Real address services over real HTTP, spoken to on this machine only."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from server.settings import Geocoder as Service
from server.settings import SettingRefused, Settings
from server.sites.geocoding import open_geocoder
from server.sites.problems import GeocoderNotConfigured, GeocoderUnavailable

NOMINATIM = [
    {"lat": "42.5562", "lon": "1.5331", "display_name": "Carrer Major, Ordino, Andorra"},
    {"lat": "42.5078", "lon": "1.5211", "display_name": "Carrer Major, Andorra la Vella"},
]
FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [1.5331, 42.5562]},
    "properties": {
        "name": "Carrer Major",
        "city": "Ordino",
        "label": "Carrer Major Ordino",
        "postcode": "AD300",
        "country": "Andorra",
    },
}
FEATURES = {"type": "FeatureCollection", "features": [FEATURE]}


class _Handler(BaseHTTPRequestHandler):
    server: "AddressServer"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("User-Agent", "")))
        body = self.server.body.encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - overridden as named
        """Say nothing."""


class AddressServer(ThreadingHTTPServer):
    """Answers every request with the same document and remembers what was asked."""

    def __init__(self, document: object, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.body = document if isinstance(document, str) else json.dumps(document)
        self.status = status
        self.asked: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def answering(document: object, status: int = 200) -> Iterator[AddressServer]:
    with AddressServer(document, status) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def settings(service: Service, url: str) -> Settings:
    return Settings(geocoder=service, geocoder_url=url, geocoder_user_agent="palier tests")


async def test_nominatim_is_asked_politely_and_understood() -> None:
    with answering(NOMINATIM) as server:
        async with open_geocoder(settings("nominatim", server.address)) as geocoder:
            places = await geocoder.places("Carrer Major 1, Ordino")
    assert [(place.label, place.lat, place.lon) for place in places] == [
        ("Carrer Major, Ordino, Andorra", 42.5562, 1.5331),
        ("Carrer Major, Andorra la Vella", 42.5078, 1.5211),
    ]
    assert {place.source for place in places} == {"nominatim"}
    path, agent = server.asked[0]
    assert urlsplit(path).path == "/search"
    assert parse_qs(urlsplit(path).query)["q"] == ["Carrer Major 1, Ordino"]
    assert agent == "palier tests"


@pytest.mark.parametrize(("service", "path"), [("photon", "/api"), ("ban", "/search")])
async def test_the_other_services_are_understood_too(service: Service, path: str) -> None:
    with answering(FEATURES) as server:
        async with open_geocoder(settings(service, server.address)) as geocoder:
            places = await geocoder.places("Carrer Major, Ordino")
    assert [(place.lat, place.lon, place.source) for place in places] == [
        (42.5562, 1.5331, service)
    ]
    assert "Carrer Major" in places[0].label
    assert urlsplit(server.asked[0][0]).path == path


async def test_a_service_below_a_path_is_found_there() -> None:
    with answering(NOMINATIM) as server:
        async with open_geocoder(settings("nominatim", f"{server.address}/maps/")) as geocoder:
            await geocoder.places("Ordino")
    assert server.asked[0][0].startswith("/maps/search?")


async def test_the_same_address_is_asked_once() -> None:
    with answering(NOMINATIM) as server:
        async with open_geocoder(settings("nominatim", server.address)) as geocoder:
            first = await geocoder.places("Carrer Major, Ordino")
            again = await geocoder.places("  CARRER MAJOR  ordíno ")
    assert first == again
    assert len(server.asked) == 1


async def test_a_place_without_a_position_is_no_place() -> None:
    with answering([{"display_name": "Atlantis"}, *NOMINATIM]) as server:
        async with open_geocoder(settings("nominatim", server.address)) as geocoder:
            assert len(await geocoder.places("Atlantis")) == len(NOMINATIM)


async def test_no_place_and_no_words_are_no_places() -> None:
    with answering([]) as server:
        async with open_geocoder(settings("nominatim", server.address)) as geocoder:
            assert await geocoder.places("Nowhere") == ()
            assert await geocoder.places(" ,- ") == ()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ("<html>busy</html>", 200),
        ({"error": "slow down"}, 429),
        ({"error": "broken"}, 500),
        ({"error": "of the other kind"}, 200),
        ([{"lat": "north", "lon": "east", "display_name": "in words"}], 200),
        (["a bare word"], 200),
    ],
)
async def test_a_service_that_answers_nonsense_is_unavailable(
    document: object, status: int
) -> None:
    with answering(document, status) as server:
        async with open_geocoder(settings("nominatim", server.address)) as geocoder:
            with pytest.raises(GeocoderUnavailable):
                await geocoder.places("Ordino")


async def test_a_service_that_is_gone_is_unavailable_and_asked_again_later() -> None:
    with AddressServer(NOMINATIM) as gone:
        address = gone.address
    async with open_geocoder(settings("photon", address), pause=0) as geocoder:
        for _ in range(2):
            with pytest.raises(GeocoderUnavailable):
                await geocoder.places("Ordino")


async def test_no_service_says_so() -> None:
    async with open_geocoder(Settings()) as geocoder:
        with pytest.raises(GeocoderNotConfigured):
            await geocoder.places("Ordino")


@pytest.mark.parametrize(
    "wrong",
    [
        Settings(geocoder="nominatim"),
        Settings(geocoder="photon", geocoder_user_agent="us", geocoder_url="photon.example.org"),
        Settings(geocoder="ban", geocoder_user_agent="us", geocoder_url="ftp://example.org"),
    ],
)
async def test_a_service_that_cannot_be_asked_is_refused_at_the_start(wrong: Settings) -> None:
    with pytest.raises(SettingRefused, match="PALIER_GEOCODER_"):
        async with open_geocoder(wrong):
            raise AssertionError("it opened")
