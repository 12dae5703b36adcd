"""`python -m tests.chaos`: runs with given seeds, races, or the comparison with a peer. Exits with 1 on a violation."""

import asyncio
import random
from typing import Annotated

import asyncpg
import typer

from domain.database.leases import LEASE
from domain.database.pools import connect, credentials, disconnect
from tests.chaos import races, report
from tests.chaos.billing.trial import Parts, Print, Trial
from tests.chaos.billing.trial import perform as invoice
from tests.chaos.peers import comparison
from tests.chaos.races import Tally
from tests.chaos.run import Run, perform
from tests.chaos.sweeps.killed_sweep import sweep_under_kills
from tests.chaos.system import Servers, require_linux, running_servers, running_system

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
# What a killed process had claimed is free when its lease has ended.
STAGES = ("compose", "check", "print", "render")
SETTLE_SECONDS = LEASE.total_seconds() + 60.0


@app.command("run")
def run_seeds(
    seed: Annotated[list[int] | None, typer.Option(help="Repeats a run; several for one after the other.")] = None,
    seconds: Annotated[float, typer.Option(help="How long faults are injected.")] = 100.0,
    settle: Annotated[
        float, typer.Option(help="How long mails may wait for the leases of the killed.")
    ] = SETTLE_SECONDS,
) -> None:
    """Inject faults under load, and prove that nothing was lost, doubled, early or late for good."""
    require_linux()
    violated = [each for each in seed or range(1, 6) if not _holds(each, seconds, settle)]
    if violated:
        print(f"violated with the seeds {violated}")
        raise typer.Exit(1)


def _holds(seed: int, seconds: float, settle: float) -> bool:
    result = perform(Run(seed=seed, seconds=seconds, settle_seconds=settle))
    print(report.text(result), end="\n\n", flush=True)
    report.keep(result)
    return not result.findings.violations


@app.command("races")
def run_races(
    count: Annotated[int, typer.Option(help="Races of each pair.")] = 1000,
    seed: Annotated[int, typer.Option(help="Draws how early or late each customer is.")] = 1,
) -> None:
    """Let customers' moves race against their deadlines: one winner each."""
    require_linux()
    with running_servers() as servers:
        tally = asyncio.run(_race(servers, count, seed))
    print("\n".join(tally.lines()))
    if tally.wrong:
        raise typer.Exit(1)


@app.command("peer")
def compare_with_peer(
    due: Annotated[int, typer.Option(help="Deadlines of each contestant.")] = 2000,
    seconds: Annotated[float, typer.Option(help="How long they come due, and processes are killed.")] = 100.0,
    seed: Annotated[int, typer.Option(help="Draws the kills.")] = 1,
) -> None:
    """Let our schedulers and workers of procrastinate make the same due moves under the same kills."""
    require_linux()
    with running_servers() as servers:
        outcomes = asyncio.run(comparison.compare(servers, due=due, seconds=seconds, seed=seed))
    print("\n".join(map(str, outcomes)))
    ours = outcomes[0]
    if ours.lost or ours.doubled or ours.early:
        raise typer.Exit(1)


@app.command("sweep")
def kill_sweep(
    due: Annotated[int, typer.Option(help="Deadlines that are due together.")] = 20_000,
    kills: Annotated[int, typer.Option(help="How often schedulers are killed before all are over.")] = 10,
    seed: Annotated[int, typer.Option(help="Draws the victims, and what customers accept.")] = 1,
) -> None:
    """Kill two schedulers while they sweep, and customers move the same orders: each deadline is over once."""
    require_linux()
    with running_servers() as servers:
        swept = asyncio.run(sweep_under_kills(servers, due=due, kills=kills, seed=seed))
    print(swept)
    if any(swept.wrong.values()):
        raise typer.Exit(1)


@app.command("invoice-run")
def kill_invoice_run(
    invoices: Annotated[int, typer.Option(help="Invoices of four lines each.")] = 2500,
    kills: Annotated[int, typer.Option(help="Kills in each stage.")] = 3,
    stage: Annotated[list[str] | None, typer.Option(help="Only kill in these stages.")] = None,
    rest: Annotated[float, typer.Option(help="The longest rest between two kills, in seconds.")] = 15.0,
) -> None:
    """Kill workers and schedulers in every stage of an invoice run: each line, number and document is there once."""
    _kill(Trial(invoices=invoices, kills=dict.fromkeys(stage or STAGES, kills), longest_rest=rest), Parts.print_run)


@app.command("prints")
def kill_prints(
    invoices: Annotated[int, typer.Option(help="Invoices that are printed side by side.")] = 200,
    kills: Annotated[int, typer.Option(help="Kills while they are printed.")] = 20,
    render_kills: Annotated[int, typer.Option(help="Kills while they are rendered.")] = 5,
    rest: Annotated[float, typer.Option(help="The longest rest between two kills, in seconds.")] = 1.0,
) -> None:
    """Kill APIs, PostgreSQL and what renders, and force rollbacks, while invoices are printed side by side."""
    kills_by_stage = {"print": kills, "render": render_kills}
    _kill(Trial(invoices=invoices, kills=kills_by_stage, longest_rest=rest, rolls_back=True), Parts.print_each)


def _kill(trial: Trial, print_all: Print) -> None:
    require_linux()
    with running_servers() as servers:
        outcome = asyncio.run(invoice(servers, trial, print_all))
        print("\n".join(outcome.lines()), f"logs: {servers.folder / 'log'}", sep="\n")
    if outcome.findings.violations:
        raise typer.Exit(1)


async def _race(servers: Servers, count: int, seed: int) -> Tally:
    await connect(servers.database_url)
    connection = await asyncpg.connect(**credentials(servers.administrator_url))
    async with running_system(servers) as system:
        tally = await races.run_races(system.base_url, connection, count, random.Random(seed))
    await connection.close()
    await disconnect()
    return tally


if __name__ == "__main__":
    app()
