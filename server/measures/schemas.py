"""Wire shapes of figures and their definitions."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from server.agreements.schemas import FeltMeasure
from server.experience.pulse_schemas import Weighs
from server.kit.wire import Out


class DefinitionOut(Out):
    """How a measure is defined; `text` is plain English, pages translate by `id`."""

    id: str
    version: int
    unit: str
    direction: str
    text: str


class DefinitionsOut(Out):
    items: list[DefinitionOut]


class FigureOut(Out):
    """One figure, shown as text with its exact parts beside it; null where nothing was measured.

    `outside` counts what the definition leaves out, by reason.
    """

    measure: str
    definition_version: int
    clock: str | None
    value: str | None
    unit: str
    numerator: int | None
    denominator: int | None
    outside: dict[str, int]
    facts: dict[str, Any]


class FiguresOut(Out):
    """Figures about interventions reported on local days `[from_day, to_day)`."""

    from_day: date
    to_day: date
    region_id: UUID | None
    customer_id: UUID | None
    figures: list[FigureOut]


class AssetAvailabilityOut(Out):
    """How available one unit was on local days `[from_day, to_day)`, as far as they have passed.

    Seconds are of the time agreed, planned maintenance taken off; null where there was none.
    """

    asset_id: UUID
    from_day: date
    to_day: date
    agreed_seconds: int
    downtime_seconds: int
    percent: str | None
    target_percent: str | None
    is_met: bool | None
    definition_version: int


class ExpectedHourOut(Out):
    """An hour of the week, 0 is Monday: the mean, and what nine such hours of ten stay within."""

    weekday: int
    hour: int
    expected: float
    at_most: int


class MissOut(Out):
    """How far off: by hour, calls as root mean square; by day, per cent of all calls."""

    by_hour: float
    by_day_percent: float | None


class BackTestOut(Out):
    """The last weeks foreseen from those before each, beside the mean of the last four weeks."""

    weeks: int
    calls: int
    forecast: MissOut
    usual: MissOut
    is_better: bool


class DemandOut(Out):
    """Breakdowns foreseen for the week from `monday`, by local hour; none with too little to go by.

    `weeks` and `calls` are what it rests on: the whole local weeks before.
    """

    region_id: UUID
    monday: date
    weeks: int
    calls: int
    hours: list[ExpectedHourOut]
    back_test: BackTestOut | None


class WatermelonJobOut(Out):
    """Every promise kept, and somebody unhappy: their lowest answers and their last words."""

    intervention_id: UUID
    region_id: UUID
    number: str
    summary: str
    site_name: str
    customer_name: str
    reported_at: datetime
    csat: int | None
    effort: int | None
    is_irritated: bool
    is_complaint: bool
    words: str


class WatermelonPlaceOut(Out):
    """A site or a customer: its worst clock beside what was felt, null on too few answers."""

    id: UUID
    name: str
    attainment: str | None
    promises: int
    csat: str | None
    answers: int
    is_watermelon: bool | None


class WatermelonsOut(Out):
    """Of what was reported on `[from_day, to_day)`, with the targets it was judged by."""

    from_day: date
    to_day: date
    attainment_target: str
    csat_target: str
    fewest_answers: int
    jobs: list[WatermelonJobOut]
    sites: list[WatermelonPlaceOut]
    customers: list[WatermelonPlaceOut]


class ObjectiveDoingOut(Out):
    """An objective of experience beside its figure; unknown where it rests on fewer than `fewest`.

    `rests_on` counts answers, repairs or visits, whatever the measure is of.
    """

    measure: FeltMeasure
    definition_version: int
    at_least: str
    value: str | None
    rests_on: int
    fewest: int
    standing: Literal["reached", "missed", "unknown"]


class AgreementDoingOut(Out):
    """How an agreement did on `[from_day, to_day)`, by the version that held last in it.

    `service` is what was kept, clock by clock, and `experience` what was felt: two sides that are
    never averaged. Both are of the `interventions` its services cover.
    """

    agreement_id: UUID
    version_number: int | None
    from_day: date
    to_day: date
    interventions: int
    service: list[FigureOut]
    experience: list[FigureOut]
    objectives: list[ObjectiveDoingOut]


class OutageOut(Out):
    """One stretch out of service; `cause` is empty while none was found."""

    intervention_id: UUID
    number: str
    began_at: datetime
    ended_at: datetime | None
    cause: str
    minutes: int
    is_repeat: bool


class CauseOut(Out):
    cause: str
    minutes: int
    outages: int


class CriticalOut(Out):
    """One critical window of the site: its minutes so far, and those of them that were lost."""

    name: str
    minutes: int
    down_minutes: int
    availability: str | None
    target_percent: str | None
    is_met: bool | None
    definition_version: int


class OutOfServiceOut(Out):
    """The ledger of one unit on `[from_day, to_day)`: agreed time lost, by cause.

    `is_repeat` tells that the same cause had put it out of service within 30 days before;
    `critical` tells apart what was lost while the site's business must not stop.
    """

    asset_id: UUID
    from_day: date
    to_day: date
    availability: str | None
    definition_version: int
    target_percent: str | None
    agreed_minutes: int
    down_minutes: int
    repeats: int
    causes: list[CauseOut]
    critical: list[CriticalOut]
    outages: list[OutageOut]


class PulseReasonOut(Out):
    weighs: Weighs
    answers: int


class PulseWeekOut(Out):
    """Seven local days from `from_day`; null under the fewest answers."""

    from_day: date
    answers: int | None
    score: str | None


class TechnicianDriverOut(Out):
    """In all and for one technician; null where fewer people worked than may be told of."""

    measure: str
    definition_version: int
    unit: str
    total: str | None
    each: str | None


class TechnicianExperienceOut(Out):
    """How it was for technicians of a region on `[from_day, to_day)`; null on too few.

    `fewest` is from how many answers and from how many `technicians` anything is told.
    """

    region_id: UUID
    from_day: date
    to_day: date
    fewest: int
    definition_version: int
    answers: int
    score: str | None
    reasons: list[PulseReasonOut]
    weeks: list[PulseWeekOut]
    technicians: int
    drivers: list[TechnicianDriverOut]


class DriverOut(Out):
    """Satisfied people where something was so and where it was not; null under 30 answers."""

    trait: Literal["late", "came_as_planned", "told_ahead", "repeat"]
    answers: int
    with_it: str | None
    without: str | None
    points: str | None
    answers_with: int
    answers_without: int


class DriversOut(Out):
    """Of what was reported on `[from_day, to_day)`; a difference is no cause."""

    from_day: date
    to_day: date
    fewest_answers: int
    answers: int
    drivers: list[DriverOut]


class CapacityWeekOut(Out):
    """A week from a local day on: minutes asked for, minutes there were, and the share in per cent.

    `load` is null where nobody had an hour.
    """

    from_day: date
    demand_minutes: int
    available_minutes: int
    load: str | None


class SkillCapacityOut(Out):
    """One skill, or all work where `skill` is empty.

    `rise_points` is by how many points the load climbs a week; `is_alert` once that is too much.
    """

    skill: str
    weeks: list[CapacityWeekOut]
    rise_points: str | None
    is_alert: bool


class CapacityOut(Out):
    """Work asked for beside the hours of those who can do it, over four weeks.

    Whoever holds several skills is counted with each. `alert_above` is the rise in points a week.
    """

    definition_version: int
    alert_above: str
    skills: list[SkillCapacityOut]
