"""How fast the technician's phone is: a day fetched, a start without net, taps, work sent late.

A real server and a real Chromium dressed as a phone share the machine; the steps on the page are
in `phone_hand`, Lighthouse in `lighthouse`. A slow phone is that browser at a quarter of its speed.
"""

from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from server.bench.client import Client, signed_in
from server.bench.demo_server import running_demo
from server.bench.figures import Progress, Spread, silent, spread
from server.bench.lighthouse import Audit, audited
from server.bench.phone_hand import hand

TECHNICIAN = "technician@demo.palier"
SLOW = 4  # times slower than this machine
SPEEDS = (1, SLOW)
COMMANDS = 50


@dataclass(frozen=True, slots=True)
class Fetched:
    """The first call of a phone that knows nothing: all of today and tomorrow, and how large."""

    visits: int
    answers: Spread
    kilobytes: float


@dataclass(frozen=True, slots=True)
class PhoneFigures:
    """Milliseconds as the page itself measured them; `commands` from the net's return on."""

    fetched: Fetched
    starts_offline: dict[int, Spread]
    days_offline: dict[int, Spread]
    taps: dict[int, Spread]
    commands: int
    commands_ms: float
    audits: tuple[Audit, ...]


def measure(*, times: int, audits: int, progress: Progress = silent) -> PhoneFigures:
    """Found a town, serve it, hold the phone `times` for every figure, and leave nothing behind.

    Refuses with `browser_missing` or, if audits are asked for, `lighthouse_missing`.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="palier-bench-")))
        port = stack.enter_context(running_demo(folder / "town"))
        address = f"http://localhost:{port}"
        progress(0.2)
        fetched = _fetched(port, times)
        phone = stack.enter_context(hand(address, TECHNICIAN, folder / "phone"))
        starts = {speed: [phone.starts_offline(speed) for _ in range(times)] for speed in SPEEDS}
        progress(0.5)
        taps = {speed: spread(phone.taps(speed, times)) for speed in SPEEDS}
        progress(0.7)
        sent = phone.sends(COMMANDS)
        progress(0.8)
        found = tuple(audited(f"{address}/app/", phone.port) for _ in range(audits))
    return PhoneFigures(
        fetched=fetched,
        starts_offline={
            speed: spread([each.painted for each in starts[speed]]) for speed in SPEEDS
        },
        days_offline={speed: spread([each.day for each in starts[speed]]) for speed in SPEEDS},
        taps=taps,
        commands=COMMANDS,
        commands_ms=round(sent * 1000),
        audits=found,
    )


def _fetched(port: int, times: int) -> Fetched:
    with closing(Client(port, signed_in(port, TECHNICIAN))) as phone:
        answers = [phone.get("/api/sync") for _ in range(times)]
    return Fetched(
        visits=len(answers[-1].body["visits"]),
        answers=spread([each.seconds for each in answers]),
        kilobytes=round(answers[-1].size / 1000, 1),
    )
