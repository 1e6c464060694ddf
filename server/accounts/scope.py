"""What a caller may see: the first argument of every query.

Made from the account at the start of a request; never from the request's own words.
"""

from dataclasses import dataclass
from uuid import UUID

from server.accounts.schemas import Role
from server.kit.events import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """`region_ids` None means every region."""

    account_id: UUID
    name: str
    role: Role
    region_ids: frozenset[UUID] | None = None
    customer_id: UUID | None = None
    technician_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        return Actor(self.account_id, self.name)

    def sees_region(self, region_id: UUID) -> bool:
        """Whether a region is one of the caller's."""
        return self.region_ids is None or region_id in self.region_ids
