"""The rows of an operation: selected by ids, or found by a filter."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.model import BulkMode, BulkSubject
from domain.bulk.subjects import SUBJECTS
from domain.engine.inputs import input_field
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refusal, Refused, invalid
from domain.kernel.malformed_ids import keeping_malformed

MAX_AT_ONCE = 10_000
MAX_BY_FILTER = 100_000

FindStatement = Callable[[Actor, int], tuple[str, list[object]]]


SELECT_ALL = """SELECT t.id FROM {table} t WHERE {all_of} AND ({scope})
    ORDER BY t.created_at DESC, t.id DESC LIMIT $1"""


BY_FILTER = (
    "Instead of identifiers: all visible {plural} that this finds, the newest first; at most 100000. "
    "It must restrict something, and none of its parts may be empty or null."
)


class Search:
    """Rows found by a filter. Its representation is the filter's text, which makes two requests of one text equal.

    `where` are the fields of the filter that were given, by their names in the API, each a value or its operators.
    `find` returns a statement, and its values, for the ids of at most so many rows that an actor sees.
    """

    def __init__(self, where: Mapping[str, Any], find: FindStatement) -> None:
        self.where, self.find = where, find

    def __repr__(self) -> str:
        return json.dumps(self.where, sort_keys=True, default=str)


class OrderSearch(Search):
    """Orders found by the filter of order lists."""


class LineSearch(Search):
    """Lines found by the filter of line lists."""


class InvoiceSearch(Search):
    """Invoices found by the filter of invoice lists."""


class ReceivableSearch(Search):
    """Receivables found by the filter of their lists."""


class ClaimSearch(Search):
    """Claims found by the filter of claim lists."""


def _ids(subject: BulkSubject) -> Any:
    noun = SUBJECTS[subject]
    return keeping_malformed(
        input_field(
            f"Which {noun.plural}; at most {MAX_AT_ONCE}. The results come in this order. A malformed identifier fails "
            "alone, or all with it in an atomic operation.",
            id_prefix=noun.lifecycle.id_prefix,
            default=None,
            longest=MAX_BY_FILTER,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Selection:
    """How rows are selected, whether all or each alone, and whether it is a dry run; each noun has a class of its own.

    Its class names the `subject`, a field for identifiers, and the list whose filter `where` is.
    """

    subject: ClassVar[BulkSubject]

    where: Search | None = input_field("Instead of identifiers: all visible rows that this finds.", default=None)
    all: bool = input_field(
        "Instead of identifiers or a filter: everything visible, of orders what is not archived, the newest first; at "
        f"most {MAX_BY_FILTER}.",
        default=False,
    )
    selection: UUID | None = input_field(
        "Instead of identifiers or a filter: the `selection` of a dry run of the same operation. Exactly what it was "
        "made of is worked on, in its order, up to 30 minutes after it was started.",
        id_prefix="blk",
        default=None,
    )
    mode: BulkMode = input_field("Whether each stands alone, or all are changed or none.", default=BulkMode.PER_ITEM)
    dry_run: bool = input_field("Only tell what would become of each; nothing is changed.", default=False)

    @property
    def ids(self) -> tuple[UUID, ...] | None:
        """The identifiers that were given."""
        given: tuple[UUID, ...] | None = getattr(self, SUBJECTS[self.subject].ids_field)
        return given


@dataclass(frozen=True, kw_only=True)
class OrderSelection(Selection):
    """The orders of an operation."""

    subject = BulkSubject.ORDER

    order_ids: tuple[UUID, ...] | None = _ids(BulkSubject.ORDER)
    where: OrderSearch | None = input_field(BY_FILTER.format(plural="orders"), default=None)


@dataclass(frozen=True, kw_only=True)
class LineSelection(Selection):
    """The billable lines of an operation."""

    subject = BulkSubject.LINE

    line_ids: tuple[UUID, ...] | None = _ids(BulkSubject.LINE)
    where: LineSearch | None = input_field(BY_FILTER.format(plural="lines"), default=None)


@dataclass(frozen=True, kw_only=True)
class InvoiceSelection(Selection):
    """The invoices of an operation."""

    subject = BulkSubject.INVOICE

    invoice_ids: tuple[UUID, ...] | None = _ids(BulkSubject.INVOICE)
    where: InvoiceSearch | None = input_field(BY_FILTER.format(plural="invoices"), default=None)


@dataclass(frozen=True, kw_only=True)
class ReceivableSelection(Selection):
    """The receivables of an operation."""

    subject = BulkSubject.RECEIVABLE

    receivable_ids: tuple[UUID, ...] | None = _ids(BulkSubject.RECEIVABLE)
    where: ReceivableSearch | None = input_field(BY_FILTER.format(plural="receivables"), default=None)


@dataclass(frozen=True, kw_only=True)
class ClaimSelection(Selection):
    """The claims of an operation."""

    subject = BulkSubject.CLAIM

    claim_ids: tuple[UUID, ...] | None = _ids(BulkSubject.CLAIM)
    where: ClaimSearch | None = input_field(BY_FILTER.format(plural="claims"), default=None)


SELECTIONS: Mapping[BulkSubject, type[Selection]] = {
    each.subject: each
    for each in (OrderSelection, LineSelection, InvoiceSelection, ReceivableSelection, ClaimSelection)
}


async def select_ids(connection: BaseDBAsyncClient, input: Selection, actor: Actor) -> list[UUID]:
    """The ids of the selected rows, in their order; refused when they are too many."""
    if input.ids is not None:
        return list(input.ids)
    if input.where is not None and not input.all:
        statement, values = input.where.find(actor, MAX_BY_FILTER + 1)
    else:
        statement, values = _find_all(input.subject, actor, MAX_BY_FILTER + 1)
    found = [row["id"] for row in await connection.execute_query_dict(statement, values)]
    limit = max_selected(input.mode)
    if len(found) > limit:
        raise Refused(too_many(limit, "all" if input.all else "where"))
    return found


def _find_all(subject: BulkSubject, actor: Actor, limit: int) -> tuple[str, list[object]]:
    scoped = SUBJECTS[subject].lifecycle.scope
    scope, values = scoped.bound_predicate(actor, "t", first=2)
    return SELECT_ALL.format(table=scoped.table, all_of=SUBJECTS[subject].all_of, scope=scope), [limit, *values]


def max_selected(mode: BulkMode) -> int:
    """The number of rows that a filter may find: an atomic operation is one transaction, which must end soon."""
    return MAX_AT_ONCE if mode is BulkMode.ATOMIC else MAX_BY_FILTER


def malformed(subject: BulkSubject, place: int) -> Refusal:
    """The refusal of an identifier that cannot be read, at a place from 0 of the input."""
    return invalid("identifier_malformed", SUBJECTS[subject].ids_field, str(place))


def too_many(limit: int, *path: str) -> Refusal:
    """The refusal of more rows than one operation may have."""
    return Refusal(Code.LIMIT_EXCEEDED, "too_many_orders", params={"most": limit}, path=path)
