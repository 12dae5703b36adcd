"""Scenarios of the demo: an order's draft, and the steps of each role by day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.deliveries.model import Delivery
from domain.kernel.calendar import Calendar
from domain.kernel.money import VatCategory
from domain.orders.inputs import Draft, PlannedInvoiceEntry
from domain.orders.model import Order
from domain.orders.repetition import Repetition

DUE_TIME = time(18, 0)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One move. `day` counts from today; `nth` is the position of the delivery or line that it is about.

    `input` is the input of the move, or a function that returns it from the `StepContext` of that moment. Files
    with the names of `files` are uploaded before, and are its `file_ids`.
    """

    day: int
    hour: int
    role: str
    noun: str
    transition: str
    input: Any = None
    nth: int = 1
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StepContext:
    """The context of a step: today, the order, its delivery and lines, the actor, and status templates by label.

    `delivered_files` are those of the delivery's current version by name.
    """

    today: date
    order: Order
    delivery: Delivery | None
    delivered_files: Mapping[str, UUID]
    line_ids: tuple[UUID, ...]
    actor_name: str
    templates: Mapping[str, UUID]


@dataclass(frozen=True)
class PlannedInvoiceSpec:
    """A planned invoice: the price is net, `day` counts from today, or follows the acceptance without one.

    With `monthly` it comes again each month, so many times in all.
    """

    price: str
    day: int | None
    text: str
    vat: VatCategory = VatCategory.STANDARD
    quantity: str = "1"
    monthly: int | None = None


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The course of one order. All days count from today; `extra_fields` are further facts of the draft."""

    project: str
    customer: str
    created_day: int
    planned_invoices: tuple[PlannedInvoiceSpec, ...]
    steps: tuple[Step, ...] = ()
    member: str = "member"
    description: str = ""
    service_days: tuple[int, int] | None = None
    offer_until_day: int | None = None
    due_day: int | None = None
    extra_fields: Mapping[str, Any] = field(default_factory=dict)
    invoice_mail_bounces: bool = False

    def draft(self, today: date, calendar: Calendar, customer_id: UUID, contact_id: UUID) -> Draft:
        """The member's draft. By default an offer is valid for three weeks, and the work takes a month."""
        first, last = self.service_days or (self.created_day, self.created_day + 30)
        until = self.created_day + 21 if self.offer_until_day is None else self.offer_until_day
        due = None if self.due_day is None else calendar.at(today + timedelta(days=self.due_day), DUE_TIME)
        return Draft(
            project=self.project,
            description=self.description,
            customer_id=customer_id,
            contact_id=contact_id,
            service_from=today + timedelta(days=first),
            service_to=today + timedelta(days=last),
            offer_valid_until=today + timedelta(days=until),
            delivery_due_at=due,
            planned_invoices=tuple(_entry(planned, today) for planned in self.planned_invoices),
            **self.extra_fields,
        )


def _entry(planned: PlannedInvoiceSpec, today: date) -> PlannedInvoiceEntry:
    return PlannedInvoiceEntry(
        invoice_on=None if planned.day is None else today + timedelta(days=planned.day),
        text=planned.text,
        quantity=Decimal(planned.quantity),
        unit_price=Decimal(planned.price),
        vat_category=planned.vat,
        repeats=Repetition.MONTHLY if planned.monthly else None,
        repeat_count=planned.monthly,
    )
