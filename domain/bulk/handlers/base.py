"""The contract of handlers, which change the rows of one portion of an operation."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.bulk.model import BulkKind
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class HandlerRequest:
    """The parameters of a request, as the operation stores them, and the operation itself."""

    operation_id: UUID
    kind: BulkKind
    parameters: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class HandlerResult:
    """The result of a portion; a row that was neither changed nor refused needed no change.

    What is `later` cannot be changed yet: it has no result, and comes again after all other rows.
    """

    applied: frozenset[UUID] = frozenset()
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)
    later: frozenset[UUID] = frozenset()


# Called with ids of rows that are locked and visible to the actor, in the order of the input.
Handler = Callable[[UnitOfWork, Sequence[UUID], HandlerRequest, EvaluationContext], Awaitable[HandlerResult]]
# Locks rows, after the orders that they and their consequences may reach; returns those that the actor sees.
Lock = Callable[[UnitOfWork, Sequence[UUID]], Awaitable[frozenset[UUID]]]
# Called in the unit of work in which an operation ends.
OnEnd = Callable[[UnitOfWork, UUID], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class OperationKind:
    """A kind of operation: what it does to a portion, how it locks it, and what follows the end of an operation.

    `portion` is the number of rows of a portion; without it, a portion is a share of the operation.
    """

    handler: Handler
    lock: Lock
    portion: int | None = None
    on_end: OnEnd | None = None
