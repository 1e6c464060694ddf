"""Whoever reads a report on paper: their language, and what services are called in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.kit.database import AnySession
from server.reports.words import Words
from server.services.tables import Service


@dataclass(frozen=True, slots=True)
class Reader:
    """Their words, and the names of services by code."""

    words: Words
    services: Mapping[str, str]

    def service(self, code: str) -> str:
        return self.services.get(code) or code or "–"


async def words_of(session: AnySession, scope: Scope) -> Words:
    """The words of the caller's language."""
    account = await session.get_one(Account, scope.account_id)
    return Words(account.language)


async def reader_of(session: AnySession, scope: Scope) -> Reader:
    """The caller, with every service there is."""
    words = await words_of(session, scope)
    query = select(Service.code, Service.names).order_by(Service.id.desc())
    found = (await session.execute(query)).all()
    return Reader(words, {code: names.get(words.language) or "" for code, names in found})
