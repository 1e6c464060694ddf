"""Photos and signatures: promised with a command, sent piece by piece, waited for or waived."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from server.accounts.scope import Scope
from server.files.chunks import LARGEST_CHUNK
from server.files.tables import FileChunk, StoredFile
from server.interventions import evidence_uploads
from server.interventions.evidence_schemas import (
    DroppedFileBody,
    EvidenceFileOut,
    FileBody,
    FileStatusOut,
)
from server.interventions.evidence_uploads import Piece
from server.interventions.problems import (
    EvidenceOutstanding,
    FileQuotaReached,
    UploadOffsetDiffers,
)
from server.interventions.schemas import (
    AnswerBody,
    VisitCommandResultOut,
    VisitOut,
    VisitPayload,
)
from server.interventions.tables import Intervention
from server.kit.problems import Invalid, NotFound
from tests.server.interventions.town import Town, command, faults, minutes
from tests.server.pictures import PHOTO, noise, promised, send_piece, send_whole

LARGE = noise(600_000)
IS_PICTURE = StoredFile.media_type.startswith("image/")


async def _note(town: Town, visit: VisitOut, *files: FileBody) -> VisitCommandResultOut:
    return await town.tell(visit, "note", payload=VisitPayload(files=list(files)))


async def _complete(town: Town, visit: VisitOut, *files: FileBody) -> VisitCommandResultOut:
    payload = VisitPayload(cause="door", action="New shoe.", files=list(files))
    return await town.tell(visit, "complete", payload=payload)


async def _arrives(town: Town, visit: VisitOut, file: FileBody, content: bytes) -> FileStatusOut:
    key = (visit.id, file.id)
    return await send_whole(town.database, town.technician_of(visit), key, content, town.now)


async def _at_work(town: Town) -> VisitOut:
    return await town.lead(await town.visit("S3"), "accept", "arrive", "start_work")


async def _files(town: Town, visit: VisitOut) -> list[EvidenceFileOut]:
    return (await town.look(visit)).files


async def _stored(town: Town) -> tuple[int, int]:
    """How many pictures are kept, and how many pieces of files to come."""
    async with town.read() as session:
        kept = await session.scalar(select(func.count()).select_from(StoredFile).where(IS_PICTURE))
        pieces = await session.scalar(select(func.count()).select_from(FileChunk))
    return int(kept or 0), int(pieces or 0)


async def test_a_photo_is_promised_with_a_note_and_here_once_its_bytes_are(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised(note="The worn shoe")
    result = await _note(town, visit, photo)
    assert result.outcome == "applied"
    (waiting,) = await _files(town, visit)
    assert (waiting.state, waiting.received_size, waiting.author) == ("promised", 0, "Aina Ribera")
    status = await _arrives(town, visit, photo, PHOTO)
    assert (status.state, status.received_size) == ("received", len(PHOTO))
    (kept,) = await _files(town, visit)
    assert (kept.id, kept.state, kept.note) == (photo.id, "received", "The worn shoe")
    assert (await town.kinds())[-3:] == [
        "evidence_promised",
        "visit_note_added",
        "evidence_received",
    ]


async def test_the_original_hash_is_kept_beside_that_of_what_is_stored(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _note(town, visit, photo)
    await _arrives(town, visit, photo, PHOTO)
    async with town.read() as session:
        row = (await session.scalars(select(StoredFile).where(IS_PICTURE))).one()
    assert row.original_sha256 == photo.sha256 != row.sha256


async def test_an_upload_goes_on_where_it_was_cut(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised(LARGE, media_type="image/png")
    await _note(town, visit, photo)
    aina, key = town.technician_of(visit), (visit.id, photo.id)
    pieces = [LARGE[at : at + LARGEST_CHUNK] for at in range(0, len(LARGE), LARGEST_CHUNK)]
    assert len(pieces) > 2
    told = 0
    for piece in pieces:
        for _ in range(2):
            # The answer is lost, so the phone sends the same piece again.
            status = await send_piece(town.database, aina, Piece(key, told, piece), town.now)
        async with town.read() as session:
            asked = await evidence_uploads.status(session, aina, key)
        assert status == asked
        told = asked.received_size
    assert (asked.state, told) == ("received", len(LARGE))
    assert await _stored(town) == (1, 0)


async def test_bytes_that_are_not_the_next_ones_are_refused_with_where_to_go_on(
    town: Town,
) -> None:
    visit = await _at_work(town)
    photo = promised(LARGE, media_type="image/png")
    await _note(town, visit, photo)
    aina, key = town.technician_of(visit), (visit.id, photo.id)
    await send_piece(town.database, aina, Piece(key, 0, LARGE[:1000]), town.now)
    for offset in (999, 1001, 5000):
        with pytest.raises(UploadOffsetDiffers) as refused:
            await send_piece(town.database, aina, Piece(key, offset, LARGE[:1000]), town.now)
        assert refused.value.facts == {"received_size": 1000}
    for wrong in (b"", LARGE[: LARGEST_CHUNK + 1], b"x" * (photo.size + 1)):
        with pytest.raises(Invalid) as invalid:
            await send_piece(town.database, aina, Piece(key, 1000, wrong), town.now)
        assert faults(invalid.value) == [("body", "chunk_size")]


async def test_what_is_not_the_promised_file_is_thrown_away_and_begins_again(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _note(town, visit, photo)
    swapped = bytes(reversed(PHOTO))
    status = await _arrives(town, visit, photo, swapped)
    assert (status.state, status.received_size) == ("promised", 0)
    assert await _stored(town) == (0, 0)
    assert (await _arrives(town, visit, photo, PHOTO)).state == "received"


async def test_what_is_no_picture_is_refused_and_said_so(town: Town) -> None:
    visit = await _at_work(town)
    page = b"<html><script>alert(1)</script></html>"
    file = promised(page)
    await _note(town, visit, file)
    assert (await _arrives(town, visit, file, page)).state == "refused"
    assert await _stored(town) == (0, 0)
    assert (await town.kinds())[-1] == "evidence_refused"


async def test_the_same_promise_twice_is_one_promise(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _note(town, visit, photo)
    await _note(town, visit, photo)
    assert [file.id for file in await _files(town, visit)] == [photo.id]
    assert (await town.kinds()).count("evidence_promised") == 1


async def test_a_picture_was_taken_by_the_servers_clock(town: Town) -> None:
    visit = await _at_work(town)
    town.passes(minutes(30))
    fast = minutes(60)
    photo = promised(taken_at=town.now - minutes(10) + fast)
    payload = VisitPayload(files=[photo])
    note = command("note", visit, town.now + fast, payload=payload, clock_offset_seconds=-3600)
    await town.tell_all(visit, note)
    (file,) = await _files(town, visit)
    assert file.taken_at == town.now - minutes(10)


async def _cancelled(town: Town, visit: VisitOut) -> None:
    await town.decide(await town.look(visit), "cancel", "Wrong building.")


async def _reassigned(town: Town, visit: VisitOut) -> None:
    await town.tell(visit, "unassign", town.office)


@pytest.mark.parametrize("meanwhile", [_cancelled, _reassigned], ids=["cancelled", "reassigned"])
async def test_evidence_is_kept_whatever_became_of_the_visit(town: Town, meanwhile: object) -> None:
    visit = await town.lead(await town.visit(), "accept")
    await meanwhile(town, visit)  # type: ignore[operator]
    photo, second = promised(), promised()
    result = await _complete(town, visit, photo)
    assert result.outcome in {"conflict", "rejected"}
    await _note(town, visit, second)
    for file in (photo, second):
        assert (await _arrives(town, visit, file, PHOTO)).state == "received"


async def test_somebody_elses_file_looks_unknown(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _note(town, visit, photo)
    bruno, key = town.of(town.bruno), (visit.id, photo.id)
    strangers: list[tuple[Scope, tuple[object, object]]] = [
        (bruno, key),
        (town.technician_of(visit), (visit.id, uuid4())),
        (town.technician_of(visit), (uuid4(), photo.id)),
    ]
    for scope, (visit_id, file_id) in strangers:
        with pytest.raises(NotFound):
            async with town.read() as session:
                await evidence_uploads.status(session, scope, (visit_id, file_id))  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            async with town.read() as session:
                await evidence_uploads.picture(session, scope, (visit_id, file_id))  # type: ignore[arg-type]


async def test_an_account_sends_only_so_much_in_a_day(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_uploads, "MOST_A_DAY", len(PHOTO) + 10)
    visit = await _at_work(town)
    photos = [promised(), promised()]
    await _note(town, visit, *photos)
    await _arrives(town, visit, photos[0], PHOTO)
    with pytest.raises(FileQuotaReached):
        await _arrives(town, visit, photos[1], PHOTO)


async def test_work_ends_with_its_completion_once_the_last_photo_is_in(town: Town) -> None:
    visit = await _at_work(town)
    photos = [promised(), promised()]
    town.passes(minutes(20))
    completed_at = town.now
    assert (await _complete(town, visit, *photos)).outcome == "applied"
    assert (await town.look(visit)).status == "completed"
    for photo in photos:
        town.passes(minutes(40))
        await _arrives(town, visit, photo, PHOTO)
    assert (await town.look(visit)).status == "closed"
    assert (await town.kinds())[-2:] == ["evidence_received", "intervention_closed"]
    async with town.read() as session:
        row = await session.get_one(Intervention, visit.intervention_id)
        assert (row.decided_at, row.closes_at) == (completed_at, None)


async def test_work_done_since_has_an_end_of_its_own(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _complete(town, visit, photo)
    town.passes(minutes(10))
    again = await town.assign(await town.look(visit), town.bruno)
    await _arrives(town, visit, photo, PHOTO)
    assert (await town.look(visit)).status == "scheduled"
    again = await town.lead(again, "accept", "arrive", "start_work", "complete_partially")
    assert (await town.look(again)).status != "closed"


async def test_the_office_closes_only_with_promised_evidence_or_without_it_by_reason(
    town: Town,
) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _note(town, visit, photo)
    done = await town.lead(visit, "complete_partially")
    with pytest.raises(EvidenceOutstanding) as refused:
        await town.decide(await town.look(done), "close", "Over.")
    assert refused.value.facts == {"count": 1, "files": [str(photo.id)]}
    assert "waive_evidence" in (await town.look(done)).allowed
    with pytest.raises(Invalid):
        await town.decide(await town.look(done), "waive_evidence")
    waived = await town.decide(await town.look(done), "waive_evidence", "The phone is broken.")
    assert [file.state for file in waived.files] == ["waived"]
    assert "waive_evidence" not in waived.allowed
    assert (await town.decide(waived, "close", "Over.")).status == "closed"
    # It may still come, and is then here like any other.
    assert (await _arrives(town, visit, photo, PHOTO)).state == "received"


async def test_waiving_the_last_of_it_ends_what_was_completed(town: Town) -> None:
    visit = await _at_work(town)
    await _complete(town, visit, promised())
    waived = await town.decide(await town.look(visit), "waive_evidence", "The phone is broken.")
    assert waived.status == "closed"


async def test_a_photo_taken_again_stands_for_the_one_nobody_could_read(town: Town) -> None:
    visit = await _at_work(town)
    unreadable = b"not a picture at all"
    bad = promised(unreadable)
    await _complete(town, visit, bad)
    assert (await _arrives(town, visit, bad, unreadable)).state == "refused"
    again = promised(replaces=bad.id)
    assert (await _note(town, visit, again)).outcome == "applied"
    first, second = sorted(await _files(town, visit), key=lambda file: file.id == again.id)
    assert (first.state, first.replaced_by, first.waived_by) == ("waived", again.id, "Aina Ribera")
    assert second.state == "promised"
    assert (await town.look(visit)).status == "completed"
    await _arrives(town, visit, again, PHOTO)
    assert (await town.look(visit)).status == "closed"


async def test_what_its_author_gives_up_with_a_reason_is_waited_for_no_longer(town: Town) -> None:
    visit = await _at_work(town)
    kept, lost = promised(), promised()
    await _complete(town, visit, kept, lost)
    await _arrives(town, visit, kept, PHOTO)
    gone = [DroppedFileBody(id=each.id, reason="The phone fell.") for each in (kept, lost)]
    await town.tell(visit, "note", payload=VisitPayload(dropped_files=gone))
    told = {file.id: file for file in await _files(town, visit)}
    assert (told[kept.id].state, told[kept.id].waived_reason) == ("received", "")
    given_up = told[lost.id]
    assert (given_up.state, given_up.waived_by) == ("waived", "Aina Ribera")
    assert (given_up.waived_reason, given_up.replaced_by) == ("The phone fell.", None)
    assert (await town.look(visit)).status == "closed"
    assert "evidence_dropped" in await town.kinds()
    # It may still turn up, and is then here like any other.
    assert (await _arrives(town, visit, lost, PHOTO)).state == "received"


async def test_nobody_gives_up_what_another_visit_promised(town: Town) -> None:
    visit = await _at_work(town)
    photo = promised()
    await _note(town, visit, photo)
    other = await town.assign(await town.report("S4"), town.bruno)
    gone = [DroppedFileBody(id=photo.id, reason="Not mine.")]
    await town.tell(other, "note", payload=VisitPayload(dropped_files=gone))
    assert [file.state for file in await _files(town, visit)] == ["promised"]


async def _asks_for(town: Town, visit: VisitOut, kind: str) -> None:
    item = {"key": "proof", "label": "Proof", "kind": kind, "is_mandatory": True}
    async with town.write() as session:
        row = await session.get_one(Intervention, visit.intervention_id)
        row.checklist = [item | {"unit": "", "low": None, "high": None}]


@pytest.mark.parametrize("kind", ["photo", "signature"])
async def test_only_a_file_of_its_kind_answers_an_item_that_asks_for_one(
    town: Town, kind: str
) -> None:
    visit = await _at_work(town)
    await _asks_for(town, visit, kind)
    other = "signature" if kind == "photo" else "photo"
    ticked = VisitPayload(answers=[AnswerBody(item="proof", value="done")])
    assert (await town.tell(visit, "note", payload=ticked)).code == "file_invalid"
    await _note(town, visit, promised(kind=other, item="proof"))
    assert (await _complete(town, visit)).code == "checklist_open"
    file = promised(kind=kind, item="proof", signer="Marta")
    assert (await _complete(town, visit, file)).outcome == "applied"
    (answer,) = (await town.look(visit)).checklist
    assert answer.value == str(file.id)


async def test_a_file_of_more_than_eight_megabytes_cannot_be_promised() -> None:
    with pytest.raises(ValueError, match="8000000"):
        promised(size=8_000_001)
