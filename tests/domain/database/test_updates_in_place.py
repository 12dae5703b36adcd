"""Updates of rows that touch no index stay on their page, so that no index is written."""

import pytest
from tortoise import connections

from domain.orders.model import OrderStatus
from tests.makers.orders import an_order
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

SELECT_UPDATES = """SELECT pg_stat_get_xact_tuples_updated('orders'::regclass) AS updated,
    pg_stat_get_xact_tuples_hot_updated('orders'::regclass) AS in_place"""
TOUCH = "UPDATE orders SET internal_notes = 'Call back.', version = version + 1 WHERE id = $1"


async def test_a_change_of_columns_without_an_index_is_made_in_place() -> None:
    case = await an_order(OrderStatus.ACTIVE)

    async with connections.get("default")._in_transaction() as connection:
        (before,) = await connection.execute_query_dict(SELECT_UPDATES)
        await connection.execute_query(TOUCH, [case.order.id])
        (after,) = await connection.execute_query_dict(SELECT_UPDATES)

    assert {name: after[name] - before[name] for name in after} == {"updated": 1, "in_place": 1}
