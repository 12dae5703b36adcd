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
class TimedMove:
    """A move of the `nth` receivable of an order's project; `day` counts from today."""

    day: int
    project: str
    move: str
    nth: int = 1
    share: Decimal = Decimal(1)


# Reminders follow by themselves: of the wedding film two, of the photos all three. Those of the move of the server were
# paused for a while, so that only the friendly one has gone.
TIMED_MOVES = (
    TimedMove(day=-63, project="Herbstkatalog, Satz und Bild", move="recordPayment"),
    TimedMove(day=-47, project="Website-Relaunch Hofladen", move="recordPayment"),
    TimedMove(day=-33, project="Herbstkatalog, Satz und Bild", move="recordPayment", nth=2),
    TimedMove(day=-32, project="Editorial Planning Workshop", move="recordPayment"),
    TimedMove(day=-25, project="Fotostrecke Produktneuheiten", move="recordPayment", share=Decimal("0.5")),
    TimedMove(day=-20, project="Wartungsvertrag Website", move="dispute"),
    TimedMove(day=-20, project="Notfall Serverumzug", move="pauseReminders"),
)


def payment_actions(player: ScenarioPlayer) -> Iterator[tuple[datetime, Callable[[], Awaitable[None]]]]:
    """The moves of receivables, each with its instant; an interrupted seed does nothing twice."""
    for timed in TIMED_MOVES:
        yield player.instant(timed.day, HOUR), _action(player, timed)


def _action(player: ScenarioPlayer, timed: TimedMove) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        rows: list[Any] = await Receivable.filter(order__project=timed.project).order_by("due_on", "id")
        row = rows[timed.nth - 1]
        command = Command(
            noun="receivable",
            move=timed.move,
            subject_id=row.id,
            input=_input(timed, row, player.today + timedelta(days=timed.day)),
            idempotency_key=f"demo:{timed.move}:{row.id}",
        )
        await execute(command, player.participants.actors["finance"])
        await player.mail_server.accept_pending()

    return act


def _input(timed: TimedMove, row: Any, today: date) -> object:
    match timed.move:
        case "recordPayment":
            amount = (Decimal(row.amount_cents) / 100 * timed.share).quantize(Decimal("0.01"))
            return Payment(amount=amount, received_on=today, note="Überweisung")
        case "dispute":
            return Dispute(reason=DISPUTE)
    return ReminderPause(reason=PAUSE, until=today + timedelta(days=14))
