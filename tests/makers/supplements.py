"""Proposed invoices and supplements for tests, brought where they are wanted through the door."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.billing.inputs import LineCancellation, ProposedInvoice
from domain.billing.model import BillableLine
from domain.commands import execute, fire_due_deadlines
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor
from domain.operator.model import OperatorSettings
from domain.parties.model import CustomerKind
from domain.supplements.inputs import SupplementConfirmation, SupplementDecline
from domain.supplements.model import Supplement, SupplementStatus
from tests.makers.billing import move_line
from tests.makers.deliveries import an_active_order
from tests.makers.orders import Case
from tests.makers.time import berlin, the_clock_shows

TAKES = {"confirm": SupplementConfirmation(name="Kim Kontakt"), "decline": SupplementDecline(reason="Too much.")}
REASON = LineCancellation(reason="Not agreed.")


@dataclass
class SupplementCase:
    """A supplement, the line it is about, and the order and people around it."""

    supplement: Any
    line: Any
    around: Case

    async def move(self, name: str, takes: Any = None, *, actor: Actor | None = None) -> Outcome:
        """Make a move as the customer, and read supplement and line afresh."""
        command = Command(noun="supplement", move=name, subject_id=self.supplement.id, input=takes or TAKES.get(name))
        try:
            return await execute(command, actor or self.around.by_customer)
        finally:
            await self.refresh()

    async def refresh(self) -> None:
        self.supplement = await Supplement.get(id=self.supplement.id)
        self.line = await BillableLine.get(id=self.line.id)


def a_proposal(net: str = "250.00", **facts: Any) -> ProposedInvoice:
    complete: dict[str, Any] = {"text": "Another workshop", "invoice_on": date(2026, 5, 20)} | facts
    return ProposedInvoice(unit_price=Decimal(net), **complete)


async def propose(case: Case, net: str = "250.00", *, by: Actor | None = None, **facts: Any) -> Any:
    """A further invoice that the member proposes for an active order."""
    command = Command(noun="line", move="propose", subject_id=case.order.id, input=a_proposal(net, **facts))
    return await BillableLine.get(id=(await execute(command, by or case.by_member)).subject_id)


async def customers_are_asked(days: int = 14) -> None:
    """The operator wants further invoices confirmed where the total grows."""
    await OperatorSettings.all().update(supplements_are_confirmed=True, supplement_days=days)


async def a_supplement(
    status: SupplementStatus = SupplementStatus.OPEN,
    *,
    around: Case | None = None,
    kind: CustomerKind = CustomerKind.BUSINESS,
) -> SupplementCase:
    """A supplement of an active order in this status."""
    await customers_are_asked()
    around = around or await an_active_order(kind)
    line = await propose(around)
    case = SupplementCase(await Supplement.get(line_id=line.id), line, around)
    if status is SupplementStatus.EXPIRED:
        await the_clock_shows(berlin(2026, 4, 16, 10))
        await fire_due_deadlines()
    elif status is SupplementStatus.WITHDRAWN:
        await move_line(line, "cancel", takes=REASON)
    elif status is not SupplementStatus.OPEN:
        await case.move("confirm" if status is SupplementStatus.CONFIRMED else "decline")
    await case.refresh()
    return case
