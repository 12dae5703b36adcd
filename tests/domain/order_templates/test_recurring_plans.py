"""Recurring invoices of a template: each gets its day, its text and its service period, down to the line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.billing.model import BillableLine
from domain.kernel.errors import Refused
from domain.order_templates.inputs import TemplateInvoiceEntry
from domain.orders.inputs import Confirmation, DraftAmendment, OptionalComment
from domain.orders.model import OfferRevision, PlannedInvoice
from domain.orders.repetition import Repetition
from tests.makers.orders import planned
from tests.makers.parties import STAFF
from tests.makers.templates import an_order_from, an_order_template
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

JULY, AUGUST = (date(2026, 7, 1), date(2026, 7, 31)), (date(2026, 8, 1), date(2026, 8, 10))


def support(**changes: Any) -> TemplateInvoiceEntry:
    """Support for two months, invoiced at the end of each."""
    facts: dict[str, Any] = {"invoice_days": 30, "repeats": Repetition.MONTHLY, "repeat_count": 2}
    return TemplateInvoiceEntry(text="Support {pastPeriod}", unit_price=Decimal(100), **facts | changes)


async def test_lines_of_a_recurring_plan_have_the_service_periods_of_their_months() -> None:
    template = await an_order_template(project="Support", service_days=41, offer_days=30, invoices=(support(),))

    case = await an_order_from(template, starts_on=date(2026, 7, 1))
    for move, actor, takes in (
        ("submit", case.by_member, None),
        ("approve", STAFF, OptionalComment()),
        ("confirm", case.by_customer, Confirmation(name="Kim", revision=1)),
    ):
        await case.move(move, actor, takes)

    lines = await BillableLine.filter(order_id=case.order.id).order_by("invoice_on")
    assert [(str(line.invoice_on), line.text) for line in lines] == [
        ("2026-07-31", "Support Juli 2026"),
        ("2026-08-31", "Support August 2026"),
    ]
    assert [(line.service_from, line.service_to) for line in lines] == [JULY, AUGUST]
    content: Any = (await OfferRevision.get(order_id=case.order.id)).content
    assert [row["service_to"] for row in content["planned_invoices"]] == ["2026-07-31", "2026-08-10"]


async def test_a_period_of_its_own_is_kept_when_the_draft_is_amended() -> None:
    case = await an_order_from(await an_order_template(project="Support", service_days=41, invoices=(support(),)))
    before = await periods_of(case.order.id)

    await case.move("amend", case.by_member, DraftAmendment(completion_rule=None))

    assert await periods_of(case.order.id) == before == [("2026-05-01", "2026-05-11"), ("None", "None")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"invoice_days": None}, "repetition_without_first_date"),
        ({"repeat_count": None}, "repetition_without_one_end"),
        ({"repeat_months": 2}, "repetition_without_months"),
        ({"repeats": None}, "repetition_not_chosen"),
    ],
)
async def test_an_incomplete_repetition_is_refused_in_the_template(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await an_order_template(invoices=(support(**changes),))

    assert refused.value.refusals[0].reason == reason


async def test_half_a_service_period_is_refused() -> None:
    case = await an_order_from(await an_order_template(project="Support"))
    half = replace(planned(), service_from=date(2026, 5, 1))

    with pytest.raises(Refused) as refused:
        await case.move("amend", case.by_member, DraftAmendment(planned_invoices=(half,)))

    assert (refused.value.refusals[0].reason, refused.value.refusals[0].path[-1]) == (
        "period_needs_both_days",
        "service_to",
    )


async def periods_of(order_id: Any) -> list[tuple[str, str]]:
    rows = await PlannedInvoice.filter(order_id=order_id).order_by("position")
    return [(str(row.service_from), str(row.service_to)) for row in rows]
