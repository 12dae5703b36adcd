"""What is done to the orders of one portion: the shape that every kind of operation has."""

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
    """What is asked for, as the operation keeps it, and the operation itself."""

    operation_id: UUID
    kind: BulkKind
    parameters: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class HandlerResult:
    """What became of the orders of a portion; one that was neither changed nor refused is as it was to be."""

    applied: frozenset[UUID] = frozenset()
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)


# Called with orders that are locked and in the actor's sight, in the order of the input.
Handler = Callable[[UnitOfWork, Sequence[UUID], HandlerRequest, EvaluationContext], Awaitable[HandlerResult]]
