"""Commands that live a town's days by chance: simulate, and feasibility of a promise.

The simulation itself is `dispatch.simulation`; a town's files are read in `town_territory`.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path

import click

from dispatch.agreements import ClockKind, Severity, Target, TargetDuration
from dispatch.day import WEIGHTS
from dispatch.hours import Calendar, read_calendar
from dispatch.planning import Limits
from dispatch.simulation import (
    Demand,
    Feasibility,
    Kept,
    Life,
    Luck,
    Outcome,
    Planner,
    Territory,
    World,
    draw_calls,
    live,
)
from dispatch.simulation import feasibility as lived_twice
from fixtures import town as town_folder
from fixtures import town_names
from server.cli.town import entries
from server.cli.town_territory import territories

HOUR = 3600
ITERATIONS, CHANGE_BUDGET = 60, 3
CHECKS_PER_LIFT = 0.1
SEVERITIES = [each.value for each in Severity]
SERVED_ALWAYS = frozenset({Severity.ENTRAPMENT})


def _demand(share: float) -> Demand:
    return Demand(share_of_metro=share, checks_per_lift=CHECKS_PER_LIFT)


def _planner(seed: int) -> Planner:
    return live(change_budget=CHANGE_BUDGET, limits=Limits(iterations=ITERATIONS), seed=seed)


def _regions(folder: Path, first_day: date, days: int, only: str | None) -> list[Territory]:
    """A town's regions, each promising the aims of its severities in its own hours."""
    found = territories(folder, first_day, days)
    if only is not None and only not in {each.code for each in found}:
        known = ", ".join(each.code for each in found)
        raise click.BadParameter(f"there is no region {only!r}; choose one of {known}")
    hours = calendars(folder)
    return [
        replace(each, targets=tuple(_aims(hours[each.code])))
        for each in found
        if only in {None, each.code}
    ]


def calendars(folder: Path) -> dict[str, Calendar]:
    """The service hours of each region of a town."""
    kept = ("always_open", "weekly", "special", "holidays")
    made = {
        each["code"]: read_calendar({"tz": each["zone"], **{name: each[name] for name in kept}})
        for each in entries(folder, "calendars")
    }
    return {each["code"]: made[each["calendar"]] for each in entries(folder, "regions")}


def _aims(hours: Calendar) -> list[Target]:
    always = Calendar(hours.zone, always_open=True)
    return [
        Target(
            ClockKind.RESPONSE,
            severity,
            TargetDuration(aim),
            always if severity in SERVED_ALWAYS else hours,
        )
        for severity in Severity
        if (aim := WEIGHTS.of(severity).aim_seconds) is not None
    ]


Asked = Callable[..., None]


def _common(command: Asked) -> Asked:
    """Give a command the options both share."""
    options = [
        click.option(
            "--town", default="andorra", show_default=True, type=click.Choice(town_names())
        ),
        click.option("--region", default=None, help="One region only, by its code."),
        click.option(
            "--from",
            "first",
            type=click.DateTime(["%Y-%m-%d"]),
            default="2026-06-01",
            show_default=True,
            help="The first day.",
        ),
        click.option("--seed", default=1, show_default=True, help="Same seed, same days."),
        click.option(
            "--demand", "share", default=0.8, show_default=True, help="Calls, against a metro's."
        ),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 366))
@_common
def simulate(
    *,
    town: str,
    region: str | None,
    first: datetime,
    days: int,
    seed: int,
    share: float,
    as_json: bool,
) -> None:
    """Live through a town's days by chance, planned as they go, and tell what came of it."""
    day = first.date()
    found: dict[str, Outcome] = {}
    for territory in _regions(town_folder(town), day, days, region):
        calls = draw_calls(territory, day, days, seed=seed, demand=_demand(share))
        life = Life(World(territory, Luck(seed)), calls, _planner(seed))
        found[territory.code] = life.live(day, days).outcome
    if as_json:
        click.echo(json.dumps({code: _outcome(each) for code, each in found.items()}, indent=1))
        return
    for code, each in found.items():
        click.echo(
            f"{code}: {each.calls} calls, {each.closed} closed, {each.open} open;"
            f" in time {_share(each.kept())}; driving {_hours(each.travel_seconds)},"
            f" overtime {_hours(each.overtime_seconds)}, {each.moved} times told anew"
        )


@click.command()
@click.option("--severity", default="S2", show_default=True, type=click.Choice(SEVERITIES))
@click.option("--within", default=3.0, show_default=True, help="Hours to come within.")
@click.option("--always", is_flag=True, help="Hours count day and night, not in service hours.")
@click.option("--days", default=42, show_default=True, type=click.IntRange(1, 366))
@_common
def feasibility(
    *,
    town: str,
    region: str | None,
    first: datetime,
    days: int,
    seed: int,
    share: float,
    severity: str,
    within: float,
    always: bool,
    as_json: bool,
) -> None:
    """Tell what a promise nobody made yet would have kept, and what it would have cost."""
    if within <= 0:
        raise click.BadParameter("nobody comes within no time", param_hint="--within")
    day, folder = first.date(), town_folder(town)
    hours = calendars(folder)
    found = []
    for territory in _regions(folder, day, days, region):
        calendar = hours[territory.code]
        counted = Calendar(calendar.zone, always_open=True) if always else calendar
        promise = TargetDuration(round(within * HOUR))
        wish = Target(ClockKind.RESPONSE, Severity(severity), promise, counted)
        found.append(
            lived_twice(
                territory,
                draw_calls(territory, day, days, seed=seed, demand=_demand(share)),
                wish,
                luck=Luck(seed),
                planner=_planner(seed),
                first_day=day,
                days=days,
            )
        )
    if as_json:
        click.echo(json.dumps([_feasibility(each) for each in found], indent=1))
        return
    for each in found:
        click.echo(_told(each, within))


def _told(found: Feasibility, within: float) -> str:
    return (
        f"{found.region}: of {found.calls} calls in {found.days} days, within {within:g} h:"
        f" {_share(found.today.wished)} as planned today,"
        f" {_share(found.planned_for.wished)} if planned for it;"
        f" driving {_hours(found.extra_travel_seconds)} more,"
        f" overtime {_hours(found.extra_overtime_seconds)} more;"
        f" other promises {_share(found.today.others)} and {_share(found.planned_for.others)}"
    )


def _outcome(found: Outcome) -> dict[str, object]:
    """The figures of an outcome, promises kept by severity."""
    plain = asdict(found)
    for clock in ("response", "resolution"):
        kept: dict[Severity, Kept] = getattr(found, clock)
        plain[clock] = {severity.value: asdict(each) for severity, each in kept.items()}
    return plain


def _feasibility(found: Feasibility) -> dict[str, object]:
    return asdict(found) | {
        "share_today": found.today.wished.share,
        "share_planned_for": found.planned_for.wished.share,
        "extra_travel_seconds": found.extra_travel_seconds,
        "extra_overtime_seconds": found.extra_overtime_seconds,
        "extra_cost": found.extra_cost,
    }


def _share(kept: Kept) -> str:
    return "nothing promised" if kept.share is None else f"{kept.share:.1%}"


def _hours(seconds: int) -> str:
    return f"{seconds / HOUR:.1f} h"
