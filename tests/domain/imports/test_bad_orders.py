"""Orders that cannot be imported: what the lifecycle demands of a state is demanded of them, by line and column."""

from typing import Any

import pytest

from domain.imports.model import ImportKind
from domain.kernel.errors import Refused
from domain.orders.model import Order
from domain.parties.model import Member, MembershipStatus
from tests.domain.imports.faults import Fault, faults_of
from tests.makers.imports import a_file, checked, imported
from tests.makers.parties import a_customer, a_member, working_together
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2025, 12, 1, 10))
ORDERS = ImportKind.ORDERS


async def an_order_row(**cells: object) -> dict[str, object]:
    """A row of an active order that has nothing wrong with it."""
    member, customer = await a_member(), await a_customer(vat_id="DE136695976")
    await working_together(member, customer)
    return {
        "number": f"AF-{member.number:05}-0001",
        "status": "ACTIVE",
        "member_number": member.number,
        "customer_vat_id": customer.vat_id,
        "contact_email": "",
        "project": "Messestand",
        "service_from": "2025-11-01",
        "service_to": "2026-03-31",
        "offer_valid_until": "",
        "submitted_on": "2025-10-01",
        "offered_on": "",
        "activated_on": "10.10.2025",
        "completed_on": "",
        "confirmed_by": "Kim Kontakt",
        "skip_confirmation": "",
        "invoice_on": "2026-01-31",
        "text": "Stand",
        "unit_price": "1200,00",
        "invoiced_as": "",
    } | cells


async def test_an_order_without_faults_is_imported() -> None:
    await imported(ORDERS, a_file(await an_order_row()))

    assert (await Order.get()).net_cents == 120_000


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"status": "CANCELED"}, ("import_order_status", "2", "status")),
        ({"submitted_on": ""}, ("import_day_missing", "2", "submitted_on")),
        ({"activated_on": "2025-12-02"}, ("import_day_in_future", "2", "activated_on")),
        ({"activated_on": "2025-09-30"}, ("import_days_out_of_order", "2", "activated_on")),
        ({"confirmed_by": ""}, ("import_confirmed_by_missing", "2", "confirmed_by")),
        ({"invoice_on": "2025-11-30"}, ("import_past_invoice_open", "2", "invoiced_as")),
        ({"text": "", "unit_price": "", "invoice_on": ""}, ("billing_plan_empty", "2", None)),
        ({"unit_price": "-1"}, ("planned_invoice_below_zero", "2", None)),
        ({"unit_price": "1.200,00"}, ("import_no_decimal", "2", "unit_price")),
        ({"unit_price": "1,00001"}, ("price_with_more_than_four_decimals", "2", "unit_price")),
        ({"service_to": "2025-10-31"}, ("period_ends_before_it_starts", "2", "service_to")),
        ({"service_from": ""}, ("service_period_missing", "2", None)),
        ({"project": ""}, ("project_missing", "2", None)),
        ({"customer_vat_id": ""}, ("customer_missing", "2", None)),
        ({"customer_vat_id": "DE999999999"}, ("import_customers_found", "2", "customer_name")),
        ({"contact_email": "fremd@anderswo.example"}, ("contact_unknown", "2", "contact_email")),
        ({"member_number": "99999"}, ("member_unknown", "2", "member_number")),
        ({"number": "AF-00001-0001"}, ("import_number_of_another_member", "2", "number")),
        ({"status": "AWAITING_CUSTOMER", "offered_on": "2025-10-02"}, ("offer_end_missing", "2", None)),
        (
            {"status": "AWAITING_CUSTOMER", "offered_on": "2025-10-02", "offer_valid_until": "2025-11-30"},
            ("offer_end_is_past", "2", None),
        ),
        ({"status": "COMPLETED", "completed_on": "2025-11-30"}, ("completion_rule_does_not_hold", "2", None)),
        ({"status": "IN_REVIEW", "invoiced_as": "RE-1"}, ("import_invoiced_too_early", "2", "invoiced_as")),
    ],
)
async def test_what_the_lifecycle_demands_is_demanded_of_an_imported_order(cells: dict[str, Any], fault: Fault) -> None:
    assert fault in await faults_of(ORDERS, a_file(await an_order_row(**cells)))


async def test_a_number_that_is_taken_or_comes_back_later_is_named() -> None:
    row = await an_order_row()
    other = {**row, "number": "ALT-7"}
    await imported(ORDERS, a_file(other))

    with pytest.raises(Refused) as refused:
        await checked(ORDERS, a_file(other, row, {**row, "number": "ALT-8"}, row))

    assert [(each.reason, each.params["file_line"]) for each in refused.value.refusals] == [
        ("import_order_exists", 2),
        ("import_repeated", 5),
    ]


async def test_lines_of_one_order_may_not_contradict_each_other() -> None:
    row = await an_order_row()

    found = await faults_of(ORDERS, a_file(row, {**row, "project": "Anders"}))

    assert found == [("import_not_as_before", "3", "project")]


async def test_an_order_of_an_ended_membership_is_refused() -> None:
    row = await an_order_row()
    await Member.filter(number=row["member_number"]).update(status=MembershipStatus.ENDED)

    assert ("import_member_ended", "2", "member_number") in await faults_of(ORDERS, a_file(row))
