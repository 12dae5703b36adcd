"""Trials: an invoice run, or prints side by side, whose processes are killed again and again until all is posted."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.files.object_store import object_store
from domain.kernel.ids import external
from tests.chaos.billing import stages
from tests.chaos.billing.kills import ALL_PROCESSES, APPLICATION, Killer, Stage
from tests.chaos.billing.lines import LINES_PER_INVOICE, PreparedLines, prepare_lines
from tests.chaos.billing.promises import prove
from tests.chaos.billing.rollbacks import force_rollbacks, forced_rollbacks
from tests.chaos.client import Client, Mutation
from tests.chaos.connection import Administrator
from tests.chaos.ledger import Ledger
from tests.chaos.proof import Findings
from tests.chaos.system import Servers, running_system

RUN = "invoiceRun { id }"
CREATE, COMPOSE, PRINT_RUN = (Mutation(f"invoiceRun{name}", RUN) for name in ("Create", "Compose", "Print"))
PRINT = Mutation("invoicePrint", "invoice { id }")
DRAFTS = "SELECT id FROM invoices ORDER BY id"
OPERATION = "SELECT state, failed FROM bulk_operations ORDER BY created_at DESC LIMIT 1"
# Who is killed while prints are open: the database too, and everything at once.
PRINTING = (("api-1", "api-2"), ("postgres",), ("api-1",), ALL_PROCESSES, ("postgres", "api-2"))


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How much is invoiced, and how often processes are killed in each stage; the longest rest is in seconds.

    With `rolls_back` transactions that take a number are rolled back by chance, too.
    """

    invoices: int
    kills: Mapping[str, int]
    longest_rest: float = 0.0
    rolls_back: bool = False
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a trial has shown: kills and seconds by stage, and promises that did not hold."""

    killed: Mapping[str, int]
    seconds: Mapping[str, float]
    findings: Findings

    def lines(self) -> Sequence[str]:
        return [
            ", ".join(f"{stage} {seconds:.0f} s" for stage, seconds in self.seconds.items()),
            f"killed: {', '.join(f'{count} x during {stage}' for stage, count in self.killed.items())}",
            *(f"{name:56}{count:,}" for name, count in self.findings.counts.items()),
            *(f"VIOLATED: {promise}: {'; '.join(shown)}" for promise, shown in self.findings.violations.items()),
        ]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a trial works with while its system runs."""

    trial: Trial
    killer: Killer
    finance: Client
    lines: PreparedLines

    async def print_run(self, run_id: str) -> None:
        """Print all drafts in portions, as the workers do."""
        await self.step_of_run(PRINT_RUN, run_id, stages.printed(self.trial.invoices, stages.PORTION_IS_OPEN))

    async def step_of_run(self, mutation: Mutation, run_id: str, stage: Stage) -> None:
        """Let the run make a step while all processes are killed; nothing of it fails."""
        await asyncio.gather(
            _move(self.finance, mutation, run_id),
            self.killer.until_done(stage, self.trial.kills.get(stage.name, 0), (ALL_PROCESSES,)),
        )
        await _require_complete_operation(self.killer.administrator)

    async def print_each(self, run_id: str) -> None:
        """Print all drafts by a mutation each, all at once."""
        drafts = await self.killer.administrator.fetch(DRAFTS)
        printed = stages.printed(self.trial.invoices, stages.NUMBER_IS_TAKEN)
        await asyncio.gather(
            *(_move(self.finance, PRINT, external("inv", draft["id"])) for draft in drafts),
            self.killer.until_done(printed, self.trial.kills.get("print", 0), PRINTING),
        )


Print = Callable[[Parts, str], Awaitable[None]]


async def perform(servers: Servers, trial: Trial, print_all: Print) -> Outcome:
    """Compose, check, print, render, send and post on a system of its own, then look what is there."""
    administrator = Administrator(servers.administrator_url)
    lines = await prepare_lines(servers.database_url, administrator, trial.invoices * LINES_PER_INVOICE)
    chance = random.Random(trial.seed)
    if trial.rolls_back:
        await force_rollbacks(administrator)
    async with running_system(servers, APPLICATION) as system:
        killer = Killer(system=system, administrator=administrator, chance=chance, longest_rest=trial.longest_rest)
        finance = Client(system.base_url, lines.token, Ledger(), chance)
        await _invoice_all(Parts(trial=trial, killer=killer, finance=finance, lines=lines), print_all)
        await finance.close()
    findings = await prove(administrator, object_store((servers.folder / "storage").as_uri()))
    if trial.rolls_back:
        findings.counts["transactions rolled back by force"] = await forced_rollbacks(administrator)
    await administrator.close()
    return Outcome(killed=killer.counts, seconds=killer.seconds, findings=findings)


async def _invoice_all(parts: Parts, print_all: Print) -> None:
    trial, killer = parts.trial, parts.killer
    selection = {
        "invoiceOnUntil": parts.lines.until.isoformat(),
        "memberIds": [external("mem", parts.lines.member_id)],
    }
    made = await parts.finance.make(CREATE, ("invoiceRun.create", ""), selection)
    run_id = made["invoiceRun"]["id"]
    await parts.step_of_run(COMPOSE, run_id, stages.composed(trial.invoices))
    await killer.until_done(stages.checked(trial.invoices), trial.kills.get("check", 0))
    await print_all(parts, run_id)
    await killer.until_done(stages.rendered(trial.invoices), trial.kills.get("render", 0))
    await killer.until_done(stages.posted(trial.invoices), trial.kills.get("post", 0))


async def _move(finance: Client, mutation: Mutation, subject: str) -> None:
    """Make a move; a client whose answer was lost asks again and is told the same."""
    payload = await finance.make(mutation, (mutation.name, subject), {"id": subject})
    assert payload is not None, f"{mutation.name} of {subject} was refused"


async def _require_complete_operation(administrator: Administrator) -> None:
    """The last portion ends its operation a moment after its rows are seen; nothing of it may have failed."""
    async with asyncio.timeout(30):
        while True:
            (row,) = await administrator.fetch(OPERATION)
            if row["state"] != "RUNNING":
                break
            await asyncio.sleep(0.05)
    assert (row["state"], row["failed"]) == ("DONE", 0), dict(row)
