"""Wire shapes of agreements for building managers: their own promises, nothing internal."""

from datetime import date, datetime
from uuid import UUID

from server.agreements.schemas import (
    ChangeDecision,
    ChoicesOut,
    ClockKind,
    FileOut,
    ObjectiveOut,
    PenaltiesOut,
    PricingOut,
    PromiseOut,
    ResponsibilityOut,
    Severity,
    SignatoryOut,
    VersionStatus,
)
from server.kit.names import NamesOut
from server.kit.wire import Out


class CardHoursOut(Out):
    """The hours in which a promise is counted, in the shape of a calendar."""

    zone: str
    always_open: bool
    weekly: dict[str, list[tuple[int, int]]]


class CardPromiseOut(Out):
    """One promise on the card, as the clock would count it today."""

    severity: Severity
    clock: ClockKind
    promise: PromiseOut
    hours: CardHoursOut


class PromiseCardOut(Out):
    """What is promised at a site for a service, from the version in force on `day`.

    `agreement_number` is null where nothing is promised.
    """

    site_id: UUID
    site_name: str
    service: str
    service_names: NamesOut
    agreement_number: str | None
    version_number: int | None
    day: date
    promises: list[CardPromiseOut]
    exclusions: list[str]
    availability_percent: str | None


class PromiseCardsOut(Out):
    items: list[PromiseCardOut]


class PortalVersionOut(Out):
    id: UUID
    number: int
    status: VersionStatus
    valid_from: date
    valid_to: date | None
    signed_on: date | None
    signatories: list[SignatoryOut]
    files: list[FileOut]
    responsibilities: list[ResponsibilityOut]
    obligations: list[str]
    desired_outcome: str
    objectives: list[ObjectiveOut]
    notice_days: int
    penalties: PenaltiesOut | None
    pricing: PricingOut | None
    services: list[str]
    choices: ChoicesOut | None = None


class PortalWishOut(Out):
    """A change the customer asked for, and what came of it; `decision` is null until then."""

    id: UUID
    text: str
    asked_by: str
    asked_at: datetime
    decision: ChangeDecision | None
    reason: str
    decided_at: datetime | None


class PortalAgreementOut(Out):
    """A building manager's agreement: versions that are or were in force, newest first.

    `wishes` are the changes its managers asked for, the newest first.
    """

    id: UUID
    number: str
    name: str
    next_review_on: date | None
    versions: list[PortalVersionOut]
    wishes: list[PortalWishOut]


class PortalAgreementsOut(Out):
    items: list[PortalAgreementOut]
