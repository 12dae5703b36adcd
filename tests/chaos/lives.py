"""The load: orders from draft to acceptance, moved by their people, and by the clock where people are silent."""

import asyncio
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from domain.kernel.ids import new_id
from tests.chaos.client import GivenUp, Mutation
from tests.chaos.people import Party
from tests.chaos.travel import Calendar

PORTAL = "/portal/graphql"
ORDER, DELIVERY = "order { id }", "delivery { id }"
CREATE = Mutation("orderCreate", ORDER)
SUBMIT, APPROVE = Mutation("orderSubmit", ORDER), Mutation("orderApprove", ORDER)
CONFIRM = Mutation("orderConfirm", ORDER, PORTAL)
DECLINE = Mutation("orderDecline", ORDER, PORTAL)
CHANGES = Mutation("orderRequestChanges", ORDER, PORTAL)
COMMENT = Mutation("orderComment", ORDER)
OPEN, DESCRIBE = Mutation("deliveryCreate", DELIVERY), Mutation("deliveryDescribe", DELIVERY)
ANSWER = Mutation("deliveryAnswerDefects", DELIVERY)
CORRECTED = [{"number": 1, "corrected": True}]
DELIVER, REDELIVER = Mutation("deliverySubmit", DELIVERY), Mutation("deliveryResubmit", DELIVERY)
ACCEPT = Mutation("deliveryAccept", "delivery { id }", PORTAL)
REVISE = Mutation("deliveryRequestRevision", DELIVERY, PORTAL)
EXTEND = Mutation("deliveryExtendReview", "delivery { id }", PORTAL)
SHOW = Mutation("clientStatusShow", "clientStatus { id }")
SET_MANY = Mutation("clientStatusBulkSet", "clientStatusBulk { id applied }")
# How many deliveries of an order follow one another.
DELIVERIES = 3


async def live(party: Party, calendar: Calendar) -> None:
    """One order after the other, until the client has to end."""
    recent: list[str] = []
    while not party.ends.is_set():
        try:
            await _one_order(party, calendar, recent)
        except GivenUp:
            return


async def _one_order(party: Party, calendar: Calendar, recent: list[str]) -> None:
    order = await _an_offer(party, calendar)
    if order is None:
        return
    await _pause(party, 0.3)
    answer = party.chance.choices(("confirm", "decline", "changes", "silence"), (80, 6, 6, 8))[0]
    if answer != "confirm":
        await _refuse_offer(party, order, answer)
        return
    if not await _move(party, "customer", CONFIRM, "order.confirm", order, name="Kim Kontakt", revision=1):
        return
    recent.append(order)
    for _ in range(party.chance.randint(1, DELIVERIES)):
        await _talk(party, order, recent[-8:])
        if not await _one_delivery(party, calendar, order):
            return


async def _an_offer(party: Party, calendar: Calendar) -> str | None:
    """An order that waits for its customer."""
    today, project = await calendar.today(), f"Projekt {new_id()}"
    facts = {
        "project": project,
        "customerId": party.pair.customer_id,
        "contactId": party.pair.contact_id,
        "serviceFrom": today.isoformat(),
        "serviceTo": (today + timedelta(days=60)).isoformat(),
        "offerValidUntil": (today + timedelta(days=party.chance.choice((0, 2, 30)))).isoformat(),
        "requiredDeliveries": 1,
        "plannedInvoices": [_planned(today + timedelta(days=each)) for each in (party.chance.choice((1, 3)), 40)],
    }
    made = await party.member.make(CREATE, ("project", project), facts)
    if made is None:
        return None
    order: str = made["order"]["id"]
    await _move(party, "member", SUBMIT, "order.submit", order)
    return order if await _move(party, "staff", APPROVE, "order.approve", order) else None


def _planned(invoice_on: date) -> dict[str, str]:
    return {"text": "Workshop", "unitPrice": "500.00", "invoiceOn": invoice_on.isoformat()}


async def _refuse_offer(party: Party, order: str, answer: str) -> None:
    if answer == "decline":
        await _move(party, "customer", DECLINE, "order.decline", order, reason="No longer needed.")
    elif answer == "changes":
        await _move(party, "customer", CHANGES, "order.requestChanges", order, message="One more day, please.")


async def _talk(party: Party, order: str, recent: list[str]) -> None:
    """A comment, and often a client status, of one order or of several."""
    text = f"Still here, {new_id()}."
    await party.staff.make(COMMENT, ("comment", text), {"id": order, "text": text, "visibility": "INTERNAL"})
    what, label = party.chance.random(), f"Step {new_id()}"
    if what < 0.4:
        await party.staff.make(SHOW, ("clientStatus", label), {"id": order, "label": label})
    elif what < 0.7:
        given = {"orderIds": recent, "label": label, "mode": "PER_ITEM"}
        await party.staff.make(SET_MANY, ("clientStatus", label), given, rows=len(recent))


async def _one_delivery(party: Party, calendar: Calendar, order: str) -> bool:
    """A delivery until it is accepted, by its customer or by silence; whether the order goes on."""
    opened = await party.member.make(OPEN, ("delivery.create", order), {"orderId": order})
    if opened is None:
        return False
    delivery: str = opened["delivery"]["id"]
    await _describe(party, delivery)
    if not await _move(party, "member", DELIVER, "delivery.submit", delivery):
        return False
    answer = party.chance.choices(("accept", "late accept", "revise", "extend", "silence"), (20, 25, 15, 10, 30))[0]
    if answer == "revise" and await _move(
        party, "customer", REVISE, "delivery.requestRevision", delivery, defects=["Page 3 is missing."]
    ):
        await _describe(party, delivery)
        await _move(party, "member", ANSWER, "delivery.answerDefects", delivery, answers=CORRECTED)
        await _move(party, "member", REDELIVER, "delivery.resubmit", delivery)
    if answer == "extend":
        until = await calendar.now() + timedelta(days=5)
        await _move(party, "customer", EXTEND, "delivery.extendReview", delivery, until=until.isoformat())
    if answer == "late accept":
        await _pause(party, 2 * calendar.phase_seconds)
    if answer in {"accept", "late accept"}:
        return await _move(party, "customer", ACCEPT, "delivery.accept", delivery, versionNumber=1)
    return False


async def _describe(party: Party, delivery: str) -> None:
    given = {"id": delivery, "description": "The slides.", "link": "https://files.example/slides"}
    await party.member.make(DESCRIBE, ("delivery.describe", delivery), given)


async def _move(party: Party, by: str, mutation: Mutation, event: str, subject: str, **given: Any) -> bool:
    """Make a move of this order or delivery; whether it was made."""
    if party.ends.is_set():
        return False
    client = {"member": party.member, "customer": party.customer, "staff": party.staff}[by]
    return await client.make(mutation, (event, subject), {"id": subject, **given}) is not None


async def _pause(party: Party, longest: float) -> None:
    """Wait, unless the run ends meanwhile."""
    with suppress(TimeoutError):
        await asyncio.wait_for(party.ends.wait(), party.chance.uniform(0, longest))
