"""One status for many orders: each has its result, in the order of the input."""

from datetime import date

import pytest

from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, ClientStatusChange, StatusOrigin, Visibility
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import OrderStatus
from tests.makers.bulk import hide_statuses, ids_of, set_status, some_orders, the_operation, the_outcomes, the_reasons
from tests.makers.client_status import move_client_status
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE
from tests.makers.records import the_events_of, the_messages

pytestmark = pytest.mark.database


async def test_one_status_is_shown_for_all() -> None:
    cases = await some_orders(3, OrderStatus.ACTIVE)

    operation = await the_operation(await set_status(ids_of(cases)))

    statuses = await ClientStatus.filter(id__in=ids_of(cases))
    assert {(each.visibility, each.label_de, each.name, each.origin) for each in statuses} == {
        (Visibility.SHOWN, "In progress", "Projekt ABC", StatusOrigin.BULK)
    }
    assert (operation.state, operation.applied, operation.done, operation.total) == ("DONE", 3, 3, 3)
    assert await the_messages("clientStatus.show") == ["CUSTOMER"] * 3


async def test_each_change_is_one_entry_of_history_one_event_and_one_message() -> None:
    cases = await some_orders(2, OrderStatus.ACTIVE)

    operation_id = await set_status(ids_of(cases))

    changes = await ClientStatusChange.all()
    assert {(each.order_id, each.bulk_operation_id) for each in changes} == {
        (each, operation_id) for each in ids_of(cases)
    }
    assert "clientStatus.show" in await the_events_of(cases[0].order.id)


async def test_results_come_in_the_order_of_the_input_with_duplicates_and_strangers_among_them() -> None:
    first, second = await some_orders(2, OrderStatus.ACTIVE)
    stranger, absent = await an_order(OrderStatus.ACTIVE), new_id()
    named = (second.order.id, absent, first.order.id, second.order.id, stranger.order.id)

    operation_id = await set_status(named, first.by_member)

    assert await the_outcomes(operation_id) == ["APPLIED", "FAILED", "APPLIED", "UNCHANGED", "FAILED"]
    assert await the_reasons(operation_id) == [[], ["not_found"], [], [], ["not_found"]]
    assert await ClientStatusChange.filter(order_id=stranger.order.id).count() == 0


async def test_what_belongs_to_each_order_stays_unless_it_is_given_for_all() -> None:
    (case,) = await some_orders(1, OrderStatus.ACTIVE)
    text = StatusInput(label="Ours", name="Ihre Website", description="Fast fertig.", expected_on=date(2026, 5, 8))
    await move_client_status(case, "show", text)

    await set_status(ids_of([case]), label=None, color="#15803d")

    status = await ClientStatus.get(id=case.order.id)
    assert (status.label_de, status.description_de, status.color) == ("Ours", "Fast fertig.", "#15803d")
    assert (status.name, status.expected_on) == ("Ihre Website", date(2026, 5, 8))


async def test_what_is_hidden_already_is_unchanged() -> None:
    shown, hidden = await some_orders(2, OrderStatus.ACTIVE)
    await set_status([shown.order.id])

    operation_id = await hide_statuses(ids_of([shown, hidden]))

    assert await the_outcomes(operation_id) == ["APPLIED", "UNCHANGED"]
    assert (await ClientStatus.get(id=shown.order.id)).visibility is Visibility.HIDDEN


async def test_finance_sets_no_statuses() -> None:
    with pytest.raises(Refused, match="not_your_move"):
        await set_status([(await an_order()).order.id], FINANCE)
