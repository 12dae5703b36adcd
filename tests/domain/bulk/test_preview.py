"""What was previewed is what runs: the selection of a dry run (LIFECYCLES §5)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.bulk.inputs import BulkHideInput, BulkStatusInput
from domain.client_status.model import ClientStatus, ClientStatusChange
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor, Role
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import OrderStatus
from tests.makers.accounts import an_account
from tests.makers.bulk import hide_statuses, ids_of, set_status, some_orders, the_operation, the_outcomes
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database


async def an_employee() -> Actor:
    return replace(STAFF, account_id=(await an_account(Role.STAFF)).id)


async def set_previewed(token: UUID, actor: Actor, **more: Any) -> UUID:
    takes = BulkStatusInput(selection=token, label="In progress", **more)
    return (await execute(Command(noun="clientStatusBulk", move="set", input=takes), actor)).subject_id


async def the_reason(token: UUID, actor: Actor, **more: Any) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Refused) as refused:
        await set_previewed(token, actor, **more)
    return refused.value.refusals[0].reason, refused.value.refusals[0].path


async def test_exactly_the_orders_of_the_preview_are_changed_in_their_order() -> None:
    actor = await an_employee()
    cases = await some_orders(3, OrderStatus.ACTIVE)
    named = ids_of([cases[2], cases[0]])
    token = await set_status(named, actor, dry_run=True)

    operation = await the_operation(await set_previewed(token, actor))

    assert (tuple(operation.subject_ids), operation.preview_id, operation.applied) == (named, token, 2)
    assert (await ClientStatus.get(id=cases[1].order.id)).label_de == ""


async def test_what_a_filter_finds_later_is_not_changed() -> None:
    actor = await an_employee()
    cases = await some_orders(2, OrderStatus.ACTIVE)
    takes = BulkStatusInput(all=True, label="In progress", dry_run=True)
    token = (await execute(Command(noun="clientStatusBulk", move="set", input=takes), actor)).subject_id
    (later,) = await some_orders(1, OrderStatus.ACTIVE)

    await set_previewed(token, actor)

    changed = {each.order_id for each in await ClientStatusChange.all()}
    assert changed == {*ids_of(cases)}
    assert later.order.id not in changed


async def test_a_preview_holds_for_half_an_hour() -> None:
    actor = await an_employee()
    (case,) = await some_orders(1, OrderStatus.ACTIVE)
    token = await set_status(ids_of([case]), actor, dry_run=True)

    await the_clock_shows(berlin(2026, 4, 1, 10, 29, 59))
    assert await the_outcomes(await set_previewed(token, actor)) == ["APPLIED"]
    await the_clock_shows(berlin(2026, 4, 1, 10, 30))

    assert await the_reason(token, actor) == ("selection_expired", ("selection",))


async def test_the_preview_of_another_account_or_role_looks_unknown() -> None:
    actor, other = await an_employee(), await an_employee()
    cases = await some_orders(1, OrderStatus.ACTIVE)
    token = await set_status(ids_of(cases), actor, dry_run=True)

    assert await the_reason(token, other) == ("selection_unknown", ("selection",))
    assert await the_reason(token, replace(actor, role=Role.ADMIN)) == ("selection_unknown", ("selection",))
    assert await the_reason(new_id(), actor) == ("selection_unknown", ("selection",))


async def test_only_a_dry_run_of_the_same_kind_is_a_preview() -> None:
    actor = await an_employee()
    cases = await some_orders(1, OrderStatus.ACTIVE)
    hidden = await hide_statuses(ids_of(cases), actor, dry_run=True)
    done = await set_status(ids_of(cases), actor)

    assert await the_reason(hidden, actor) == ("selection_of_another_kind", ("selection",))
    assert await the_reason(done, actor) == ("selection_unknown", ("selection",))


async def test_a_preview_excludes_every_other_way_to_select() -> None:
    actor = await an_employee()
    cases = await some_orders(1, OrderStatus.ACTIVE)
    token = await set_status(ids_of(cases), actor, dry_run=True)

    reason, _ = await the_reason(token, actor, order_ids=ids_of(cases))

    assert reason == "orders_named_or_described"
    assert (await the_reason(token, actor, all=True))[0] == reason


async def test_orders_that_changed_meanwhile_are_changed_as_far_as_they_can_be() -> None:
    actor = await an_employee()
    cases = await some_orders(3, OrderStatus.ACTIVE)
    token = await set_status(ids_of(cases), actor, dry_run=True)
    await cases[1].move("archive", cases[1].by_member)
    await set_status(ids_of(cases[2:]))

    operation_id = await set_previewed(token, actor)

    assert await the_outcomes(token) == ["APPLIED", "APPLIED", "APPLIED"]
    assert await the_outcomes(operation_id) == ["APPLIED", "FAILED", "UNCHANGED"]


async def test_hiding_follows_its_preview_too() -> None:
    actor = await an_employee()
    cases = await some_orders(2, OrderStatus.ACTIVE)
    await set_status(ids_of(cases))
    token = await hide_statuses(ids_of(cases[:1]), actor, dry_run=True)

    takes = BulkHideInput(selection=token)
    done = (await execute(Command(noun="clientStatusBulk", move="hide", input=takes), actor)).subject_id

    assert (await the_operation(done)).applied == 1
