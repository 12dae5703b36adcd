"""Operations that are interrupted, canceled and tried again: every order once, nothing lost (DESIGN §3)."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from tortoise import connections

from domain.accounts.model import Account, AccountStatus
from domain.bulk.inputs import BulkStatusInput
from domain.bulk.model import BulkItem, BulkOperation
from domain.client_status.model import ClientStatusChange
from domain.commands import WORKER, execute, remove_expired, run_bulk_operation, run_waiting_bulk_operations
from domain.database import clock
from domain.engine import commands
from domain.engine.commands import Command
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Refused
from domain.registry import REGISTRY
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.bulk import ids_of, many_orders, set_status, some_orders, the_operation, the_outcomes
from tests.makers.orders import Case
from tests.makers.parties import STAFF, acting_for_member
from tests.support.graphql.schema_client import operations_client
from tests.support.polling import it_happens

pytestmark = pytest.mark.database

LEASE_IS_OVER = "UPDATE bulk_operations SET leased_until = clock_timestamp() - interval '1 second'"


async def someone() -> tuple[Account, Actor]:
    """An employee with an account, who can be found again later."""
    account = await an_account(Role.STAFF)
    return account, Actor(kind=ActorKind.STAFF, role=Role.STAFF, account_id=account.id, name=account.name)


async def interrupted(cases: list[Case], actor: Actor, *, after: int) -> UUID:
    """An operation whose worker was killed after so many orders, long enough ago that others may go on."""
    takes = BulkStatusInput(order_ids=ids_of(cases), label="In progress")
    outcome = await commands.execute(REGISTRY, Command(noun="clientStatusBulk", move="set", input=takes), actor)
    if after:
        await WORKER.next_portion(outcome.subject_id, actor, size=after)
    await connections.get("default").execute_query(LEASE_IS_OVER)
    return outcome.subject_id


async def of_operation(name: str, operation_id: UUID, actor: Actor = STAFF) -> UUID:
    return (await execute(Command(noun="bulkOperation", move=name, subject_id=operation_id), actor)).subject_id


async def test_what_was_interrupted_is_gone_on_with_and_every_order_is_changed_once() -> None:
    cases, (_, actor) = await some_orders(5), await someone()
    operation_id = await interrupted(cases, actor, after=2)
    assert (await the_operation(operation_id)).done == 2

    assert await run_waiting_bulk_operations() == 1

    assert await the_outcomes(operation_id) == ["APPLIED"] * 5
    assert (await the_operation(operation_id)).state == "DONE"
    assert await ClientStatusChange.all().count() == 5


async def test_a_stopped_process_gives_its_operation_back_at_once(owner: asyncpg.Connection) -> None:
    cases, (_, actor) = await some_orders(2), await someone()
    operation_id = await interrupted(cases, actor, after=1)
    async with owner.transaction():
        await owner.execute("SELECT id FROM orders FOR UPDATE")
        working = asyncio.create_task(run_bulk_operation(operation_id))

        async def it_waits_for_an_order() -> bool:
            return bool(await owner.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))

        await it_happens(it_waits_for_an_order)
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working

    assert (await the_operation(operation_id)).leased_until is None
    assert await run_waiting_bulk_operations() == 1
    assert await the_outcomes(operation_id) == ["APPLIED"] * 2


async def test_nobody_goes_on_with_what_somebody_is_at() -> None:
    cases, (_, actor) = await some_orders(2), await someone()
    operation_id = await interrupted(cases, actor, after=1)
    await BulkOperation.filter(id=operation_id).update(leased_until=await clock.now(connections.get("default")))
    await connections.get("default").execute_query(LEASE_IS_OVER.replace("- interval", "+ interval"))

    assert await run_bulk_operation(operation_id) is False


async def test_the_rest_is_left_when_whoever_began_it_may_no_longer() -> None:
    cases, (account, actor) = await some_orders(3), await someone()
    operation_id = await interrupted(cases, actor, after=1)
    await Account.filter(id=account.id).update(status=AccountStatus.DEACTIVATED)

    await run_waiting_bulk_operations()

    assert await the_outcomes(operation_id) == ["APPLIED", "NOT_ATTEMPTED", "NOT_ATTEMPTED"]
    assert (await the_operation(operation_id)).state == "FAILED"


async def test_canceling_leaves_the_rest_as_it_is() -> None:
    cases, (_, actor) = await some_orders(3), await someone()
    operation_id = await interrupted(cases, actor, after=1)

    await of_operation("cancel", operation_id)
    await run_waiting_bulk_operations()

    assert await the_outcomes(operation_id) == ["APPLIED", "NOT_ATTEMPTED", "NOT_ATTEMPTED"]
    assert (await the_operation(operation_id)).state == "CANCELED"


async def test_what_was_left_is_tried_again_as_an_operation_of_its_own() -> None:
    cases, (_, actor) = await some_orders(3), await someone()
    operation_id = await interrupted(cases, actor, after=1)
    await of_operation("cancel", operation_id)

    again = await of_operation("retry", operation_id)

    assert await the_outcomes(again) == ["APPLIED", "APPLIED"]
    assert (await the_operation(again)).subject_ids == list(ids_of(cases[1:]))
    assert await the_outcomes(operation_id) == ["APPLIED", "NOT_ATTEMPTED", "NOT_ATTEMPTED"]


async def test_there_is_nothing_to_try_again_when_all_is_done() -> None:
    operation_id = await set_status(ids_of(await some_orders(1)))

    with pytest.raises(Refused, match="nothing_left_to_retry"):
        await of_operation("retry", operation_id)


async def test_what_has_ended_is_not_canceled() -> None:
    operation_id = await set_status(ids_of(await some_orders(1)))

    with pytest.raises(Refused, match="not_in_this_state"):
        await of_operation("cancel", operation_id)


async def test_other_people_s_operations_do_not_exist_for_a_member() -> None:
    (case,) = await some_orders(1)
    began, another = [
        replace(acting_for_member(case.member), account_id=(await an_account(Role.MEMBER)).id) for _ in range(2)
    ]
    operation_id = await set_status([case.order.id], began)

    with pytest.raises(Refused, match="not_found"):
        await of_operation("retry", operation_id, another)
    with pytest.raises(Refused, match="nothing_left_to_retry"):
        await of_operation("retry", operation_id, began)


async def test_operations_go_with_their_results_after_thirty_days() -> None:
    operation_id = await set_status(ids_of(await some_orders(1)))
    await BulkOperation.filter(id=operation_id).update(
        created_at=await clock.now(connections.get("default")) - timedelta(days=31)
    )

    await remove_expired()

    assert await BulkItem.all().count() == 0
    assert await BulkOperation.all().count() == 0


async def test_more_than_ten_thousand_are_worked_by_whoever_finds_them(settings: Settings) -> None:
    side, (account, _) = operations_client(settings), await someone()
    await many_orders(10_000)
    actor = Actor(kind=ActorKind.STAFF, role=Role.STAFF, account_id=account.id, language="en")

    payload = await side.move(
        "clientStatusBulkHide", actor, {"all": True}, entity="clientStatusBulk { state total done }"
    )
    await run_waiting_bulk_operations()

    assert payload["clientStatusBulk"] == {"state": "RUNNING", "total": 10_001, "done": 0}
    operation = await BulkOperation.all().order_by("-id").first()
    assert operation is not None
    assert (operation.state, operation.done, operation.unchanged) == ("DONE", 10_001, 10_001)
