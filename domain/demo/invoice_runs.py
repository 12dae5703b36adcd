"""The demo's invoice run: prepared by finance, so that its plan and what is left out can be looked at."""

from datetime import timedelta

from domain.commands import execute
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.invoice_runs.inputs import InvoiceRunSelection

PLANNED_DAYS = 60


async def prepare_run(player: ScenarioPlayer) -> None:
    """Select everything that is to be invoiced within two months; finance decides when it is composed."""
    selection = InvoiceRunSelection(invoice_on_until=player.today + timedelta(days=PLANNED_DAYS))
    command = Command(noun="invoiceRun", move="create", input=selection, idempotency_key="demo:invoice-run")
    await execute(command, player.participants.actors["finance"])
