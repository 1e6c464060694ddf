"""All tables of all domains, gathered for migrations and for nothing else."""

import server.accounts.tables as accounts
import server.regions.tables as regions
from server.kit.tables import Base

METADATA = Base.metadata
__all__ = ["METADATA", "accounts", "regions"]
