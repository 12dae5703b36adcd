"""The demo's invoice runs: one was composed yesterday and waits to be issued, the other is only planned."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from domain.commands import execute
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.invoice_runs.inputs import InvoiceRunSelection

PLANNED_DAYS = 60
# The approval workflow is off again by then.
DAY, HOUR = -1, 16
COMPOSED_CUSTOMER, COMPOSED_DAYS = "lindgruen", 25


def run_actions(player: ScenarioPlayer) -> Iterator[tuple[datetime, Callable[[], Awaitable[None]]]]:
    """The run of one customer's next invoices with its instant; an interrupted seed composes nothing twice."""

    async def compose() -> None:
        customer = player.participants.customers[COMPOSED_CUSTOMER]
        until = player.today + timedelta(days=COMPOSED_DAYS)
        selection = InvoiceRunSelection(invoice_on_until=until, customer_ids=(customer.id,))
        run_id = await _move(player, "create", None, selection, "demo:composed-run:create")
        await _move(player, "compose", run_id, None, "demo:composed-run:compose")
        await player.mail_server.accept_pending()

    yield player.instant(DAY, HOUR), compose


async def prepare_run(player: ScenarioPlayer) -> None:
    """Select everything that is to be invoiced within two months; finance decides when it is composed."""
    selection = InvoiceRunSelection(invoice_on_until=player.today + timedelta(days=PLANNED_DAYS))
    await _move(player, "create", None, selection, "demo:invoice-run")


async def _move(player: ScenarioPlayer, name: str, run_id: UUID | None, input: object, key: str) -> UUID:
    command = Command(noun="invoiceRun", move=name, subject_id=run_id, input=input, idempotency_key=key)
    return (await execute(command, player.participants.actors["finance"])).subject_id
