"""The figures of `palier bench` as a table for a terminal.

The command is in `bench`; what is measured in `server.bench`.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low
from typing import Any

from server.cli.contest_words import contest_in_words
from server.cli.search_words import scale_in_words, vrptw_in_words

Figures = Mapping[str, Any]  # each benchmark has its own keys


def in_words(figures: Figures) -> str:
    """The machine first, then a block of lines for each benchmark that was run."""
    return "\n".join(_lines(figures))


def _lines(figures: Figures) -> Iterator[str]:
    machine = figures["machine"]
    yield f"{machine['system']}, {machine['cores']} cores, Python {machine['python']}"
    for name, tell in TOLD.items():
        if name in figures:
            yield ""
            yield from tell(figures[name])


def _sla(found: Figures) -> Iterator[str]:
    yield f"sla       due instants ten working days ahead, lunch breaks, seed {found['seed']}"
    yield f"  clock       {found['dues_per_second']:>9,} a second, {found['cases']:,} cases"
    yield f"  once more   {found['dues_per_second_again']:>9,} a second, hours remembered"
    yield f"  minute scan {found['scans_per_second']:>9,} a second, {found['scanned']} cases"
    yield f"  the clock is {found['times_faster']:,} times as fast, all scanned answers equal"


def _urgent(found: Figures) -> Iterator[str]:
    yield (
        f"urgent    {found['calls']} calls at midday, {found['technicians']} technicians, "
        f"{found['planned_jobs']} of {found['open_jobs']} open jobs planned, seed {found['seed']}"
    )
    joint, http = found["joint"], found["http"]
    yield f"  day laid out in {found['laid_out_ms']} ms; p50 / p95 in ms, CPU and on the wall"
    for label, answers in (
        ("everybody ranked, five cards", found["ranking"]),
        ("everybody's reasons besides", found["with_reasons"]),
        ("everybody ranked, work linked", found["linked"]),
        (f"{joint['calls']} calls together", joint["answers"]),
    ):
        yield f"  {label:<31} {_spread(answers['cpu'])}  {_spread(answers['wall'])}"
    if http is not None:
        yield f"  {'over HTTP':<31} {'':>19}  {_spread(http['settled'])}"
        yield f"  {'over HTTP, right after an event':<31} {'':>19}  {_spread(http['after_event'])}"
    yield f"  {found['candidates']} candidates a call on average"
    yield (
        f"  together cheaper than in turn in {joint['cheaper']} of {joint['queues']} queues, "
        f"never dearer; saved {joint['saved']:,}"
    )


def _bound(found: Figures) -> Iterator[str]:
    yield (
        f"bound     plan and proof: {found['seconds']:g} CPU s a day, {found['workers']} threads; "
        f"ordinary days' gap {found['mean_gap']:.1%} on average, {found['worst_gap']:.1%} at worst"
    )
    yield "  day                       seed      total      bound  half-way   gap  CPU s  wall s"
    for day in found["days"]:
        half = "-" if day["gap_at_half"] is None else f"{day['gap_at_half']:.1%}"
        yield (
            f"  {day['name']:<25} {day['seed']:>4} {day['total']:>10} {day['bound']:>10} "
            f"{half:>9} {day['gap']:>5.1%} {day['cpu_seconds']:>6} {day['wall_seconds']:>7}"
        )
    for size in found["small"]:
        yield (
            f"  {size['technicians']} x {size['jobs']}: {size['exact']} of {size['days']} proven "
            f"optimal, {size['bettered']} bettered, at most {size['slowest_cpu_seconds']} CPU s"
        )


def _api(found: Figures) -> Iterator[str]:
    asked = f"{found['requests']} requests in turn, then by {found['clients']} clients"
    yield f"api       {asked}; p50 / p95 in ms, idle and while a plan is made"
    for route in found["routes"]:
        for kind, ratio in (("in_turn", "ratio"), ("at_once", "ratio_at_once")):
            idle, planning = (_spread(route[when][kind]) for when in ("idle", "planning"))
            label = f"{route['route']} {kind.replace('_', ' ')}"
            yield f"  {label:<31} {idle}  {planning}  p95 x {route[ratio]}"


def _phone(found: Figures) -> Iterator[str]:
    fetched, audits = found["fetched"], found["audits"]
    yield "phone     p50 / p95 in ms; at this machine's speed, and at a quarter of it"
    day = f"a day of {fetched['visits']} visits, {fetched['kilobytes']} kB"
    yield f"  {day:<31} {_spread(fetched['answers'])}"
    for label, speeds in (
        ("started without net", "starts_offline"),
        ("  its day on the screen", "days_offline"),
        ("tap to picture", "taps"),
    ):
        yield f"  {label:<31} {'  '.join(_spread(each) for each in found[speeds].values())}"
    yield f"  {found['commands']} commands kept, then sent {found['commands_ms']:>13} ms in all"
    yield from _audits(audits)


def _portal(found: Figures) -> Iterator[str]:
    yield "portal    p50 / p95 in ms"
    yield f"  {'the office, then the page':<31} {_spread(found['follows'])}"
    yield from _audits(found["audits"])


def _audits(audits: Sequence[Figures]) -> Iterator[str]:
    if audits:
        scores = (
            f"{name.replace('_', ' ')} {median_low([each[name] for each in audits]):.2f}"
            for name in ("performance", "accessibility", "best_practices")
        )
        yield f"  Lighthouse, middle of {len(audits)}: {', '.join(scores)}"
        wanting = sorted({name for each in audits for name in each["wanting"]})
        yield f"  below 0.9: {', '.join(wanting) or 'nothing'}"


def _board(found: Figures) -> Iterator[str]:
    yield "board     p50 / p95 in ms; pictures apart on the wall, and the page's work for each"
    for day in found["sizes"]:
        people, visits = day["technicians"], day["visits"]
        yield f"  {people} technicians, {visits} visits, {day['waiting']} waiting"
        answer = f"answer of {day['kilobytes']:g} kB"
        yield f"    {answer:<29} {_spread(day['answers'])}"
        first = f"{_spread(day['first_render'])}  {_spread(day['first_work'])}"
        yield f"    {'first bars on the screen':<29} {first}"
        for label, moved in (("scrolling", day["scrolling"]), ("dragging", day["dragging"])):
            longest = f"longest task {moved['longest_task_ms']} ms, {moved['long_tasks']} over 50"
            yield f"    {label:<29} {_spread(moved['apart'])}  {_spread(moved['work'])}  {longest}"
        yield f"    {'rows coloured from pressing':<29} {_spread(day['coloured'])}"
        yield f"    {'where a dragged visit can be':<29} {_spread(day['verdicts'])}"
        yield f"    {day['elements']} elements in the page"
    others = f"a call, {found['dispatchers']} dispatchers"
    yield f"  {others:<31} {_spread(found['live'])}"
    urgent = f"an urgent call in {found['urgent_keys']} keys"
    yield f"  {urgent:<31} {_spread(found['urgent'])}  {found['key_seconds']:g} s before each key"
    yield f"  scripts of the first sight {found['script_kilobytes']} kB (brotli)"


def _spread(spread: Figures) -> str:
    return f"{spread['p50_ms']:>8.1f} / {spread['p95_ms']:>8.1f}"


TOLD = {
    "sla": _sla,
    "urgent": _urgent,
    "dispatch": contest_in_words,
    "bound": _bound,
    "vrptw": vrptw_in_words,
    "scale": scale_in_words,
    "api": _api,
    "phone": _phone,
    "portal": _portal,
    "board": _board,
}
