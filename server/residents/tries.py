"""How much comes from one place: counted for ten minutes, and known by a hash only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from server.accounts.secrets import fingerprint
from server.kit.database import Session
from server.residents.problems import TooManyReports
from server.residents.tables import PublicTry

WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries `of` one kind from `where`, within ten minutes."""

    of: str
    where: str
    most: int

    @property
    def key(self) -> str:
        return fingerprint(f"{self.of} {self.where}")


async def count(session: Session, limits: list[Limit], now: datetime) -> None:
    """Count a try under each of these, or refuse it where one of them is reached."""
    await session.execute(delete(PublicTry).where(PublicTry.at < now - WINDOW))
    for limit in limits:
        query = select(func.count()).where(PublicTry.key == limit.key, PublicTry.at > now - WINDOW)
        if int(await session.scalar(query) or 0) >= limit.most:
            raise TooManyReports(int(WINDOW.total_seconds()))
    session.add_all(PublicTry(key=limit.key, at=now) for limit in limits)
    await session.flush()
