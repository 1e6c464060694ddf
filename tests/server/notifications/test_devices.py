"""Phones over HTTP: reached until their person signs out, listed for whoever answers for them."""

from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import func, select

from server.accounts.schemas import Role
from server.kit.database import Database
from server.notifications.tables import PushSubscription
from server.roster.tables import Technician
from tests.server.api.bodies import bodies
from tests.server.company import Company

Client = AsyncTestClient[Litestar]


async def test_the_office_sees_what_a_phone_lacks_and_nothing_of_its_address(
    client: Client, company: Company
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    told = bodies(company, 1)["describe_device"]
    await technician.post("/api/devices", told | {"notifications": "denied"})
    await technician.post("/api/devices", told)
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    (phone,) = (await dispatcher.get("/api/devices")).json()["items"]
    assert (phone["technician_name"], phone["notifications"]) == ("Aina Home", "granted")
    assert not phone["is_reachable"]
    await technician.post("/api/push/subscriptions", bodies(company, 1)["subscribe_push"])
    answer = await dispatcher.get("/api/devices", technician_id=str(company.home.technician.id))
    assert answer.json()["items"][0]["is_reachable"]
    assert "fcm.googleapis.com" not in answer.text


async def test_phones_of_another_region_are_not_listed(
    client: Client, company: Company, database: Database
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    await technician.post("/api/devices", bodies(company, 1)["describe_device"])
    async with database.write() as session:
        row = await session.get_one(Technician, company.home.technician.id)
        row.region_id = company.mountain.id
    member = await company.sign_in(client, Role.ADMIN)
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    assert len((await member.get("/api/devices")).json()["items"]) == 1
    assert (await dispatcher.get("/api/devices")).json()["items"] == []


async def test_signing_out_is_enough_to_be_left_in_peace(
    client: Client, company: Company, database: Database
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    await technician.post("/api/push/subscriptions", bodies(company, 1)["subscribe_push"])
    assert await subscriptions(database) == 1
    await client.delete("/api/session", headers=technician.headers())
    assert await subscriptions(database) == 0


async def subscriptions(database: Database) -> int:
    async with database.read() as session:
        return int(await session.scalar(select(func.count(PushSubscription.id))) or 0)
