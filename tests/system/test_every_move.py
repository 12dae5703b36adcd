"""Every status, move and role: an action listed as open succeeds, any other is refused for the listed reasons.

What happens is compared with the access matrix that is written by hand as well. Of what is not at the core of an order,
the first status of each noun is looked at, and the others by the thorough tests.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.authentication.credentials import holder_actor
from domain.engine import evaluation
from domain.engine.concurrency import locks
from domain.engine.context import read_context
from domain.engine.evaluation import Action
from domain.engine.facts import read_facts
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import CLOCK, Actor
from domain.kernel.errors import Refusal
from domain.registry import REGISTRY
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.support import access_matrix
from tests.support.attempts import refusals_of
from tests.support.example_inputs import example_of
from tests.support.rollback import attempted_writes, contents, rolled_back
from tests.support.situations import SITUATIONS, Situation

pytestmark = [pytest.mark.database, pytest.mark.long]
CORE = {"order", "delivery", "invoice", "supplement", "clientStatus"}


def situations() -> Iterator[Any]:
    """The names of all situations, marked."""
    nouns: set[str] = set()
    for name in SITUATIONS:
        noun = name.partition(" ")[0]
        yield pytest.param(name, marks=[pytest.mark.thorough] if noun in nouns - CORE else [])
        nouns.add(noun)


@pytest.mark.parametrize("name", list(situations()))
async def test_the_menu_tells_the_truth(name: str) -> None:
    situation = await SITUATIONS[name]()
    async with rolled_back() as connection:
        untouched = await contents(connection)
    holder = holder_actor(situation.id, name="Kim", language="en")
    actors = (situation.member, situation.customer, STAFF, FINANCE, ADMIN, CLOCK, holder)

    lies = [lie for actor in actors for lie in await the_lies_to(name, situation, actor, untouched)]

    assert not lies


async def the_lies_to(name: str, situation: Situation, actor: Actor, untouched: str) -> list[str]:
    """The lies about all moves, each made from where the situation stood; the menu is read once, before them."""
    async with rolled_back() as connection:
        listed = await reasons_listed(connection, situation, actor)
    return [
        lie
        for lifecycle, move in REGISTRY.transitions_on(situation.noun)
        for lie in await the_lies(name, situation, lifecycle, move, actor, listed, untouched)
    ]


async def the_lies(
    name: str,
    situation: Situation,
    lifecycle: Lifecycle,
    move: Transition,
    actor: Actor,
    listed: Mapping[str, set[str]] | None,
    untouched: str,
) -> list[str]:
    """What the menu and the matrix say against what happens; nothing when all agree.

    `untouched` is the digest of the database before any move. Most moves write nothing, and then it is not taken again.
    """
    event, lies = lifecycle.event_name(move), list[str | None]()
    async with rolled_back() as connection:
        at_first = await attempted_writes(connection)
        facts = await read_facts(connection, REGISTRY.lifecycles[situation.noun], situation.id)
        takes = await example_of(move, facts, connection)
        prepared = await attempted_writes(connection)
        before = untouched if prepared == at_first else await contents(connection)
        found = await refusals_of(lifecycle, move, situation.id, takes, actor)
        written = await attempted_writes(connection) != prepared and await contents(connection) != before
        expected = reasons_of_move(listed, event)
        lies.append(verdict(f"{actor.role} {event}", expected, found, written=written, move=move))
        lies.append(access_matrix.verdict(name, event, actor.role, found))
    return [lie for lie in lies if lie]


async def reasons_listed(
    connection: BaseDBAsyncClient, situation: Situation, actor: Actor
) -> Mapping[str, set[str]] | None:
    """The reasons why each listed move is not open, none for those that are; an invisible row has no open actions."""
    if not await is_seen(connection, situation, actor):
        return None
    facts = await read_facts(connection, REGISTRY.lifecycles[situation.noun], situation.id)
    moment = await read_context(connection, actor)
    actions = evaluation.available_actions(REGISTRY, situation.noun, facts, moment, include_closed=True)
    return {action.lifecycle.event_name(action.transition): reasons_of(action, facts) for action in actions}


def reasons_of(action: Action, facts: Any) -> set[str]:
    made_already = action.transition.is_satisfied is not None and action.transition.is_satisfied(facts)
    return set() if made_already else {refusal.reason for refusal in action.refusals}


def reasons_of_move(listed: Mapping[str, set[str]] | None, event: str) -> set[str]:
    return {"not_found"} if listed is None else listed.get(event, {"not_your_move"})


async def is_seen(connection: BaseDBAsyncClient, situation: Situation, actor: Actor) -> bool:
    lifecycle = REGISTRY.lifecycles[situation.noun]
    return bool((await locks.lock_subjects(connection, REGISTRY.root, lifecycle, [situation.id], actor)).ids)


def verdict(
    what: str, expected: set[str], refusals: tuple[Refusal, ...], *, written: bool, move: Transition
) -> str | None:
    found = {refusal.reason for refusal in refusals}
    if expected != found:
        return f"{what}: the menu says {expected or 'open'}, the move says {found or 'done'}"
    if found and written:
        return f"{what}: refused, yet something was written"
    if not found and not written and not move.is_satisfied:
        return f"{what}: done, yet nothing was written"
    return None
