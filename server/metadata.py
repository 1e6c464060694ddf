"""All tables of all domains, gathered for migrations and for nothing else."""

import server.accounts.tables as accounts
import server.agreements.negotiation_tables as negotiations
import server.agreements.tables as agreements
import server.aims.tables as aims
import server.breaches.tables as breaches
import server.comments.tables as comments
import server.conformity.tables as conformity
import server.credits.tables as credit_notes
import server.customers.tables as customers
import server.deeds.tables as deeds
import server.documents.tables as documents
import server.experience.tables as experience
import server.feasibility.tables as feasibility
import server.files.tables as files
import server.improvements.tables as improvements
import server.interventions.tables as interventions
import server.invoicing.tables as invoicing
import server.live.tables as live
import server.mail.tables as mail
import server.meetings.tables as meetings
import server.notifications.tables as notifications
import server.parts.tables as parts
import server.planning.brief_tables as morning_briefs
import server.planning.policy_tables as planning_policies
import server.planning.scenario_tables as scenarios
import server.planning.tables as planning
import server.presence.tables as presence
import server.regions.tables as regions
import server.reports.tables as reports
import server.residents.tables as residents
import server.roster.tables as roster
import server.services.tables as services
import server.severity.tables as severity
import server.sites.tables as sites
import server.webhooks.tables as webhooks
from server.kit.tables import Base

METADATA = Base.metadata
__all__ = [
    "METADATA",
    "accounts",
    "agreements",
    "aims",
    "breaches",
    "comments",
    "conformity",
    "credit_notes",
    "customers",
    "deeds",
    "documents",
    "experience",
    "feasibility",
    "files",
    "improvements",
    "interventions",
    "invoicing",
    "live",
    "mail",
    "meetings",
    "morning_briefs",
    "negotiations",
    "notifications",
    "parts",
    "planning",
    "planning_policies",
    "presence",
    "regions",
    "reports",
    "residents",
    "roster",
    "scenarios",
    "services",
    "severity",
    "sites",
    "webhooks",
]
