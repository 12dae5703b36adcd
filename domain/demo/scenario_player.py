"""The player of scenarios: time passes step by step, deadlines fire on time, and messages are accepted."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tortoise import connections

from domain.billing.model import BillableLine, Invoice
from domain.commands import execute, fire_due_deadlines
from domain.database import clock
from domain.deliveries.model import Delivery, DeliveryFile
from domain.demo.files import upload_files
from domain.demo.mail_server import FakeMailServer
from domain.demo.office_setup import template_ids
from domain.demo.participants import Participants
from domain.demo.scenario import Scenario, Step, StepContext
from domain.engine.commands import Command
from domain.files.object_store import ObjectStore
from domain.kernel.calendar import Calendar
from domain.orders.model import Order
from domain.supplements.model import Supplement

SELECT_NEXT_DUE = """SELECT min(greatest(due_at, next_attempt_at)) AS due FROM deadlines
    WHERE state = 'PENDING' AND greatest(due_at, next_attempt_at) <= $1"""
SELECT_EARLIER_RESULT = "SELECT subject_id FROM idempotency_records WHERE key = $1"


@dataclass(frozen=True, kw_only=True)
class ScenarioPlayer:
    """Plays scenarios for a given today, with the operator's calendar and all participants."""

    today: date
    calendar: Calendar
    participants: Participants
    store: ObjectStore
    mail_server: FakeMailServer = field(default_factory=FakeMailServer)

    def instant(self, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
        """The instant so many days from today, in the operator's zone."""
        return self.calendar.at(self.today + timedelta(days=day), time(hour, minute, second))

    async def advance_clock(self, until: datetime) -> None:
        """Fire all deadlines until then, each at its own instant, as a scheduler that always runs would have."""
        while due := await _next_due(until):
            await clock.freeze(due)
            await fire_due_deadlines()
            await self.mail_server.accept_pending()
        await clock.freeze(until)

    async def create_order(self, scenario: Scenario, key: str) -> UUID:
        """Create the scenario's order as its member; return its id."""
        customer, contact = (
            self.participants.customers[scenario.customer],
            self.participants.contacts[scenario.customer],
        )
        draft = scenario.draft(self.today, self.calendar, customer.id, contact.id)
        order_id = await self._execute_once(key, scenario, "member", Command(noun="order", move="create", input=draft))
        if scenario.invoice_mail_bounces:
            self.mail_server.bouncing_order_ids.add(order_id)
        return order_id

    async def run_step(self, scenario: Scenario, step: Step, order_id: UUID, key: str) -> None:
        """Make the step's move, unless an earlier attempt has made it."""
        if await _earlier_result(key):
            return
        subject_id = await _subject(step, order_id)
        input = step.input
        if callable(input):
            input = input(await self._step_context(scenario, step, order_id))
        if step.files:
            member = self.participants.actor(step.role, member=scenario.member, customer=scenario.customer)
            input = replace(input, file_ids=await upload_files(self.store, member, order_id, step.files))
        command = Command(noun=step.noun, move=step.transition, subject_id=subject_id, input=input)
        await self._execute_once(key, scenario, step.role, command)
        await self.mail_server.accept_pending()

    async def _execute_once(self, key: str, scenario: Scenario, role: str, command: Command) -> UUID:
        earlier = await _earlier_result(key)
        if earlier:
            return earlier
        actor = self.participants.actor(role, member=scenario.member, customer=scenario.customer)
        keyed = Command(
            noun=command.noun,
            move=command.move,
            subject_id=command.subject_id,
            input=command.input,
            idempotency_key=key,
        )
        return (await execute(keyed, actor)).subject_id

    async def _step_context(self, scenario: Scenario, step: Step, order_id: UUID) -> StepContext:
        lines = await BillableLine.filter(order_id=order_id, invoice_id=None).order_by("id")
        delivery = await Delivery.get_or_none(order_id=order_id, position=step.nth)
        return StepContext(
            today=self.today,
            order=await Order.get(id=order_id),
            delivery=delivery,
            delivered_files=await _files_by_name(delivery) if delivery else {},
            line_ids=tuple(line.id for line in lines),
            templates=await template_ids(),
            actor_name=self.participants.actor(step.role, member=scenario.member, customer=scenario.customer).name,
        )


async def _files_by_name(delivery: Delivery) -> dict[str, UUID]:
    """The files of the current version."""
    rows = DeliveryFile.filter(delivery=delivery, number=delivery.current_number)
    return {row["file__name"]: row["file_id"] for row in await rows.values("file_id", "file__name")}


async def _next_due(until: datetime) -> datetime | None:
    (row,) = await connections.get("default").execute_query_dict(SELECT_NEXT_DUE, [until])
    due: datetime | None = row["due"]
    return due


async def _earlier_result(key: str) -> UUID | None:
    rows = await connections.get("default").execute_query_dict(SELECT_EARLIER_RESULT, [key])
    return rows[0]["subject_id"] if rows else None


async def _subject(step: Step, order_id: UUID) -> UUID | None:
    """The subject of a step: the order, or its nth delivery, nth line, only supplement, or latest invoice."""
    match step.noun:
        case "delivery" if step.transition != "create":
            return (await Delivery.get(order_id=order_id, position=step.nth)).id
        case "supplement":
            return (await Supplement.get(order_id=order_id)).id
        case "line" if step.transition != "propose":
            lines = await BillableLine.filter(order_id=order_id).order_by("id")
            return lines[step.nth - 1].id
        case "invoice":
            return None if step.transition == "compose" else await _invoice(order_id)
    return order_id


async def _invoice(order_id: UUID) -> UUID:
    invoice = await Invoice.filter(lines__order_id=order_id).order_by("-created_at", "-id").first()
    assert invoice is not None
    return invoice.id
