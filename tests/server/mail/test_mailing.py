"""From what happened to the mailbox: once, together, not at night, and no more when unwanted."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select

from server.accounts.schemas import Role
from server.kit.database import Database
from server.kit.events import About, Actor, Happening, announce
from server.mail.outbox import PAUSES
from server.mail.sender import send
from server.mail.tables import Mail
from server.notifications.mailing import collect
from tests.server.company import Company
from tests.server.mail.post_office import PostOffice

Client = AsyncTestClient[Litestar]
SOON = timedelta(minutes=2)
WORK = uuid4()
RECOVERED = ("The trapped person is free.", "The lift has been made safe.", "It works again.")
MINE = "/api/notifications/mine"


async def happens(
    database: Database,
    company: Company,
    kind: str,
    at: datetime,
    *,
    work: UUID = WORK,
    severity: str = "S2",
) -> None:
    home = company.home
    about = About(
        region_id=company.valley.id,
        customer_id=home.customer.id,
        site_id=home.site.id,
        intervention_id=work,
    )
    facts = {"number": "I-1", "site_name": "Hotel", "asset_name": "Lift A", "severity": severity}
    async with database.write() as session:
        await announce(session, Actor(None, "Palier"), at, Happening(kind, about, facts))


async def begun(database: Database, company: Company) -> datetime:
    """Mail begins to be sent; what was before is the past."""
    await collect(database, company.now)
    return company.now


async def mailed(database: Database, office: PostOffice, at: datetime) -> list[EmailMessage]:
    """What arrives when the duty runs twice: at this instant and once a minute has passed."""
    before = len(office.taken)
    for instant in (at, at + SOON):
        await collect(database, instant)
        await send(database, office.settings(), instant)
    return office.taken[before:]


async def test_what_happens_within_a_minute_is_one_mail_to_each_who_wants_it_and_told_once(
    database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    for kind in ("visit_accepted", "visit_travel_started", "visit_travel_started", "plan_ready"):
        await happens(database, company, kind, now)
    (message,) = await mailed(database, office, now)
    assert message["To"] == company.emails[Role.MANAGER]
    assert message["Subject"].startswith("Lift A · Hotel: ")
    (text,) = office.texts
    assert text.count("on the way") + text.count("en route") == 1
    token = (await _rows(database))[0].token
    assert message["List-Unsubscribe"].endswith(f"/api/unsubscribe?token={token}>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    await happens(database, company, "visit_travel_started", now + SOON)
    assert await mailed(database, office, now + SOON) == []


async def test_a_manager_is_told_when_somebody_is_free_when_it_is_safe_and_when_it_works(
    database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    for kind in ("person_released", "made_safe", "back_in_service"):
        await happens(database, company, kind, now, severity="S1")
        assert len(await mailed(database, office, now)) == 1
        now += SOON
    assert [said in text for said, text in zip(RECOVERED, office.texts, strict=True)] == [True] * 3


async def test_mail_that_is_not_taken_goes_again_under_the_same_id(
    database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    await happens(database, company, "back_in_service", now)
    office.answers = ["451 later"]
    assert await mailed(database, office, now) == []
    (row,) = await _rows(database)
    assert (row.state, row.reason, row.tries) == ("waiting", "451", 1)
    await happens(database, company, "visit_completed", now)
    (message,) = await mailed(database, office, now + SOON + PAUSES[0])
    assert message["Message-ID"] == f"<{row.id}@example.org>"
    (row,) = await _rows(database)
    assert (row.state, row.tries, row.facts) == ("sent", 2, {})


async def test_an_address_that_does_not_exist_is_not_tried_again(
    database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    await happens(database, company, "back_in_service", now)
    office.answers = ["550 nobody here"]
    assert await mailed(database, office, now) == []
    assert [(row.state, row.reason) for row in await _rows(database)] == [("failed", "550")]


async def test_an_office_that_is_shut_keeps_what_waits(
    database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    await happens(database, company, "back_in_service", now)
    office.port = 1
    assert await mailed(database, office, now) == []
    assert [row.state for row in await _rows(database)] == ["waiting"]


async def test_quiet_hours_hold_mail_until_the_morning_but_nobody_trapped(
    client: Client, database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    zone = ZoneInfo("Europe/Andorra")
    minute = now.astimezone(zone).hour * 60 + now.astimezone(zone).minute
    quiet = {"quiet_from": (minute - 60) % 1440, "quiet_to": (minute + 60) % 1440}
    manager = await company.sign_in(client, Role.MANAGER)
    answer = await manager.patch(MINE, quiet | {"zone": zone.key}, version=0)
    assert answer.status_code == 200, answer.text
    await happens(database, company, "back_in_service", now)
    await happens(database, company, "person_released", now, work=uuid4(), severity="S1")
    assert len(await mailed(database, office, now)) == 1
    assert len(await mailed(database, office, now + timedelta(hours=1))) == 1


async def test_a_link_in_the_mail_ends_it_and_only_when_it_is_pressed(
    client: Client, database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    await happens(database, company, "back_in_service", now)
    (message,) = await mailed(database, office, now)
    link = message["List-Unsubscribe"].strip("<>").removeprefix("https://palier.example.org")
    assert (await client.get(link)).status_code == 405
    form = {"List-Unsubscribe": "One-Click"}
    assert (await client.post(link, data=form)).status_code == 204
    assert (await client.post(link.replace("=", "=x"))).status_code == 410
    await happens(database, company, "made_safe", now, work=uuid4())
    assert await mailed(database, office, now + SOON) == []
    manager = await company.sign_in(client, Role.MANAGER)
    mine = (await manager.get(MINE)).json()
    assert mine["is_mail_stopped"]
    again = await manager.patch(MINE, {"is_mail_stopped": False}, version=mine["version"])
    assert again.status_code == 200
    await happens(database, company, "made_safe", now, work=uuid4())
    assert len(await mailed(database, office, now + 2 * SOON)) == 1


async def test_an_escalation_is_mailed_to_the_role_it_names_alone(
    database: Database, company: Company, office: PostOffice
) -> None:
    now = await begun(database, company)
    about = About(region_id=company.valley.id, intervention_id=WORK)
    for role in ("dispatcher", "admin"):
        what = Happening("promise_escalated", about, {"role": role, "level": 1, "number": role})
        async with database.write() as session:
            await announce(session, Actor(None, "Palier"), now, what)
    sent = await mailed(database, office, now)
    told = {each["To"]: _number(each) for each in sent}
    assert told == {company.emails[Role.DISPATCHER]: True, company.emails[Role.ADMIN]: True}


def _number(message: EmailMessage) -> bool:
    body = message.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(message["To"]).split("@")[0] in body.get_content()


async def _rows(database: Database) -> list[Mail]:
    async with database.read() as session:
        return list(await session.scalars(select(Mail).order_by(Mail.id)))


async def test_what_happened_in_no_region_is_told_by_the_clock_of_the_reader(
    client: Client, company: Company, database: Database
) -> None:
    await company.sign_in(client, Role.EXPERIENCE)
    at = await begun(database, company)
    overdue = Happening("agreement_review_overdue", About(), {"number": "AGR-1"})
    async with database.write() as session:
        await announce(session, Actor(None, "Palier"), at, overdue)
    await collect(database, at + SOON)
    async with database.read() as session:
        zones = {row.facts["zone"] for row in await session.scalars(select(Mail))}
    assert zones == {company.valley.zone}
