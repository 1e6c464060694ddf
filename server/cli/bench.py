"""`palier bench`: how fast and how good, measured here and now, and against what.

What is measured is in `server.bench`; the benchmarks by name in `bench_answers` and `bench_plans`.
"""

import click
from click.core import ParameterSource

from server.bench.dispatch import SIZES
from server.bench.phone_hand import can_hold
from server.cli import bench_answers, bench_plans
from server.cli.benching import asked_alike, show

TYPED = ParameterSource.COMMANDLINE
BUILT_IN = ("ortools-routing",)  # the peer that needs nothing more to be installed


@click.group(invoke_without_command=True)
@asked_alike
@click.pass_context
def bench(ctx: click.Context, seed: int, *, as_json: bool) -> None:
    """Measure Palier on this machine; without a name, everything, briefly (some three minutes).

    The phone and the board are measured where there is a browser to hold them in.

    Days, calls and cases are drawn from a seed. Exit code 1 if something cannot be measured.
    """
    if ctx.invoked_subcommand is None:
        measures = {
            "sla": bench_answers.measured_sla(scanned=50, seed=seed),
            "urgent": bench_answers.measured_urgent(
                technicians=200, jobs=900, calls=12, queues=4, seed=seed
            ),
            "dispatch": bench_plans.measured_dispatch(
                sizes=SIZES[:2], days=1, seconds=bench_plans.BRIEFLY, peers=BUILT_IN, seed=seed
            ),
            "api": bench_answers.measured_api(requests=24, seed=seed),
        }
        if can_hold():
            measures["phone"] = bench_answers.measured_phone(times=3, audits=0)
            measures["board"] = bench_answers.measured_board(times=3, seed=seed)
        show(measures, as_json=as_json)
    elif any(ctx.get_parameter_source(name) is TYPED for name in ctx.params):
        raise click.UsageError(f"write the options after {ctx.invoked_subcommand!r}")


for each in (
    bench_answers.sla,
    bench_answers.urgent,
    bench_plans.dispatch,
    bench_plans.bound,
    bench_plans.vrptw,
    bench_plans.scale,
    bench_answers.api,
    bench_answers.phone,
    bench_answers.portal,
    bench_answers.board,
):
    bench.add_command(each)
