"""Commands on one row wait without a connection, so that those on other rows go on."""

import asyncio

import asyncpg
import pytest

from domain.database.outages import Overloaded
from domain.database.turns import MOST_WAITING, Turns
from domain.orders.inputs import CommentText
from tests.makers.orders import Case, an_order
from tests.support.polling import PATIENCE_SECONDS

SESSIONS_THAT_WAIT = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"


async def comment(case: Case, text: str) -> None:
    await case.move("comment", case.by_member, CommentText(text=text))


@pytest.mark.database
async def test_commands_on_a_locked_order_hold_up_no_other_order(owner: asyncpg.Connection) -> None:
    locked, free = await an_order(), await an_order()
    async with owner.transaction():
        await owner.execute("SELECT 1 FROM orders WHERE id = $1 FOR UPDATE", locked.order.id)
        waiting = [asyncio.create_task(comment(locked, f"{number}")) for number in range(40)]
        await asyncio.sleep(0)

        async with asyncio.timeout(PATIENCE_SECONDS):
            await comment(free, "Meanwhile.")

        assert await owner.fetchval(SESSIONS_THAT_WAIT) <= 1
        assert not any(task.done() for task in waiting)
    await asyncio.gather(*waiting)


async def test_turns_are_taken_in_their_order() -> None:
    turns, seen = Turns(), list[int]()

    async def work(number: int) -> None:
        async with turns.take("row"):
            seen.append(number)
            await asyncio.sleep(0)
            seen.append(number)

    await asyncio.gather(*(work(number) for number in range(3)))

    assert seen == [0, 0, 1, 1, 2, 2]


async def test_a_full_queue_refuses_instead_of_growing() -> None:
    turns = Turns()
    async with turns.take("row"):
        waiting = [asyncio.create_task(turns.take("row").__aenter__()) for _ in range(MOST_WAITING)]
        await asyncio.sleep(0)

        with pytest.raises(Overloaded):
            async with turns.take("row"):
                pass
        async with turns.take("another row"):
            pass
        for task in waiting:
            task.cancel()
