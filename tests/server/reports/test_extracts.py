"""What was kept may be shown to others: signed, in sums alone, and verified without trusting us."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.cli import main
from server.kit.problems import Invalid, NotFound
from server.reports.extract_schemas import ExtractBody, SignedExtractOut, VerifiedOut, VerifyBody
from server.reports.extracts import FEWEST, extract_key, signed_extract, verified
from tests.server.breaches.missed import EVA
from tests.server.experience.test_feedback import ended, give
from tests.server.interventions.town import Town, minutes

JUNE = ExtractBody(from_day=date(2026, 6, 1), to_day=date(2026, 7, 1))


async def made(town: Town, by: Scope = EVA, body: ExtractBody = JUNE) -> SignedExtractOut:
    async with town.write() as session:
        return await signed_extract(session, by, body, town.now)


async def held(town: Town, given: dict[str, Any]) -> VerifiedOut:
    async with town.read() as session:
        return await verified(session, VerifyBody(**given))


def received(made: SignedExtractOut) -> dict[str, Any]:
    """As it reads after a journey through somebody else's program."""
    found = json.loads(msgspec.json.encode(made))
    found["extract"] = dict(reversed(found["extract"].items()))
    return dict(found)


async def lived(town: Town, times: int) -> None:
    for _ in range(times):
        await give(town, await ended(town), csat=5)


async def test_the_signature_verifies_until_a_figure_is_changed(town: Town) -> None:
    await lived(town, FEWEST)
    given = received(await made(town))
    assert given["extract"]["figures"]
    assert (await held(town, given)).is_genuine
    better = json.loads(json.dumps(given))
    better["extract"]["figures"][0]["value"] = "101"
    assert not (await held(town, better)).is_genuine
    assert not (await held(town, {**given, "signature": "AAAA"})).is_genuine


async def test_every_extract_is_signed_with_the_same_key(town: Town) -> None:
    async with town.read() as session:
        assert (await extract_key(session)).public_key is None
    first, second = await made(town), await made(town)
    assert first.key_id == second.key_id
    async with town.read() as session:
        assert (await extract_key(session)).key_id == first.key_id


async def test_nobody_is_named_in_it(town: Town) -> None:
    await lived(town, FEWEST)
    written = json.dumps(received(await made(town)))
    people = [each.name for each in (town.aina, town.bruno, town.clara)]
    places = [each.site.name for each in (town.hotel, town.chalet)]
    ids = [str(each.id) for each in (town.aina, town.customer, town.hotel.site, town.hotel.lift)]
    for hidden in (*people, *places, *ids, town.customer.name, EVA.name, "Marta"):
        assert hidden not in written


async def test_what_rests_on_fewer_than_five_is_left_out(town: Town) -> None:
    await lived(town, FEWEST - 1)
    assert "csat_top2" not in measures(await made(town))
    await lived(town, 1)
    assert "csat_top2" in measures(await made(town))


def measures(made: SignedExtractOut) -> set[str]:
    assert all(each.denominator >= FEWEST for each in made.extract.figures)
    return {each.measure for each in made.extract.figures}


async def test_it_is_of_the_caller_s_regions_alone(town: Town) -> None:
    elsewhere = Scope(EVA.account_id, "Eva", Role.EXPERIENCE, frozenset({town.mountain.id}))
    await town.report("S2")
    town.passes(minutes(5))
    assert (await made(town)).extract.interventions == 1
    assert (await made(town, elsewhere)).extract.interventions == 0
    with pytest.raises(NotFound):
        await made(town, elsewhere, JUNE.model_copy(update={"region_id": town.valley.id}))
    with pytest.raises(Invalid):
        await made(town, body=JUNE.model_copy(update={"to_day": JUNE.from_day}))


async def test_the_command_verifies_it_without_a_server(town: Town, tmp_path: Path) -> None:
    given = received(await made(town))
    async with town.read() as session:
        pem = (await extract_key(session)).public_key or ""
    extract, key = tmp_path / "extract.json", tmp_path / "key.pem"
    key.write_text(pem)

    def verdict(what: object) -> int:
        extract.write_text(what if isinstance(what, str) else json.dumps(what))
        asked = ["extract", "verify", str(extract), "--key", str(key)]
        return CliRunner().invoke(main, asked).exit_code

    assert verdict(given) == 0
    assert verdict({**given, "extract": {**given["extract"], "interventions": 9}}) == 1
    assert [verdict("no json"), verdict({}), verdict([])] == [2, 2, 2]
    key.write_text("no key")
    assert verdict(given) == 2
