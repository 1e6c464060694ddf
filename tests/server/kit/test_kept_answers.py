"""Answers are kept for who repeats a command, as long as a phone may be without signal."""

from datetime import timedelta
from uuid import UUID

from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select

from server.accounts.schemas import Role
from server.kit.clock import Clock
from server.kit.database import Database
from server.kit.tables import StoredAnswer
from tests.server.company import Company


async def test_an_answer_is_kept_for_a_week_and_not_for_ever(
    client: AsyncTestClient[Litestar], company: Company, database: Database
) -> None:
    ages = {"yesterday": timedelta(days=1), "long ago": timedelta(days=8)}
    async with database.write() as session:
        for key, age in ages.items():
            session.add(
                StoredAnswer(
                    account_id=UUID(int=7),
                    route="POST /api/interventions",
                    key=key,
                    fingerprint="",
                    status=201,
                    etag=None,
                    body=b"{}",
                    created_at=Clock().now() - age,
                )
            )
    admin = await company.sign_in(client, Role.ADMIN)
    night = {"code": "NIGHT", "name": "Nights", "zone": "Europe/Paris", "always_open": True}
    assert (await admin.post("/api/calendars", night, key="now")).status_code == 201
    async with database.read() as session:
        kept = set((await session.scalars(select(StoredAnswer.key))).all())
    assert kept == {"yesterday", "now"}
