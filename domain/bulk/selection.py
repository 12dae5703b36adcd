"""The orders of an operation: selected by ids, or found by a filter."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.model import BulkMode
from domain.engine.inputs import input_field
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refusal, Refused, invalid
from domain.kernel.malformed_ids import keeping_malformed
from domain.orders.scope import ORDERS_SCOPE

MAX_ORDERS_AT_ONCE = 10_000
MAX_ORDERS_BY_FILTER = 100_000

FindStatement = Callable[[Actor, int], tuple[str, list[object]]]


SELECT_ALL = """SELECT t.id FROM orders t WHERE t.archived_at IS NULL AND ({scope})
    ORDER BY t.created_at DESC, t.id DESC LIMIT $1"""


class OrderSearch:
    """Orders found by a filter. Its representation is the filter's text, which makes two requests of one text equal.

    `where` are the fields of the filter that were given, by their names in the API, each a value or its operators.
    `find` returns a statement, and its values, for the ids of at most so many orders that an actor sees.
    """

    def __init__(self, where: Mapping[str, Any], find: FindStatement) -> None:
        self.where, self.find = where, find

    def __repr__(self) -> str:
        return json.dumps(self.where, sort_keys=True, default=str)


@dataclass(frozen=True, kw_only=True)
class OrderSelection:
    """The orders, whether all or each alone, and whether it is a dry run."""

    order_ids: tuple[UUID, ...] | None = keeping_malformed(
        input_field(
            "Which orders; at most 10000. The results come in this order. A malformed identifier fails alone, or all "
            "with it in an atomic operation.",
            id_prefix="ord",
            default=None,
            longest=MAX_ORDERS_BY_FILTER,
        )
    )
    where: OrderSearch | None = input_field(
        "Instead of `orderIds`: all visible orders that this finds, the newest first; at most 100000. "
        "It must restrict something, and none of its parts may be empty or null.",
        default=None,
    )
    all: bool = input_field(
        "Instead of `orderIds` or a filter: all visible orders that are not archived, the newest first; at most "
        "100000.",
        default=False,
    )
    selection: UUID | None = input_field(
        "Instead of `orderIds` or a filter: the `selection` of a dry run of the same operation. Exactly its orders are "
        "worked on, in their order, up to 30 minutes after it was started.",
        id_prefix="blk",
        default=None,
    )
    mode: BulkMode = input_field(
        "Whether each order stands alone, or all are changed or none.", default=BulkMode.PER_ITEM
    )
    dry_run: bool = input_field("Only tell what would become of each order; nothing is changed.", default=False)


async def select_order_ids(connection: BaseDBAsyncClient, input: OrderSelection, actor: Actor) -> list[UUID]:
    """The ids of the selected orders, in their order; refused when they are too many."""
    if input.order_ids is not None:
        return list(input.order_ids)
    find = input.where.find if input.where is not None and not input.all else _find_all
    statement, values = find(actor, MAX_ORDERS_BY_FILTER + 1)
    found = [row["id"] for row in await connection.execute_query_dict(statement, values)]
    limit = max_orders(input.mode)
    if len(found) > limit:
        raise Refused(too_many_orders(limit, "all" if input.all else "where"))
    return found


def _find_all(actor: Actor, limit: int) -> tuple[str, list[object]]:
    scope, values = ORDERS_SCOPE.bound_predicate(actor, "t", first=2)
    return SELECT_ALL.replace("{scope}", scope), [limit, *values]


def max_orders(mode: BulkMode) -> int:
    """The number of orders that a filter may find: an atomic operation is one transaction, which must end soon."""
    return MAX_ORDERS_AT_ONCE if mode is BulkMode.ATOMIC else MAX_ORDERS_BY_FILTER


def malformed(place: int) -> Refusal:
    """The refusal of an identifier that cannot be read, at a place from 0 of the input."""
    return invalid("identifier_malformed", "order_ids", str(place))


def too_many_orders(limit: int, *path: str) -> Refusal:
    """The refusal of more orders than one operation may have."""
    return Refusal(Code.LIMIT_EXCEEDED, "too_many_orders", params={"most": limit}, path=path)
