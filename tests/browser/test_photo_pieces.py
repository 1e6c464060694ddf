"""Photos in pieces to an office that dies between and under them; many phones at once."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import cast
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from server.files.chunks import LARGEST_CHUNK
from server.interventions.evidence_uploads import CHUNK_TYPE
from tests.browser.headquarters import Books, Headquarters, Json
from tests.browser.offices import Office
from tests.server.pictures import noise

PHONES, PEOPLE = 200, 10
MEGABYTE = 1024 * 1024
ROOM = 200 * MEGABYTE
"""A piece of each phone under way and some photos took 130; with all photos held, 270."""


@dataclass(slots=True)
class Sender:
    """A technician's phone without a screen: it promises pictures and sends their bytes."""

    office: Office
    line: httpx.Client
    visit: UUID

    def promises(self, *contents: bytes) -> list[str]:
        """Write the pictures down with a note; their names."""
        now = self.line.get("/api/session").headers["Palier-Time"]
        files: list[Json] = [
            {
                "id": str(uuid4()),
                "kind": "photo",
                "sha256": hashlib.sha256(content).hexdigest(),
                "size": len(content),
                "media_type": "image/jpeg",
                "taken_at": now,
            }
            for content in contents
        ]
        asked = {
            "id": str(uuid4()),
            "kind": "note",
            "at": now,
            "base_version": 0,
            "payload": {"note": "Pictures", "files": files},
        }
        answer = self.line.post(f"/api/visits/{self.visit}/commands", json=asked)
        assert answer.json()["results"][0]["outcome"] == "applied", answer.text
        return [file["id"] for file in files]

    def sends(self, name: str, offset: int, content: bytes) -> httpx.Response:
        """One piece, from whichever thread."""
        return self.line.put(
            f"/api/visits/{self.visit}/files/{name}/content",
            params={"offset": offset},
            content=content[offset : offset + LARGEST_CHUNK],
            headers={"Content-Type": CHUNK_TYPE},
            timeout=300,
        )

    def received(self, name: str) -> int:
        return int(self._status(name)["received_size"])

    def state(self, name: str) -> str:
        return str(self._status(name)["state"])

    def sends_the_rest(self, name: str, content: bytes) -> None:
        while (offset := self.received(name)) < len(content):
            self.sends(name, offset, content).raise_for_status()

    def shown(self, name: str) -> Image.Image:
        answer = self.line.get(f"/api/visits/{self.visit}/files/{name}/content")
        return Image.open(BytesIO(answer.raise_for_status().content))

    def _status(self, name: str) -> Json:
        answer = self.line.get(f"/api/visits/{self.visit}/files/{name}")
        return cast("Json", answer.raise_for_status().json())


@pytest.fixture
def sender(office: Office, headquarters: Headquarters) -> Sender:
    """Somebody who was sent to a lift."""
    return somebody(office, headquarters)


def somebody(office: Office, headquarters: Headquarters) -> Sender:
    person = headquarters.hires()
    visit = headquarters.sends(person)
    return Sender(office, headquarters.line_of(person.email), visit)


def test_a_photo_goes_on_at_what_is_there_however_the_office_died(sender: Sender) -> None:
    content = noise(600_000)
    (name,) = sender.promises(content)
    assert sender.sends(name, 0, content).json()["received_size"] == LARGEST_CHUNK
    sender.office.kill()
    sender.office.start()
    assert sender.received(name) == LARGEST_CHUNK
    # The answer was lost with the office: the same piece again changes nothing.
    assert sender.sends(name, 0, content).json()["received_size"] == LARGEST_CHUNK
    for ahead in (LARGEST_CHUNK + 1, 2 * LARGEST_CHUNK):
        refused = sender.sends(name, ahead, content).json()
        assert refused["code"] == "upload_offset_differs"
        assert refused["received_size"] == LARGEST_CHUNK
    dying = threading.Thread(target=_sends_while_it_dies, args=(sender, name, content))
    dying.start()
    sender.office.kill()
    dying.join()
    sender.office.start()
    # The piece is there or it is not, never a part of it.
    assert sender.received(name) in (LARGEST_CHUNK, 2 * LARGEST_CHUNK)
    sender.sends_the_rest(name, content)
    assert sender.state(name) == "received"
    assert sender.shown(name).convert("L").tobytes() == Image.open(BytesIO(content)).tobytes()


def test_bytes_that_are_not_what_was_promised_are_thrown_away_and_asked_for_again(
    sender: Sender,
) -> None:
    content = grainy(600)
    (name,) = sender.promises(content)
    damaged = content[:-1] + bytes([content[-1] ^ 1])
    sender.sends(name, 0, damaged).raise_for_status()
    assert sender.sends(name, LARGEST_CHUNK, damaged).json()["code"] == "file_hash_differs"
    assert (sender.state(name), sender.received(name)) == ("promised", 0)
    sender.sends_the_rest(name, content)
    assert sender.state(name) == "received"


def _sends_while_it_dies(sender: Sender, name: str, content: bytes) -> None:
    with suppress(httpx.TransportError):
        sender.sends(name, LARGEST_CHUNK, content)


def grainy(edge: int) -> bytes:
    """A photo that takes several pieces."""
    written = BytesIO()
    Image.effect_noise((edge, edge), 100).save(written, "JPEG", quality=95)
    return written.getvalue()


@pytest.mark.proof
def test_two_hundred_phones_send_at_once_and_the_office_keeps_its_size(
    office: Office, headquarters: Headquarters
) -> None:
    contents = [grainy(1000 + number) for number in range(8)]
    people = [somebody(office, headquarters) for _ in range(PEOPLE)]
    owed = [contents[number % 8] for number in range(PHONES // PEOPLE)]
    sent = [
        (person, name, content)
        for person in people
        for name, content in zip(person.promises(*owed), owed, strict=True)
    ]
    held: list[int] = []
    all_ready = threading.Barrier(PHONES, action=lambda: held.append(office.forgets_its_peak()))

    def sends_all(person: Sender, name: str, content: bytes) -> None:
        last = (len(content) - 1) // LARGEST_CHUNK * LARGEST_CHUNK
        for offset in range(0, last, LARGEST_CHUNK):
            person.sends(name, offset, content).raise_for_status()
        # The last pieces are under way at the same time: each asks for a whole picture.
        all_ready.wait(600)
        person.sends(name, last, content).raise_for_status()

    with ThreadPoolExecutor(PHONES) as phones:
        list(phones.map(lambda one: sends_all(*one), sent))
    grown = office.most_memory - held[0]
    for person in people:
        found = Books(office).evidence(person.visit, ["grey"])
        assert len(found) == PHONES // PEOPLE
        assert {(each.state, each.is_whole, each.is_unchanged) for each in found} == {
            ("received", True, True)
        }
    assert grown < ROOM
