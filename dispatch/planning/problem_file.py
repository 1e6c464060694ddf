"""The problem document, `palier-problem/1`: read whole with every fault listed, and written.

What the values mean stands in `problem`; opening files is not done here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import UTC, datetime

from dispatch.errors import Fault
from dispatch.geo import PROFILES, InvalidPointError, Point, travel_block, travel_matrix
from dispatch.planning.contradictions import LONGEST_TIME, NO_WAY, contradictions
from dispatch.planning.durations import MANY, Durations
from dispatch.planning.fields import Fields, decimal, document, whole_number
from dispatch.planning.job import Announced, Job, Lock
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import ProblemRefused
from dispatch.planning.stability import Stability
from dispatch.planning.technician import Break, Technician

FORMAT = "palier-problem/1"

# Keys that came later: a file holds them only where they say something.
LATER_KEYS = ("aim", "aim_cost")
WHOLE = frozenset({int})
NOWHERE = datetime(1970, 1, 1, tzinfo=UTC)


def parse_problem(given: str | bytes | Mapping[str, object]) -> Problem:
    """Read a problem from its JSON text or mapping; every fault is listed in `ProblemRefused`.

    >>> parse_problem({"format": "palier-problem/1", "origin": "2026-06-01T06:00:00Z",
    ...     "travel": {"durations": [[0]]}, "technicians": [], "jobs": []}).jobs
    ()
    """
    found: list[Fault] = []
    top = Fields(document(given, found), "", found)
    if found:
        raise ProblemRefused(found)
    top.expect_format(FORMAT)
    parts = _Parts(top)
    top.refuse_unknown()
    if not found:
        return parts.problem()
    raise ProblemRefused([*found, *_not_already(found, parts.contradictions())])


class _Parts:
    """Everything read so far, sound or not, so that both kinds of fault are told together."""

    def __init__(self, top: Fields) -> None:
        self.origin = _origin(top)
        self.now = top.integer("now", 0)
        self.durations = _durations(top)
        top.require("technicians", "jobs")
        self.technicians = top.sequence("technicians", _technician)
        self.jobs = top.sequence("jobs", _job)
        self.stability = _stability(top)
        self.balance_cost = top.integer("balance_cost", 0)
        self.arrival_cost = top.integer("arrival_cost", 0)

    def problem(self) -> Problem:
        return Problem(
            origin=self.origin,
            now=self.now,
            durations=self.durations,
            technicians=self.technicians,
            jobs=self.jobs,
            stability=self.stability,
            balance_cost=self.balance_cost,
            arrival_cost=self.arrival_cost,
        )

    def contradictions(self) -> list[Fault]:
        return contradictions(
            origin=self.origin,
            now=self.now,
            durations=self.durations,
            technicians=self.technicians,
            jobs=self.jobs,
            stability=self.stability,
            balance_cost=self.balance_cost,
            arrival_cost=self.arrival_cost,
        )


def _not_already(found: list[Fault], further: list[Fault]) -> list[Fault]:
    """Leave out contradictions that only follow from a value that could not be read."""
    spoilt = tuple(fault.path for fault in found if fault.code != "unknown_key")
    spoilt_places = any(path.startswith("travel") for path in spoilt)
    return [
        fault
        for fault in further
        if not any(path.startswith(fault.path) or fault.path.startswith(path) for path in spoilt)
        and not (spoilt_places and fault.code == "unknown_location")
        and fault.code != "empty_id"
    ]


def _origin(top: Fields) -> datetime:
    text = top.text("origin")
    if any(fault.path == "origin" for fault in top.found):
        return NOWHERE
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        top.note("origin", "not_an_instant", f"{text!r} is no ISO 8601 instant with an offset")
        return NOWHERE


def _durations(top: Fields) -> Sequence[Sequence[int]]:
    top.require("travel")
    if not top.has("travel"):
        return ()
    travel = top.child("travel")
    if travel.has("durations") == travel.has("locations"):
        travel.note("travel", "one_of_two", "give either durations or locations with a profile")
    matrix: Sequence[Sequence[int]] = travel.sequence("durations", _row)
    if travel.has("locations"):
        matrix = _distances(travel)
    elif len(matrix) >= MANY and _fits(matrix):
        matrix = Durations.of(matrix)
    travel.refuse_unknown()
    return matrix


def _fits(matrix: Sequence[Sequence[int]]) -> bool:
    """Tell whether this is a square of numbers small enough to be packed; if not, it is refused."""
    return all(
        len(row) == len(matrix) and min(row) >= NO_WAY and max(row) <= LONGEST_TIME
        for row in matrix
    )


def _row(fields: Fields, value: object, path: str) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        fields.note(path, "not_a_list", "a row of whole numbers belongs here")
        return ()
    if WHOLE.issuperset(map(type, value)):  # the one look at each number of a large matrix
        return tuple(value)
    return tuple(whole_number(fields, number, f"{path}[{at}]") for at, number in enumerate(value))


def _distances(travel: Fields) -> Sequence[Sequence[int]]:
    places = travel.sequence("locations", _point)
    profile = travel.text("profile")
    if profile in PROFILES:
        if len(places) >= MANY:
            return Durations(travel_block(places, profile))
        return tuple(map(tuple, travel_matrix(places, profile)))
    if profile:
        known = ", ".join(sorted(PROFILES))
        travel.note(travel.at("profile"), "unknown_profile", f"choose one of {known}")
    return tuple((0,) * len(places) for _ in places)


def _point(fields: Fields, value: object, path: str) -> Point:
    inner = Fields(value, path, fields.found)
    inner.require("lat", "lon")
    given = {key: decimal(inner, inner.raw(key) or 0, inner.at(key)) for key in ("lat", "lon")}
    inner.refuse_unknown()
    try:
        return Point(given["lat"], given["lon"])
    except InvalidPointError as error:
        inner.note(inner.at(error.coordinate), "off_the_globe", str(error))
        return Point(0, 0)


def _technician(fields: Fields, value: object, path: str) -> Technician:
    inner = Fields(value, path, fields.found)
    technician = Technician(
        id=inner.text("id"),
        start=inner.integer("start"),
        end=inner.integer("end"),
        shift=inner.pair("shift"),
        overtime_max=inner.integer("overtime_max", 0),
        overtime_cost=inner.integer("overtime_cost", 0),
        break_=_break(inner.child("break")) if inner.has("break") else None,
        skills=inner.integers("skills"),
        regions=inner.texts("regions"),
        use_cost=inner.integer("use_cost", 0),
        capacity=inner.integer("capacity") if inner.has("capacity") else None,
        reserve=inner.integer("reserve", 0),
        reserve_cost=inner.integer("reserve_cost", 0),
    )
    inner.refuse_unknown()
    return technician


def _break(fields: Fields) -> Break:
    taken = Break(fields.integer("earliest"), fields.integer("latest"), fields.integer("duration"))
    fields.refuse_unknown()
    return taken


def _job(fields: Fields, value: object, path: str) -> Job:
    inner = Fields(value, path, fields.found)
    job = Job(
        id=inner.text("id"),
        location=inner.integer("location"),
        duration=inner.integer("duration"),
        priority=inner.integer("priority"),
        drop_cost=inner.integer("drop_cost"),
        skills=inner.integers("skills"),
        release=inner.integer("release", 0),
        window=inner.pair("window") if inner.has("window") else None,
        due=inner.integer("due") if inner.has("due") else None,
        late_cost=inner.integer("late_cost", 0),
        late_fixed=inner.integer("late_fixed", 0),
        aim=inner.integer("aim") if inner.has("aim") else None,
        aim_cost=inner.integer("aim_cost", 0),
        technicians=inner.texts("technicians") if inner.has("technicians") else None,
        excluded=inner.texts("excluded"),
        preferred=inner.integers("preferred"),
        region=inner.text("region") if inner.has("region") else None,
        borrow_cost=inner.integer("borrow_cost", 0),
        crew=inner.integer("crew", 1),
        after=inner.texts("after"),
        load=inner.integer("load", 0),
        announced=_announced(inner.child("announced")) if inner.has("announced") else None,
        locked=_lock(inner.child("locked")) if inner.has("locked") else None,
    )
    inner.refuse_unknown()
    return job


def _announced(fields: Fields) -> Announced:
    announced = Announced(fields.text("technician"), fields.integer("start"))
    fields.refuse_unknown()
    return announced


def _lock(fields: Fields) -> Lock:
    lock = Lock(
        technician=fields.text("technician") if fields.has("technician") else None,
        start=fields.integer("start") if fields.has("start") else None,
    )
    fields.refuse_unknown()
    return lock


def _stability(top: Fields) -> Stability:
    if not top.has("stability"):
        return Stability()
    inner = top.child("stability")
    stability = Stability(
        move_cost=inner.integer("move_cost", 0),
        tolerance=inner.integer("tolerance", 0),
        budget=inner.integer("budget") if inner.has("budget") else None,
    )
    inner.refuse_unknown()
    return stability


def write_problem(problem: Problem) -> dict[str, object]:
    """Give the problem as values ready for JSON, every key spelt out but those that came later.

    >>> from datetime import UTC, datetime
    >>> empty = Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),))
    >>> parse_problem(write_problem(empty)) == empty
    True
    """
    return {
        "format": FORMAT,
        "origin": problem.origin.isoformat(),
        "now": problem.now,
        "travel": {"durations": [list(row) for row in problem.durations]},
        "technicians": [_written(technician) for technician in problem.technicians],
        "jobs": [_written(job) for job in problem.jobs],
        "stability": _written(problem.stability),
        "balance_cost": problem.balance_cost,
        "arrival_cost": problem.arrival_cost,
    }


def _written(value: object) -> object:
    match value:
        case Technician() | Job() | Break() | Announced() | Lock() | Stability():
            told = [(each, getattr(value, each.name)) for each in fields_of(value)]
            return {
                each.name.rstrip("_"): _written(entry)
                for each, entry in told
                if each.name not in LATER_KEYS or entry != each.default
            }
        case tuple():
            return [_written(entry) for entry in value]
        case Mapping():
            return dict(value)
        case _:
            return value
