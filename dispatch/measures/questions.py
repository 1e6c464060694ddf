"""What each measure is asked with: a table from its name to how its inputs are read.

Single fields are read in `fields`; the document they stand in is read in `reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

from dispatch.agreements.penalty_reading import figure
from dispatch.clocks import ClockState
from dispatch.errors import Fault, Invalid
from dispatch.hours import ClockKind
from dispatch.hours.reading import read_instant
from dispatch.measures.attainment import Attainment
from dispatch.measures.availability import availability
from dispatch.measures.credit_question import read_credit
from dispatch.measures.fields import Fields
from dispatch.measures.first_time_fix import FirstTimeFix
from dispatch.measures.repair_times import Repair, RepairTimes
from dispatch.measures.satisfaction import (
    BEST_EFFORT,
    BEST_SATISFACTION,
    LOWEST,
    Effort,
    Satisfaction,
)
from dispatch.measures.watermelon import FEWEST_ANSWERS, JobWatermelon, SiteWatermelon
from dispatch.measures.xla_score import USUAL_WEIGHTS, Part, XlaScore


class Measure(Protocol):
    """A figure worked out, that knows its definitions and how it is written."""

    @property
    def definition_ids(self) -> tuple[str, ...]:
        """Which definitions of the dictionary say what it means."""

    def answer(self) -> dict[str, object]:
        """Give it as plain JSON values."""


def _attainment(fields: Fields) -> Measure:
    return Attainment(
        met=fields.count("met"),
        breached=fields.count("breached"),
        open_overdue=fields.count("open_overdue", 0),
        open_not_due=fields.count("open_not_due", 0),
        excused_approved=fields.count("excused_approved", 0),
        cancelled=fields.count("cancelled", 0),
        uncovered=fields.count("uncovered", 0),
    )


def _availability(fields: Fields) -> Measure | None:
    calendar = fields.calendar("calendar")
    period = fields.interval("period")
    downtime = fields.intervals("downtime")
    planned = fields.intervals("planned_maintenance")
    target = fields.percent("target_pct")
    if calendar is None or fields.faults:
        return None
    return availability(calendar, period, downtime=downtime, planned=planned, target_percent=target)


def _repair_times(fields: Fields) -> Measure:
    repairs = [
        _repair(item, f"jobs[{index}]", fields) for index, item in enumerate(fields.items("jobs"))
    ]
    return RepairTimes(tuple(repair for repair in repairs if repair is not None))


def _repair(given: object, path: str, fields: Fields) -> Repair | None:
    """Read one failure's instants: all with an offset, or all local to one place without any."""
    job = Fields(given, {}, path)
    texts = {key: job.raw(key) for key in ("reported", "on_site", "restored")}
    local = {key: _is_local(text) for key, text in texts.items() if isinstance(text, str)}
    if len(set(local.values())) > 1:
        sentence = "Give an offset with every instant of a job, or with none of them."
        job.faults.append(Fault(path, "offsets_mixed", sentence))
    read = {
        key: None
        if text is None and key != "reported"
        else read_instant(f"{text}Z" if local.get(key) else text, job.at(key), job.faults)
        for key, text in texts.items()
    }
    faults = job.close()
    fields.faults.extend(faults)
    if faults or read["reported"] is None:
        return None
    try:
        return Repair(read["reported"], read["on_site"], read["restored"])
    except Invalid as invalid:
        fields.faults.extend(fault.under(path) for fault in invalid.faults)
        return None


def _is_local(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def _first_time_fix(fields: Fields) -> Measure | None:
    completed = fields.count("completed")
    outside = fields.count("cancelled_or_no_access", 0)
    second_visits = fields.count("needed_second_visit", 0)
    repeats = fields.count("repeat_same_asset_same_fault_within_30d", 0)
    fields.count("repeat_after_31d", 0)  # a new failure: printed by whoever asks, never counted
    if fields.faults:
        return None
    return FirstTimeFix(completed, outside, second_visits, repeats)


def _satisfaction(fields: Fields) -> Measure | None:
    scores = fields.counts("scores")
    return None if fields.faults else Satisfaction(scores)


def _effort(fields: Fields) -> Measure | None:
    scores, wording = fields.counts("scores"), fields.text("wording")
    return None if fields.faults else Effort(scores, wording)


def _watermelon_job(fields: Fields) -> Measure:
    states = [_state(kind, fields) for kind in ClockKind]
    return JobWatermelon(
        tuple(state for state in states if state is not None),
        csat=_one_answer("csat", BEST_SATISFACTION, fields),
        ces=_one_answer("ces", BEST_EFFORT, fields),
        irritation=fields.flag("irritation", default=False),
        complaint=fields.flag("complaint", default=False),
    )


def _state(kind: ClockKind, fields: Fields) -> ClockState | None:
    given = fields.raw(kind.value)
    if given is None:
        return None
    states = {state.value: state for state in ClockState}
    if isinstance(given, str) and given in states:
        return states[given]
    sentence = f"{figure(given)} is not how a clock stands: {', '.join(states)}."
    fields.refuse(kind.value, "unknown_state", sentence)
    return None


def _one_answer(key: str, best: int, fields: Fields) -> int | None:
    if fields.raw(key) is None:
        return None
    before = len(fields.faults)
    score = fields.count(key)
    if len(fields.faults) == before and not LOWEST <= score <= best:
        fields.refuse(key, "off_the_scale", f"{score} is not in {LOWEST} to {best}.")
    return score


def _watermelon_site(fields: Fields) -> Measure:
    return SiteWatermelon(
        attainment=fields.exact_percent("attainment_pct"),
        attainment_target=fields.required_percent("attainment_target"),
        csat=fields.exact_percent("csat_pct"),
        csat_target=fields.required_percent("csat_target"),
        answers=fields.count("answers"),
        min_answers=fields.count("min_answers", FEWEST_ANSWERS),
    )


def _xla_score(fields: Fields) -> Measure | None:
    given = fields.raw("weights")
    weights = Fields(USUAL_WEIGHTS if given is None else given, {}, "weights")
    components = Fields(fields.raw("components"), {}, "components")
    parts = [
        (name, weights.decimal(name), components.exact_percent(name)) for name in weights.names()
    ]
    fields.faults.extend((*weights.close(), *components.close()))
    if fields.faults:
        return None
    return XlaScore(tuple(Part(name, Fraction(weight), points) for name, weight, points in parts))


QUESTIONS: Mapping[str, Callable[[Fields], Measure | None]] = MappingProxyType(
    {
        "sla_attainment": _attainment,
        "availability": _availability,
        "mttr": _repair_times,
        "first_time_fix": _first_time_fix,
        "csat_top2": _satisfaction,
        "ces_1_7": _effort,
        "watermelon_job": _watermelon_job,
        "watermelon_site": _watermelon_site,
        "xla_score": _xla_score,
        "credit": read_credit,
    }
)
