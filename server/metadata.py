"""All tables of all domains, gathered for migrations and for nothing else."""

import server.accounts.tables as accounts
import server.agreements.tables as agreements
import server.customers.tables as customers
import server.interventions.tables as interventions
import server.planning.tables as planning
import server.regions.tables as regions
import server.roster.tables as roster
import server.sites.tables as sites
from server.kit.tables import Base

METADATA = Base.metadata
__all__ = [
    "METADATA",
    "accounts",
    "agreements",
    "customers",
    "interventions",
    "planning",
    "regions",
    "roster",
    "sites",
]
