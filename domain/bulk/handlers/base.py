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
    """The result of a portion; a row that was neither changed nor refused needed no change."""

    applied: frozenset[UUID] = frozenset()
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)


# Called with ids of rows that are locked and visible to the actor, in the order of the input.
Handler = Callable[[UnitOfWork, Sequence[UUID], HandlerRequest, EvaluationContext], Awaitable[HandlerResult]]
