"""Addresses become positions by the address service; the pin of a person goes first."""

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company
from tests.server.sites.gazetteer import HILL, Gazetteer

Client = AsyncTestClient[Litestar]
ADDRESS = {"street": "Carrer Major", "number": "1", "postcode": "AD300", "place": "Ordino"}
WRITTEN = "Carrer Major 1, AD300 Ordino"


def _body(company: Company, **more: object) -> dict[str, object]:
    return {
        "code": "NEW",
        "region_id": str(company.valley.id),
        "customer_id": str(company.home.customer.id),
        "name": "Edifici Nou",
    } | more


async def test_an_address_without_a_pin_is_looked_up(
    app: Litestar, client: Client, company: Company
) -> None:
    app.state.geocoder = Gazetteer({WRITTEN: [HILL]})
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    made = (await dispatcher.post("/api/sites", _body(company, **ADDRESS))).json()
    assert made["position"] == {"lat": HILL.lat, "lon": HILL.lon}
    assert made["position_source"] == "nominatim"


async def test_with_a_pin_the_address_service_is_not_asked(
    app: Litestar, client: Client, company: Company
) -> None:
    app.state.geocoder = gazetteer = Gazetteer({WRITTEN: [HILL]})
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    pin = {"lat": 1.0, "lon": 2.0}
    made = await dispatcher.post("/api/sites", _body(company, **ADDRESS, position=pin))
    assert (made.json()["position"], gazetteer.asked) == (pin, [])


async def test_an_address_nobody_knows_asks_for_a_pin(
    app: Litestar, client: Client, company: Company
) -> None:
    app.state.geocoder = Gazetteer()
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    refused = await dispatcher.post("/api/sites", _body(company, **ADDRESS))
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["path"], error["code"]) == (
        422,
        "position",
        "address_not_found",
    )
    assert "pin" in error["detail"]


async def test_a_silent_address_service_is_told_and_nothing_is_written(
    app: Litestar, client: Client, company: Company
) -> None:
    app.state.geocoder = Gazetteer(is_down=True)
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    refused = await dispatcher.post("/api/sites", _body(company, **ADDRESS))
    assert (refused.status_code, refused.json()["code"]) == (503, "geocoder_unavailable")
    looked_up = await dispatcher.get("/api/geocode", q=WRITTEN)
    assert (looked_up.status_code, looked_up.json()["code"]) == (503, "geocoder_unavailable")
    assert len((await dispatcher.get("/api/sites")).json()["items"]) == 1


async def test_without_an_address_service_a_pin_is_needed(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    for body in (_body(company, **ADDRESS), _body(company)):
        refused = await dispatcher.post("/api/sites", body)
        error = refused.json()["errors"][0]
        assert (refused.status_code, error["path"]) == (422, "position")
        assert error["detail"].startswith("Drop a pin")
    looked_up = await dispatcher.get("/api/geocode", q="Ordino")
    assert (looked_up.status_code, looked_up.json()["code"]) == (503, "geocoder_not_configured")


async def test_a_dispatcher_looks_an_address_up_before_choosing(
    app: Litestar, client: Client, company: Company
) -> None:
    app.state.geocoder = Gazetteer({"Ordino": [HILL]})
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    assert (await dispatcher.get("/api/geocode", q="Ordino")).json() == [
        {
            "label": HILL.label,
            "position": {"lat": HILL.lat, "lon": HILL.lon},
            "source": "nominatim",
        }
    ]
    assert (await dispatcher.get("/api/geocode", q="Nowhere")).json() == []
    assert (await dispatcher.get("/api/geocode")).status_code == 422
    manager = await company.sign_in(client, Role.MANAGER)
    assert (await manager.get("/api/geocode", q="Ordino")).status_code == 403
