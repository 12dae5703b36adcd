"""Deliveries for tests, brought where they are wanted through the door, as their people would do it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.commands import execute
from domain.deliveries.inputs import Acceptance, DefectAnswer, DefectAnswers, DeliveryDraft, RevisionRequest, Submission
from domain.deliveries.model import Defect, Delivery, DeliveryStatus
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor
from domain.orders.model import OrderStatus
from domain.parties.model import CustomerKind
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member_who_signs_in
from tests.makers.time import the_clock_shows

WAY = {
    DeliveryStatus.DRAFT: ("describe",),
    DeliveryStatus.DELIVERED: ("describe", "submit"),
    DeliveryStatus.REVISION_REQUESTED: ("describe", "submit", "requestRevision"),
    DeliveryStatus.ACCEPTED: ("describe", "submit", "accept"),
    DeliveryStatus.CANCELED: ("discard",),
}
TAKES = {
    "describe": DeliveryDraft(description="The workshop's slides.", link="https://files.example/slides"),
    "submit": Submission(),
    "resubmit": Submission(),
    "accept": Acceptance(version_number=1),
    "requestRevision": RevisionRequest(defects=("Page 3 is missing.",)),
}
BY_CUSTOMER = ("accept", "rate", "requestRevision", "extendReview")


@dataclass
class DeliveryCase:
    """A delivery, and the order and people around it."""

    delivery: Delivery
    around: Case

    async def move(self, name: str, takes: Any = None, *, actor: Actor | None = None, **more: Any) -> Outcome:
        """Make a move as the actor who usually makes it, and read the delivery afresh."""
        if name == "resubmit" and self.delivery.status is DeliveryStatus.REVISION_REQUESTED:
            await self.tick_defects()
        usual = self.around.by_customer if name in BY_CUSTOMER else self.around.by_member
        command = Command(noun="delivery", move=name, subject_id=self.id, input=takes or TAKES.get(name), **more)
        try:
            return await execute(command, actor or usual)
        finally:
            await self.delivery.refresh_from_db()

    async def tick_defects(self) -> None:
        """Tick every defect of the current version as corrected."""
        count = await Defect.filter(delivery_id=self.id, version_number=self.delivery.current_number).count()
        answers = tuple(DefectAnswer(number=number, corrected=True) for number in range(1, count + 1))
        await self.move("answerDefects", DefectAnswers(answers=answers))

    @property
    def id(self) -> UUID:
        return self.delivery.id


async def a_delivery(
    status: DeliveryStatus = DeliveryStatus.DELIVERED,
    *,
    at: datetime | None = None,
    around: Case | None = None,
    kind: CustomerKind = CustomerKind.BUSINESS,
    **facts: Any,
) -> DeliveryCase:
    """A delivery of an active order in this status; every step happens at the instant `at`.

    `facts` are those of the order's draft that matter.
    """
    if at is not None:
        await the_clock_shows(at)
    around = around or await an_active_order(kind, **facts)
    created = await execute(Command(noun="delivery", move="create", subject_id=around.order.id), around.by_member)
    case = DeliveryCase(delivery=await Delivery.get(id=created.subject_id), around=around)
    for step in WAY[status]:
        await case.move(step)
    return case


async def an_active_order(kind: CustomerKind = CustomerKind.BUSINESS, **facts: Any) -> Case:
    """An order that is active whenever the clock of the test stands."""
    customer, member = await a_customer(kind=kind), await a_member_who_signs_in()
    complete = {"offer_valid_until": date(2035, 1, 31), "service_to": date(2035, 1, 31)}
    return await an_order(OrderStatus.ACTIVE, member=member, customer=customer, **(complete | facts))
