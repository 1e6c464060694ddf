"""Who was here last: remembered as they come, written down now and then.

Reading must stay reading: no request waits for a write because somebody looked.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from server.accounts.tables import Account, ApiKey
from server.kit.database import Database
from server.kit.runner import Duty

EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class LastSeen:
    """People and keys that called since it was last written down, and when."""

    accounts: dict[UUID, datetime] = field(default_factory=dict)
    keys: dict[UUID, datetime] = field(default_factory=dict)

    def writing(self, database: Database) -> Duty:
        """Write it down every minute."""

        async def write(_: datetime) -> int:
            return await self.write(database)

        return Duty("last seen", EVERY, write)

    async def write(self, database: Database) -> int:
        """Write down who came; nobody's version grows by that."""
        accounts, self.accounts = self.accounts, {}
        keys, self.keys = self.keys, {}
        if accounts or keys:
            async with database.write() as session:
                for account_id, at in accounts.items():
                    seen = update(Account).where(Account.id == account_id)
                    await session.execute(seen.values(last_seen_at=at))
                for key_id, at in keys.items():
                    used = update(ApiKey).where(ApiKey.id == key_id)
                    await session.execute(used.values(last_used_at=at))
        return len(accounts) + len(keys)
