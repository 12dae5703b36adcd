"""Moves of orders that are made of many at once: commands, kinds and handlers, derived from the orders' own moves."""

from collections.abc import Mapping
from dataclasses import make_dataclass

from domain.bulk import start
from domain.bulk.handlers.base import Handler
from domain.bulk.handlers.order_moves import input_parameters, move_handler
from domain.bulk.model import BulkKind, BulkState
from domain.bulk.selection import OrderSelection
from domain.engine.lifecycle import Transition, Validator
from domain.kernel.actors import OFFICE
from domain.orders.lifecycle import ORDERS

# Moves of a whole lifecycle in one transaction hold the locks of all their orders until the last one is written.
MOST_ATOMIC = 250
KINDS: Mapping[str, BulkKind] = {
    "approve": BulkKind.ORDER_APPROVE,
    "sendBack": BulkKind.ORDER_SEND_BACK,
    "reject": BulkKind.ORDER_REJECT,
    "assign": BulkKind.ORDER_ASSIGN,
    "archive": BulkKind.ORDER_ARCHIVE,
    "restore": BulkKind.ORDER_RESTORE,
    "delete": BulkKind.ORDER_DELETE,
}
MOVES = {name: ORDERS.moves[name] for name in KINDS}
MOVE_HANDLERS: Mapping[BulkKind, Handler] = {KINDS[name]: move_handler(move) for name, move in MOVES.items()}


def bulk_commands(validators: tuple[Validator, ...]) -> tuple[Transition, ...]:
    """One command for each of these moves: it takes a selection of orders and what the move takes."""
    return tuple(
        Transition(
            name=name,
            doc=f"Of many orders, each for itself or all together: {move.doc[0].lower()}{move.doc[1:]}",
            weight=move.weight,
            roles=move.roles,
            to_state=BulkState.RUNNING,
            creates=True,
            input=_input(name, move),
            validators=validators,
            effect=start.start_effect(KINDS[name], input_parameters(move.input), most_atomic=MOST_ATOMIC),
            audience=OFFICE,
        )
        for name, move in MOVES.items()
    )


def _input(name: str, move: Transition) -> type:
    bases = (move.input, OrderSelection) if move.input else (OrderSelection,)
    namespace = {"__doc__": f"The orders, and what `order.{name}` takes.", "__module__": __name__}
    title = f"Bulk{name[0].upper()}{name[1:]}Input"
    return make_dataclass(title, (), bases=bases, frozen=True, kw_only=True, namespace=namespace)
