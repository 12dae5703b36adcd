"""The demo's payments: most invoices are paid in time; the others are paid in part, disputed, or reminded of."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.commands import execute
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.receivables.inputs import Dispute, Payment
from domain.receivables.model import Receivable
from domain.receivables.reminders.inputs import ReminderPause

HOUR = 11
DISPUTE = "Vereinbart war ein niedrigerer Stundensatz."
PAUSE = "Der Hofladen zahlt nach der Inventur."


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happens to the `nth` receivable of an order's project; `day` counts from today."""

    day: int
    project: str
    move: str
    nth: int = 1
    share: Decimal = Decimal(1)


# Reminders follow by themselves: of the wedding film two, of the photos all three. Those of the move of the server were
# paused for a while, so that only the friendly one has gone.
HAPPENINGS = (
    Happening(day=-63, project="Herbstkatalog, Satz und Bild", move="recordPayment"),
    Happening(day=-47, project="Website-Relaunch Hofladen", move="recordPayment"),
    Happening(day=-33, project="Herbstkatalog, Satz und Bild", move="recordPayment", nth=2),
    Happening(day=-32, project="Editorial Planning Workshop", move="recordPayment"),
    Happening(day=-25, project="Fotostrecke Produktneuheiten", move="recordPayment", share=Decimal("0.5")),
    Happening(day=-20, project="Wartungsvertrag Website", move="dispute"),
    Happening(day=-20, project="Notfall Serverumzug", move="pauseReminders"),
)


def payment_actions(player: ScenarioPlayer) -> Iterator[tuple[datetime, Callable[[], Awaitable[None]]]]:
    """Everything that happens to receivables, with its instant; an interrupted seed does nothing twice."""
    for happening in HAPPENINGS:
        yield player.instant(happening.day, HOUR), _action(player, happening)


def _action(player: ScenarioPlayer, happening: Happening) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        rows: list[Any] = await Receivable.filter(order__project=happening.project).order_by("due_on", "id")
        row = rows[happening.nth - 1]
        command = Command(
            noun="receivable",
            move=happening.move,
            subject_id=row.id,
            input=_input(happening, row, player.today + timedelta(days=happening.day)),
            idempotency_key=f"demo:{happening.move}:{row.id}",
        )
        await execute(command, player.participants.actors["finance"])
        await player.mail_server.accept_pending()

    return act


def _input(happening: Happening, row: Any, today: date) -> object:
    match happening.move:
        case "recordPayment":
            amount = (Decimal(row.amount_cents) / 100 * happening.share).quantize(Decimal("0.01"))
            return Payment(amount=amount, received_on=today, note="Überweisung")
        case "dispute":
            return Dispute(reason=DISPUTE)
    return ReminderPause(reason=PAUSE, until=today + timedelta(days=14))
