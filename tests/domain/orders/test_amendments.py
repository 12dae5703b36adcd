"""Amending a draft: an absent field stays as it is, null empties it (LIFECYCLES §2)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.kernel.errors import Refused
from domain.kernel.money import VatCategory
from domain.orders.inputs import Draft, DraftAmendment
from domain.orders.model import CompletionRule, PlannedInvoice, ReviewUnit
from tests.makers.orders import Case, an_order, planned
from tests.makers.parties import a_customer

pytestmark = pytest.mark.database

FACTS: dict[str, Any] = {
    "description": "Text und Bild",
    "tags": ("express",),
    "internal_notes": "Quietly.",
    "required_deliveries": 2,
    "review_unit": ReviewUnit.WORKING_DAYS,
    "skip_confirmation": True,
}
AMENDABLE = [*(set(Draft.__dataclass_fields__) - {"planned_invoices"}), "net_cents", "vat_cents", "budget_inflow_cents"]


async def a_full_draft(**facts: Any) -> Case:
    return await an_order(**FACTS | facts)


async def amend(case: Case, **given: Any) -> None:
    await case.move("amend", case.by_member, DraftAmendment(**given))
    await case.order.refresh_from_db()


async def the_plan(case: Case) -> list[tuple[str, date | None, int]]:
    rows = await PlannedInvoice.filter(order_id=case.order.id).order_by("position")
    return [(row.text, row.invoice_on, row.net_cents) for row in rows]


async def test_a_project_alone_changes_nothing_else() -> None:
    case = await a_full_draft()
    before, plan = {name: getattr(case.order, name) for name in AMENDABLE}, await the_plan(case)

    await amend(case, project=" Another name ")

    after = {name: getattr(case.order, name) for name in AMENDABLE}
    assert after == before | {"project": "Another name"}
    assert await the_plan(case) == plan != []


async def test_null_empties_a_fact() -> None:
    case = await a_full_draft()

    await amend(case, customer_id=None, contact_id=None, tags=None, service_to=None, description=None)

    order = case.order
    assert (order.customer_id, order.contact_id, order.tags) == (None, None, [])
    assert (order.service_to, order.description) == (None, "")
    assert (order.service_from, order.internal_notes) == (date(2026, 4, 1), "Quietly.")


async def test_null_is_the_default_where_a_fact_always_has_a_value() -> None:
    case = await a_full_draft()

    await amend(case, required_deliveries=None, review_unit=None, skip_confirmation=None)

    order = case.order
    assert (order.required_deliveries, order.review_unit, order.skip_confirmation) == (0, ReviewUnit.DAYS, False)


async def test_a_billing_plan_that_is_given_replaces_the_present_one() -> None:
    case = await a_full_draft()

    await amend(case, planned_invoices=(planned("950.00"),))

    assert [net for _, _, net in await the_plan(case)] == [95_000]
    assert (case.order.net_cents, case.order.project) == (95_000, "Projekt ABC")


async def test_a_billing_plan_that_is_null_is_emptied_with_its_sums() -> None:
    case = await a_full_draft()

    await amend(case, planned_invoices=None)

    assert (await the_plan(case), case.order.net_cents, case.order.budget_inflow_cents) == ([], 0, 0)


async def test_a_plan_that_is_left_out_follows_the_completion_rule() -> None:
    case = await a_full_draft()
    exempt = replace(planned("950.00"), vat_category=VatCategory.EXEMPT)
    await amend(case, planned_invoices=(exempt,))

    await amend(case, completion_rule=CompletionRule.ON_ACCEPTANCE)

    assert [(day, net) for _, day, net in await the_plan(case)] == [(None, 95_000)]
    assert case.order.vat_cents == 0


async def test_one_day_of_the_period_is_checked_against_the_other_that_stays() -> None:
    case = await a_full_draft()

    with pytest.raises(Refused, match="period_ends_before_it_starts"):
        await amend(case, service_to=date(2026, 3, 31))


async def test_another_customer_needs_a_contact_of_its_own() -> None:
    case = await a_full_draft()
    other = await a_customer()

    with pytest.raises(Refused, match="customer_unknown"):
        await amend(case, customer_id=other.id)
    with pytest.raises(Refused, match="contact_without_customer"):
        await amend(case, customer_id=None)
