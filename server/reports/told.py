"""A figure as people read it: what it is called, how much, of how many, and how it is counted.

The words are those of the set-up pages. What stands in which report is in its paper.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from server.measures.schemas import FigureOut
from server.reports.schemas import ServiceFiguresOut
from server.reports.sheet import Table
from server.reports.words import Words

NONE = "–"
MINUTE = 60
# Shares of time: their parts are seconds.
IN_SECONDS = frozenset(
    {"availability", "critical_availability", "pause_share", "travel_share", "utilisation"}
)
PART_COLUMNS = ("part", "weight", "points", "rests_on")
REMARKS = ("open_overdue", "second_visits", "repeats", "provisional")
COUNTED_AS = ("answers", "visits", "calls")
Defined = tuple[str, int]
"""A measure and the version of its definition."""


def title_of(words: Words, measure: str, clock: str | None) -> str:
    """`Arrival on site: Promises kept`."""
    name = words.word_for("admin.measure", measure)
    if clock is None:
        return name
    return words.say("admin.figure.title", clock=words.word_for("clock", clock), name=name)


def value_of(words: Words, figure: FigureOut) -> str:
    """`96.4%`, `1 h 35`; a dash where nothing was measured."""
    if figure.value is None:
        return NONE
    match figure.unit:
        case "percent":
            return words.percent(figure.value, places=2)
        case "minutes":
            return words.duration(max(MINUTE, int(Decimal(figure.value) * MINUTE)))
        case "hours":
            return words.duration(int(Decimal(figure.value) * MINUTE * MINUTE))
        case "times":
            return words.figure(figure.value, places=2)
    return words.figure(figure.value, places=3)


def value_on(words: Words, figure: FigureOut) -> str:
    """`96.4% (27 of 28)`: a share where no column beside it says what it rests on."""
    base = rests_on(words, figure).removesuffix(".")
    value = value_of(words, figure)
    return value if figure.value is None or not base else f"{value} ({base})"


def rests_on(words: Words, figure: FigureOut) -> str:
    """`27 of 28.`, or how many calls a mean is of; empty where it says nothing."""
    for name in COUNTED_AS:
        count = figure.facts.get(name)
        if isinstance(count, int):
            return words.say(f"admin.figure.{name}", count=count)
    part, whole = figure.numerator, figure.denominator
    if part is None or whole is None or figure.unit != "percent":
        return ""
    if figure.measure in IN_SECONDS:
        return _parts(words, words.hours(part // MINUTE), words.hours(whole // MINUTE))
    return parts_of(words, part, whole)


def parts_of(words: Words, part: int, whole: int) -> str:
    """`27 of 28.`; a dash of nothing."""
    return _parts(words, words.number(part), words.number(whole)) if whole else NONE


def figures_table(words: Words, title: str, figures: Sequence[FigureOut]) -> Table:
    """Figure by figure: its value, what it rests on, and what is outside."""
    return Table(
        title,
        [words.say(f"admin.{key}") for key in ("report.figure", "report.value", "figure.rests_on")],
        [
            (title_of(words, each.measure, each.clock), value_of(words, each), _base(words, each))
            for each in figures
        ],
        (70, 28, 77),
        after="" if figures else words.say("admin.figure.nothing"),
        numbers_to=2,
    )


def score_tables(words: Words, figures: Sequence[FigureOut]) -> Iterator[Table]:
    """The parts of each score, which are always told with it."""
    for figure in figures:
        if parts := figure.facts.get("parts"):
            yield Table(
                title_of(words, figure.measure, figure.clock),
                [words.say(f"admin.figure.{key}") for key in PART_COLUMNS],
                [_part(words, each) for each in parts],
                (70, 28, 47, 30),
            )


def services_table(
    words: Words, services: Iterable[ServiceFiguresOut], names: Sequence[str]
) -> Table:
    """What was kept, service by service and clock by clock; `names` are those of the services."""
    rows = [
        (name, words.number(each.interventions), _kept(words, each.figures) or NONE)
        for name, each in zip(names, services, strict=True)
    ]
    keys = ("service", "interventions", "kept")
    return Table(
        words.say("admin.report.services"),
        [words.say(f"admin.report.{key}") for key in keys],
        rows,
        (55, 28, 92),
        after="" if rows else words.say("admin.figure.nothing"),
        numbers_to=2,
    )


def definitions(words: Words, defined: Iterable[Defined]) -> Iterator[tuple[str, str]]:
    """Each definition once with its version, in the order they are met."""
    for measure, version in dict.fromkeys(defined):
        means = words.say(f"admin.measure_text.{measure}")
        which = words.say("admin.figure.coded", id=measure, version=version)
        yield title_of(words, measure, None), f"{means} {which}"


def defined_by(figures: Iterable[FigureOut]) -> list[Defined]:
    return [(each.measure, each.definition_version) for each in figures]


def period(words: Words, from_day: date, to_day: date) -> str:
    """`From 1 June 2026 to 30 June 2026, both included.`, of `[from_day, to_day)`."""
    last = to_day - timedelta(days=1)
    return words.say("admin.ledger.period", **{"from": words.day(from_day), "to": words.day(last)})


def cause_of(words: Words, cause: str) -> str:
    """What put a lift out of service, or took a credit note."""
    if cause == "":
        return words.say("admin.ledger.no_cause")
    if cause == "availability":
        return words.word_for("admin.measure", cause)
    return words.word_for("cause", cause)


def _kept(words: Words, figures: Sequence[FigureOut]) -> str:
    return ", ".join(
        f"{words.word_for('clock', each.clock or '')} {value_on(words, each)}" for each in figures
    )


def _part(words: Words, part: Mapping[str, Any]) -> tuple[str, ...]:
    points = part["points"]
    missing = words.say("admin.figure.part_missing")
    return (
        words.word_for("admin.xla_part", part["name"]),
        words.figure(str(part["weight"])),
        missing if points is None else words.figure(str(points), places=3),
        words.number(part["rests_on"]),
    )


def _base(words: Words, figure: FigureOut) -> str:
    outside = [
        words.word_for("admin.outside", reason, count=count)
        for reason, count in figure.outside.items()
        if count
    ]
    left_out = words.say("admin.figure.outside", what=", ".join(outside)) if outside else ""
    told = (rests_on(words, figure), *_remarks(words, figure), left_out)
    return " ".join(filter(None, told)) or NONE


def _remarks(words: Words, figure: FigureOut) -> Iterator[str]:
    for name in REMARKS:
        if count := figure.facts.get(name):
            yield words.say(f"admin.figure.{name}", count=count)


def _parts(words: Words, part: str, whole: str) -> str:
    return words.say("admin.figure.of", part=part, whole=whole)
