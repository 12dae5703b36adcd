"""Inputs of operations on many orders, apart from those of moves, which are derived."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.bulk.model import BulkMode
from domain.bulk.selection import OrderSelection
from domain.client_status.inputs import StatusInput
from domain.engine.inputs import input_field
from domain.pipelines.inputs import StageEntryInput


@dataclass(frozen=True, kw_only=True)
class BulkStatusInput(StatusInput, OrderSelection):
    """One status for all orders; a name or a day that is left out stays as each order has it."""

    expected_on: date | None = input_field(
        "The day the client may expect the result; left out: as each order has it.", default=None
    )
    show: bool = input_field("Whether the client sees it from now on; otherwise hidden ones stay hidden.", default=True)


@dataclass(frozen=True, kw_only=True)
class BulkHideInput(OrderSelection):
    """The orders whose statuses are hidden."""


@dataclass(frozen=True, kw_only=True)
class BulkTemplateInput:
    """The mode in which the orders with an older edition of a template get the newest one."""

    mode: BulkMode = input_field(
        "Whether each order stands alone, or all are changed or none.", default=BulkMode.PER_ITEM
    )
    selection: UUID | None = input_field(
        "The `selection` of a dry run for the same template: exactly its orders get the newest edition, up to 30 "
        "minutes after it was started. Left out: the orders that have an older edition now.",
        id_prefix="blk",
        default=None,
    )
    dry_run: bool = input_field("Only tell what would become of each order; nothing is changed.", default=False)


@dataclass(frozen=True, kw_only=True)
class BulkStageInput(StageEntryInput, OrderSelection):
    """The stage that all orders enter."""
