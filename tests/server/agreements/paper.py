"""Agreements as tests write them: bodies with sensible values, and the ordinary steps over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
AGREEMENTS = "/api/agreements"
NOBODY = "00000000-0000-0000-0000-000000000000"
PDF = b"%PDF-1.7\n%a signed agreement\n%%EOF\n"
MEANT = "We promise the same everywhere."
SIGNATORIES = [{"name": "Núria Roca", "party": "Home Hotels"}]


def promise(company: Company, **more: object) -> dict[str, object]:
    """A line: for an entrapment somebody is there within an hour of service."""
    return {
        "service": "REPAIR",
        "severity": "S1",
        "clock": "response",
        "promise": {"kind": "seconds", "seconds": 3600},
        "calendar_id": str(company.hours.id),
    } | more


def seconds(many: int) -> dict[str, object]:
    return {"kind": "seconds", "seconds": many}


def terms(company: Company, *clauses: dict[str, object], **more: object) -> dict[str, object]:
    return {
        "services": [{"service": "REPAIR"}],
        "clauses": list(clauses) or [promise(company)],
    } | more


def version(company: Company, **more: object) -> dict[str, object]:
    return {
        "valid_from": "2026-01-01",
        "valid_to": None,
        "zone": "Europe/Paris",
        "terms": terms(company),
    } | more


def body(company: Company, number: str = "A-1", **more: object) -> dict[str, object]:
    return {
        "number": number,
        "customer_id": str(company.home.customer.id),
        "name": "Around the clock",
        "owner_name": "Jordi",
        "first_version": version(company),
    } | more


async def numbers(member: Member, **query: str) -> list[str]:
    answer = await member.get(AGREEMENTS, **query)
    assert answer.status_code == 200, answer.text
    return [each["number"] for each in answer.json()["items"]]


def newest(agreement: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = agreement["versions"][-1]
    return found


def address(agreement: Mapping[str, Any], *parts: str) -> str:
    """The address of an agreement's newest version, and what is below it."""
    place = [AGREEMENTS, agreement["id"], "versions", newest(agreement)["id"], *parts]
    return "/".join(place)


async def upload(
    member: Member, path: str, content: bytes = PDF, name: str = "agreement.pdf"
) -> Response:
    headers = member.headers(**{"Idempotency-Key": uuid4().hex, "Content-Type": "application/pdf"})
    return await member.client.post(path, params={"name": name}, content=content, headers=headers)


class Office:
    """Two people who together may bring an agreement into force."""

    def __init__(self, company: Company, author: Member, verifier: Member) -> None:
        self.company = company
        self.author = author
        self.verifier = verifier

    @classmethod
    async def open(cls, client: Client, company: Company) -> "Office":
        author = await company.sign_in(client, Role.EXPERIENCE)
        return cls(company, author, await company.sign_in(client, Role.ADMIN))

    async def draft(self, number: str = "A-1", **more: object) -> dict[str, Any]:
        answer = await self.author.post(AGREEMENTS, body(self.company, number, **more))
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def amend(self, agreement: Mapping[str, Any], **more: object) -> Response:
        path = f"{AGREEMENTS}/{agreement['id']}/versions"
        return await self.author.post(path, version(self.company, **more))

    async def look(self, agreement: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = (await self.author.get(f"{AGREEMENTS}/{agreement['id']}")).json()
        return found

    async def step(
        self, agreement: Mapping[str, Any], kind: str, who: Member | None = None, **more: object
    ) -> Response:
        """One step with the newest version, as it is stored now."""
        now = await self.look(agreement)
        sent = {"kind": kind, "base_version": newest(now)["version"]} | more
        return await (who or self.author).post(address(now, "commands"), sent)

    async def signed(self, agreement: Mapping[str, Any]) -> dict[str, Any]:
        """A draft that was verified and signed, even if it promises all regions the same."""
        verified = await self.step(agreement, "verify", self.verifier, reason=MEANT)
        assert verified.status_code == 200, verified.text
        file = (await upload(self.author, address(agreement, "files"))).json()
        done = await self.step(agreement, "sign", **signature(self.company, file["id"]))
        assert done.status_code == 200, done.text
        made: dict[str, Any] = done.json()
        return made

    async def in_force(self, number: str = "A-1", **more: object) -> dict[str, Any]:
        """A new agreement that was taken through every step."""
        return await self.activate(await self.draft(number, **more))

    async def activate(self, agreement: Mapping[str, Any]) -> dict[str, Any]:
        done = await self.step(await self.signed(agreement), "activate")
        assert done.status_code == 200, done.text
        made: dict[str, Any] = done.json()
        return made


def signature(company: Company, file_id: str) -> dict[str, Any]:
    signed_on: date = company.now.date()
    return {
        "file_id": file_id,
        "signed_on": signed_on.isoformat(),
        "signatories": SIGNATORIES,
        "approved_by": SIGNATORIES[0]["name"],
    }
