"""The access matrix that is written by hand: the tables follow it, and what is not allowed is refused.

Those around a row try all its moves in `tests/system/test_every_move.py`, where the matrix is compared as well.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.accounts.authentication.credentials import holder_actor
from domain.engine.facts import read_facts
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import CLOCK, Actor, ActorKind, Role
from domain.kernel.errors import Code, Refusal
from domain.kernel.ids import new_id
from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from domain.registry import REGISTRY
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, LIMITED_STAFF, STAFF
from tests.makers.time import berlin
from tests.support import access_matrix
from tests.support.access_matrix import matrix
from tests.support.attempts import refusals_of
from tests.support.example_inputs import example_of
from tests.support.new_row_inputs import input_of_new_row
from tests.support.rollback import rolled_back
from tests.support.situations import SITUATIONS, Situation

in_april = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
SHARED = [name for name in SITUATIONS if any(access_matrix.is_shared(name, kind) for kind in ActorKind)]
OF_ABSENT_ROWS: dict[tuple[str, ActorKind], tuple[Refusal, ...]] = {}
FIRST_ROWS = {name.split()[0]: name for name in reversed(SITUATIONS)}.values()
NEW = [event for event, (_, access) in matrix().items() if "new" in access.values()]


def test_the_matrix_names_every_move() -> None:
    assert sorted(matrix()) == sorted(REGISTRY.events)


@pytest.mark.parametrize("event", REGISTRY.events)
def test_the_table_of_a_move_follows_the_matrix(event: str) -> None:
    lifecycle, move = REGISTRY.events[event]
    subject = REGISTRY.subject_lifecycle(lifecycle, move)
    on, access = matrix()[event]
    by_guard = access_matrix.guarded().get(event, {})

    allowed = {role: _states(subject, f"{states} {by_guard.get(role, '')}") for role, states in access.items()}

    assert allowed == {role: set(move.from_states) for role in Role if move.roles & _roles(role)}
    assert (on or lifecycle.noun) == (subject.noun if subject else lifecycle.noun)


def _roles(role: Role) -> frozenset[Role]:
    return Actor(kind=ActorKind(role), role=role).roles


def _states(subject: Lifecycle | None, states: str) -> set[str]:
    if subject is None:
        assert states.split() == ["new"] * len(states.split())
        return set()
    return set(subject.states) if "any" in states.split() else set(states.split())


@pytest.mark.long
@in_april
@pytest.mark.parametrize("name", SITUATIONS)
async def test_strangers_meet_nothing_as_if_the_row_did_not_exist(name: str) -> None:
    """All moves are tried of one row of each noun, and every fifth of its rows in other states."""
    row = await SITUATIONS[name]()
    moves = REGISTRY.transitions_on(row.noun)

    assert await _differing(name, row, moves if name in FIRST_ROWS else moves[::5]) == []


@pytest.mark.thorough
@in_april
@pytest.mark.parametrize("name", [name for name in SITUATIONS if name not in FIRST_ROWS])
async def test_strangers_meet_nothing_by_any_move_of_any_row(name: str) -> None:
    row = await SITUATIONS[name]()

    assert await _differing(name, row, REGISTRY.transitions_on(row.noun)) == []


@in_april
@pytest.mark.parametrize("name", SHARED)
async def test_those_who_see_rows_of_the_platform_move_them_as_their_role_may(name: str) -> None:
    row = await SITUATIONS[name]()
    readers = [actor for actor in await _strangers() if access_matrix.is_shared(name, actor.kind)]

    lies = [
        lie
        for actor in readers
        for lifecycle, move in REGISTRY.transitions_on(row.noun)
        if (lie := await _lie_of_reader(name, row, lifecycle, move, actor))
    ]

    assert lies == []


@in_april
@pytest.mark.parametrize("event", NEW)
async def test_what_makes_a_row_is_made_by_the_roles_of_the_matrix_only(event: str) -> None:
    lifecycle, move = REGISTRY.events[event]
    case = await an_order(OrderStatus.ACTIVE)
    people = (case.by_member, case.by_customer, STAFF, FINANCE, ADMIN, CLOCK, *await _strangers())
    makers = set()

    for actor in people:
        async with rolled_back():
            refusals = await refusals_of(lifecycle, move, None, await input_of_new_row(event, case), actor)
            if not {Code.FORBIDDEN, Code.ILLEGAL_TRANSITION, Code.NOT_FOUND} & {refusal.code for refusal in refusals}:
                makers.add(actor.role)

    assert makers == set(matrix()[event][1])


async def _differing(name: str, row: Situation, moves: Sequence[tuple[Lifecycle, Transition]]) -> list[str]:
    """The moves by which a stranger can tell the row from one that does not exist."""
    strangers = [actor for actor in await _strangers() if not access_matrix.is_shared(name, actor.kind)]
    return [
        f"{actor.kind} {lifecycle.event_name(move)}"
        for actor in strangers
        for lifecycle, move in moves
        if await refusals_of(lifecycle, move, row.id, None, actor) != await _of_absent_row(lifecycle, move, actor)
    ]


async def _of_absent_row(lifecycle: Lifecycle, move: Transition, actor: Actor) -> tuple[Refusal, ...]:
    """The refusals of a move of a row that does not exist: for a stranger of one kind always the same."""
    asked = (lifecycle.event_name(move), actor.kind)
    if asked not in OF_ABSENT_ROWS:
        OF_ABSENT_ROWS[asked] = await refusals_of(lifecycle, move, new_id(), None, actor)
    return OF_ABSENT_ROWS[asked]


async def _lie_of_reader(name: str, row: Situation, lifecycle: Lifecycle, move: Transition, actor: Actor) -> str | None:
    async with rolled_back() as connection:
        facts = await read_facts(connection, REGISTRY.lifecycles[row.noun], row.id)
        takes = await example_of(move, facts, connection)
        found = await refusals_of(lifecycle, move, row.id, takes, actor)
    return access_matrix.verdict(name, lifecycle.event_name(move), actor.role, found, is_seen=True)


async def _strangers() -> tuple[Actor, ...]:
    """People who have nothing to do with any row but their own order, which another member and customer have."""
    case, account = await an_order(OrderStatus.AWAITING_CUSTOMER), await an_account()
    contact = await Contact.get(customer_id=case.customer.id)
    customer = replace(case.by_customer, contact_id=contact.id)
    link = replace(customer, kind=ActorKind.LINK, order_id=case.order.id, link_id=new_id())
    return (
        case.by_member,
        customer,
        link,
        replace(link, kind=ActorKind.STATUS_LINK, order_id=None),
        replace(link, kind=ActorKind.REPLY_LINK),
        replace(LIMITED_STAFF, account_id=account.id),
        holder_actor(account.id, name="Kim", language="en"),
    )
