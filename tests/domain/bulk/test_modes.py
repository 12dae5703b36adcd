"""All or none, each for itself, on trial: what an operation changes and what it leaves alone (DESIGN §3)."""

import pytest
from tortoise import connections

from domain.client_status.model import ClientStatus, ClientStatusChange, PendingStatus, StatusRules, Visibility
from domain.orders.model import OrderStatus
from tests.makers.bulk import ids_of, set_status, some_orders, the_operation, the_outcomes, the_reasons
from tests.makers.client_status import a_client_status
from tests.makers.orders import Case
from tests.makers.records import the_messages

pytestmark = pytest.mark.database

TOUCHED = ("client_statuses", "client_status_changes", "pending_statuses", "outbox", "deadlines", "orders")


async def what_is_there() -> list[str]:
    """A digest of every table that a change of client statuses writes, and of their events."""
    whole = "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
    tables = [*TOUCHED, "(SELECT * FROM events WHERE subject_kind = 'clientStatus')"]
    connection = connections.get("default")
    return [
        (await connection.execute_query_dict(f"SELECT {whole} AS digest FROM {table} t"))[0]["digest"]
        for table in tables
    ]


async def one_of_them_archived() -> list[Case]:
    cases = await some_orders(3)
    await cases[1].move("archive", cases[1].by_member)
    return cases


async def test_each_for_itself_some_fail_while_others_change() -> None:
    cases = await one_of_them_archived()

    operation_id = await set_status(ids_of(cases), mode="PER_ITEM")

    assert await the_outcomes(operation_id) == ["APPLIED", "FAILED", "APPLIED"]
    assert await the_reasons(operation_id) == [[], ["order_is_archived"], []]
    operation = await the_operation(operation_id)
    assert (operation.state, operation.applied, operation.failed) == ("DONE", 2, 1)


async def test_all_or_none_changes_nothing_when_one_cannot_be_changed() -> None:
    cases = await one_of_them_archived()
    before = await what_is_there()

    operation_id = await set_status(ids_of(cases), mode="ATOMIC")

    assert await the_outcomes(operation_id) == ["NOT_ATTEMPTED", "FAILED", "NOT_ATTEMPTED"]
    assert (await the_operation(operation_id)).state == "FAILED"
    assert await what_is_there() == before


async def test_all_or_none_changes_all() -> None:
    cases = await some_orders(3)

    operation_id = await set_status(ids_of(cases), mode="ATOMIC")

    assert await the_outcomes(operation_id) == ["APPLIED"] * 3
    assert (await the_operation(operation_id)).state == "DONE"


@pytest.mark.parametrize("mode", ["PER_ITEM", "ATOMIC"])
async def test_on_trial_nothing_is_changed(mode: str) -> None:
    cases = await some_orders(2, OrderStatus.ACTIVE)
    before = await what_is_there()

    operation_id = await set_status(ids_of(cases), mode=mode, dry_run=True)

    assert await the_outcomes(operation_id) == ["APPLIED", "APPLIED"]
    assert await what_is_there() == before


async def test_setting_without_showing_leaves_hidden_what_is_hidden() -> None:
    hidden, shown = await some_orders(2, OrderStatus.ACTIVE)
    await a_client_status(shown)

    await set_status(ids_of([hidden, shown]), label="On hold", show=False)

    assert (await ClientStatus.get(id=hidden.order.id)).visibility is Visibility.HIDDEN
    assert (await ClientStatus.get(id=shown.order.id)).visibility is Visibility.SHOWN
    assert await ClientStatus.filter(label_de="On hold").count() == 2


async def test_each_order_keeps_the_name_its_client_knows() -> None:
    first, second = await some_orders(2, OrderStatus.ACTIVE)
    await a_client_status(first, name="The new kitchen")

    await set_status(ids_of([first, second]), label="Done")

    assert (await ClientStatus.get(id=first.order.id)).name == "The new kitchen"
    assert (await ClientStatus.get(id=second.order.id)).name == "Projekt ABC"


async def test_with_a_quiet_period_many_wait_as_one_does() -> None:
    cases = await some_orders(2, OrderStatus.ACTIVE)
    await StatusRules.all().update(quiet_minutes=10)

    operation_id = await set_status(ids_of(cases))

    assert await the_outcomes(operation_id) == ["APPLIED", "APPLIED"]
    assert await PendingStatus.filter(bulk_operation_id=operation_id).count() == 2
    assert await ClientStatusChange.all().count() == 0
    assert await the_messages("clientStatus.show") == []
