"""Registry validation: contradictory lifecycles are found at import, before any move is made."""

import re
from dataclasses import replace
from typing import Any

import pytest

from domain.engine.lifecycle import Lifecycle, TimerCommand
from domain.engine.noun import Noun
from domain.engine.registry import InvalidLifecycle, Registry
from domain.kernel.actors import Role
from domain.orders.lifecycle import ORDERS
from domain.orders.model import OrderStatus
from domain.registry import REGISTRY


def with_move(wanted: str, /, **changes: Any) -> Lifecycle:
    """The orders with one move drawn otherwise."""
    moves = tuple(replace(move, **changes) if move.name == wanted else move for move in ORDERS.transitions)
    return replace(ORDERS, transitions=moves)


def without(*names: str) -> Lifecycle:
    kept = [tuple(move for move in moves if move.name not in names) for moves in (ORDERS.transitions, ORDERS.commands)]
    return replace(ORDERS, transitions=kept[0], commands=kept[1])


@pytest.mark.parametrize(
    ("drawn", "problem"),
    [
        (with_move("decline", name="confirm"), "order has two moves of one name"),
        (with_move("confirm", roles=frozenset()), "order.confirm can be made by nobody"),
        (with_move("confirm", doc=""), "order.confirm has no sentence"),
        (with_move("confirm", from_states=frozenset()), "order.confirm starts nowhere"),
        (
            with_move("confirm", from_states=frozenset({"NOWHERE"})),
            "order.confirm starts in a state that does not exist",
        ),
        (with_move("confirm", to_state="NOWHERE"), "order.confirm leads to a state that does not exist"),
        (with_move("expire", roles=frozenset({Role.STAFF})), "order.expire is due, but the clock may not make it"),
        (without("complete", "import"), f"order never reaches {OrderStatus.COMPLETED}"),
        (replace(ORDERS, reminders=(ORDERS.reminders[0],) * 2), "order.review is due twice"),
    ],
    ids=lambda drawn: drawn if isinstance(drawn, str) else "",
)
def test_a_table_that_contradicts_itself_is_refused(drawn: Lifecycle, problem: str) -> None:
    with pytest.raises(InvalidLifecycle, match=re.escape(problem)):
        Registry((Noun(lifecycles=(drawn,)),))


def test_a_consequence_of_no_move_is_refused() -> None:
    with pytest.raises(InvalidLifecycle, match=re.escape("a consequence of order.vanish, which is no move")):
        Registry((Noun(lifecycles=(ORDERS,), consequences={"order.vanish": ()}),))


def test_a_timer_that_asks_for_no_move_is_refused() -> None:
    asking = replace(
        ORDERS.reminders[0],
        kind="order.asks",
        command=TimerCommand(noun="order", move="vanish", subject=lambda facts: facts.id),
    )

    with pytest.raises(InvalidLifecycle, match=re.escape("order.asks asks for a move that does not exist")):
        Registry((Noun(lifecycles=(replace(ORDERS, reminders=(asking,)),)),))


def test_every_noun_is_in_the_book() -> None:
    assert {*REGISTRY.lifecycles} >= {
        *("order", "delivery", "line", "invoice", "customer", "contact", "deadline"),
        *("clientStatus", "statusTemplate", "statusRules", "orderTemplate", "pipeline"),
        *("automation", "automationRun", "clientStatusBulk", "bulkOperation"),
    }
