"""Boards and lists of orders are narrowed and sorted by stage and by client status."""

from typing import Any

import pytest

from domain.client_status.inputs import StatusInput
from domain.kernel.ids import external
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from domain.status_templates.model import StatusTemplate
from tests.makers.accounts import an_account
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_customer, a_member
from tests.makers.pipelines import a_pipeline, enter, ids_of, move_pipeline, named
from tests.makers.time import berlin, the_clock_shows
from tests.support.board import a_card, listed, the_board
from tests.support.graphql.schema_client import SchemaClient, outside

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_a_board_is_narrowed_as_the_list_of_orders_is(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline("Neu")
    account, customer = await an_account(), await a_customer("Kunde ABC")
    member = await a_member("Otto Other")
    plain = await a_card(pipeline)
    shown = await a_client_status(await a_card(pipeline))
    tagged = await a_card(pipeline, tags=("eilig",))
    theirs = await a_card(pipeline, customer=customer, member=member)
    assigned = await a_card(pipeline)
    await assigned.move("assign", STAFF, Assignees(account_ids=(account.id,)))
    late = await a_card(pipeline, delivery_due_at=berlin(2026, 4, 20, 18))
    await the_clock_shows(berlin(2026, 4, 30, 10))

    async def found(**where: Any) -> list[str]:
        return (await the_board(in_operations, pipeline, **where))["Neu"]

    assert await found(clientStatus={"eq": "SHOWN"}) == [shown.order.number]
    assert plain.order.number in await found(clientStatus={"eq": "HIDDEN"})
    assert await found(clientStatusLabel="PROGRESS") == [shown.order.number]
    assert await found(stale=True) == [shown.order.number]
    assert len(await found(stale=False)) == 5
    assert await found(tag="eilig") == [tagged.order.number]
    assert await found(customer={"eq": external("cus", customer.id)}) == [theirs.order.number]
    assert await found(member={"eq": external("mem", member.id)}) == [theirs.order.number]
    assert await found(assignedTo=external("acc", account.id)) == [assigned.order.number]
    assert await found(late=True) == [late.order.number]


async def test_a_board_is_narrowed_by_the_template_of_the_client_status(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline("Neu")
    planned, done, *_ = await StatusTemplate.all().order_by("position")
    case = await a_card(pipeline)
    await a_client_status(await a_card(pipeline))
    await move_client_status(case, "show", StatusInput(template_id=planned.id))

    async def found(*templates: StatusTemplate) -> list[str]:
        among = [external("stt", each.id) for each in templates]
        return (await the_board(in_operations, pipeline, clientStatusTemplate={"in": among}))["Neu"]

    assert await found(planned) == await found(planned, done) == [case.order.number]
    assert await found(done) == await found() == []


async def test_orders_are_found_by_where_they_lie(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline("Neu", "Alt")
    first, second = await ids_of(pipeline)
    new, old = await a_card(pipeline), await a_card(pipeline, 1)
    nowhere, archived = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.ACTIVE)
    await archived.move("archive", STAFF)

    assert await listed(in_operations, stage={"eq": external("stg", first)}) == {outside(new.order.id)}
    assert await listed(in_operations, stage={"in": [external("stg", second)]}) == {outside(old.order.id)}
    both = {outside(new.order.id), outside(old.order.id)}
    assert await listed(in_operations, pipeline={"eq": external("pip", pipeline.id)}) == both
    assert await listed(in_operations, offBoard=True) == {outside(nowhere.order.id)}
    assert await listed(in_operations, offBoard=False) == both | {outside(archived.order.id)}


async def test_what_comes_back_to_life_in_a_retired_pipeline_is_off_the_board(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline("Neu", "Alt")
    restored, ended = await a_card(pipeline), await an_order(OrderStatus.CANCELED)
    await enter(ended, (await ids_of(pipeline))[0])
    await restored.move("archive", STAFF)
    await move_pipeline(pipeline, "retire")
    assert await listed(in_operations, offBoard=True) == set()

    await restored.move("restore", STAFF)

    assert await listed(in_operations, offBoard=True) == {outside(restored.order.id)}
    other = await a_pipeline("Hier", **named("Anderswo"))
    await enter(restored, (await ids_of(other))[0])
    assert await listed(in_operations, offBoard=True) == set()


@pytest.mark.parametrize("field", ["STAGE_ENTERED", "CLIENT_STATUS_CHANGED"])
async def test_orders_are_sorted_by_the_board_and_by_the_client_status(in_operations: SchemaClient, field: str) -> None:
    pipeline = await a_pipeline("Neu")
    second, first = await an_order(OrderStatus.ACTIVE), await a_card(pipeline)
    await a_client_status(first)
    await the_clock_shows(berlin(2026, 4, 2, 10))
    await a_client_status(second)
    await enter(second, (await ids_of(pipeline))[0])

    query = f"{{ orders(first: 9, orderBy: {{field: {field}}}) {{ edges {{ cursor node {{ id }} }} }} }}"
    data = await in_operations.ask(query, STAFF)

    assert [each["node"]["id"] for each in data["orders"]["edges"]] == [
        outside(each.order.id) for each in (first, second)
    ]
