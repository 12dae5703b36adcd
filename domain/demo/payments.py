"""The demo's payments: of the posted invoices some are paid, one in part, one is disputed, and the rest is open."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.commands import execute
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.receivables.inputs import Dispute, Payment
from domain.receivables.model import Receivable

# Of the receivables, those due first: so many are paid, and the following two are paid in part and disputed.
PAID = 4
DISPUTE = "Vereinbart war ein niedrigerer Stundensatz."


async def record_payments(player: ScenarioPlayer) -> None:
    """Record what customers paid of what is due first; an interrupted seed records nothing twice."""
    rows: list[Any] = await Receivable.filter(amount_cents__gt=0, canceled_cents=0).order_by("due_on", "id")
    for row in rows[:PAID]:
        await _pay(player, row, row.amount_cents)
    for row in rows[PAID : PAID + 1]:
        await _pay(player, row, row.amount_cents // 2)
    for row in rows[PAID + 1 : PAID + 2]:
        await _move(player, row, "dispute", Dispute(reason=DISPUTE))
    await player.mail_server.accept_pending()


async def _pay(player: ScenarioPlayer, row: Any, cents: int) -> None:
    received_on = player.today - timedelta(days=1)
    payment = Payment(amount=Decimal(cents) / 100, received_on=received_on, note="Überweisung")
    await _move(player, row, "recordPayment", payment)


async def _move(player: ScenarioPlayer, row: Any, name: str, input: object) -> None:
    command = Command(
        noun="receivable", move=name, subject_id=row.id, input=input, idempotency_key=f"demo:{name}:{row.id}"
    )
    await execute(command, player.participants.actors["finance"])
