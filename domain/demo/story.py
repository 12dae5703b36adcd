"""What a story of the demo consists of: an order's draft, and who does what with it on which day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.deliveries.model import Delivery
from domain.kernel.calendar import Calendar
from domain.kernel.money import VatCategory
from domain.orders.model import Order
from domain.orders.takes import Draft, PlannedInvoiceEntry

END_OF_WORK = time(18, 0)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One move. `day` counts from today, `nth` tells which delivery or planned invoice of the order it is about.

    `takes` is what the move takes, or a function that tells it from the `Scenery` of that moment.
    """

    day: int
    hour: int
    who: str
    noun: str
    move: str
    takes: Any = None
    nth: int = 1


@dataclass(frozen=True, kw_only=True)
class Scenery:
    """What a scene finds: today, the order, its delivery and lines, who acts, and the status templates by label."""

    today: date
    order: Order
    delivery: Delivery | None
    line_ids: tuple[UUID, ...]
    name: str
    templates: Mapping[str, UUID]


@dataclass(frozen=True)
class Planned:
    """A planned invoice: the amount is net, `day` counts from today, or follows the acceptance without one."""

    net: str
    day: int | None
    text: str
    vat: VatCategory = VatCategory.STANDARD


@dataclass(frozen=True, kw_only=True)
class Story:
    """An order's way. All days count from today; `facts` are further facts of the draft."""

    project: str
    customer: str
    created: int
    plan: tuple[Planned, ...]
    scenes: tuple[Scene, ...] = ()
    member: str = "member"
    description: str = ""
    service: tuple[int, int] | None = None
    offer_until: int | None = None
    due: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    invoice_mail_bounces: bool = False

    def draft(self, today: date, calendar: Calendar, customer_id: UUID, contact_id: UUID) -> Draft:
        """What the member enters. An offer holds three weeks, and the work takes a month, unless told otherwise."""
        first, last = self.service or (self.created, self.created + 30)
        until = self.created + 21 if self.offer_until is None else self.offer_until
        due = None if self.due is None else calendar.at(today + timedelta(days=self.due), END_OF_WORK)
        return Draft(
            project=self.project,
            description=self.description,
            customer_id=customer_id,
            contact_id=contact_id,
            service_from=today + timedelta(days=first),
            service_to=today + timedelta(days=last),
            offer_valid_until=today + timedelta(days=until),
            delivery_due_at=due,
            planned_invoices=tuple(_entry(planned, today) for planned in self.plan),
            **self.facts,
        )


def _entry(planned: Planned, today: date) -> PlannedInvoiceEntry:
    return PlannedInvoiceEntry(
        invoice_on=None if planned.day is None else today + timedelta(days=planned.day),
        text=planned.text,
        unit_price=Decimal(planned.net),
        vat_category=planned.vat,
    )
