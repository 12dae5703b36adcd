"""The fast path: one compiled statement answers a query ahead of the executor."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import strawberry
from graphql.execution.values import VariableValues

from domain.kernel.actors import Actor, ActorKind
from domain.kernel.clean_text import is_clean
from schema.compiler.errors import InvalidArgument, NonNullViolation, NotCompilable
from schema.compiler.graphql_types import object_type
from schema.compiler.selection import Selections
from schema.compiler.validation import validate
from schema.execution.documents import Document, read_document
from schema.execution.loaded_objects import resolve_declared
from schema.execution.lru_cache import LruCache
from schema.execution.memory import BYTES_PER_ENTRY, MAX_REMEMBERED_LENGTH, MEBIBYTE, document_size
from schema.execution.plan_key import plan_key
from schema.execution.plan_runner import EVALUATION_CONTEXT_QUERY, ContextQuery, PlanRunner, Pool
from schema.execution.plans import Plan, plan_query

DOCUMENT_CACHE_BYTES = 8 * MEBIBYTE
# Room for the plans of all pages, for every kind of actor.
PLAN_CACHE_BYTES = 32 * MEBIBYTE


class FastPath:
    """The compiled reads of one schema, for the kinds of actors that may use it.

    Other kinds of actors, and everything that is no valid query of declared fields, get None. Construction validates
    all declarations of the schema and raises `InvalidDeclaration` when one is wrong.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        read_pool: Pool,
        *,
        kinds: Collection[ActorKind],
        context_query: ContextQuery = EVALUATION_CONTEXT_QUERY,
    ) -> None:
        self._schema = schema._schema
        validate(self._schema)
        self._kinds = frozenset(kinds)
        self.plan_runner = PlanRunner(read_pool, resolve_declared, context_query)
        self._documents: LruCache[Document | None] = LruCache(DOCUMENT_CACHE_BYTES)
        self._plans: LruCache[Plan | None] = LruCache(PLAN_CACHE_BYTES)

    async def answer(
        self,
        query: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
    ) -> bytes | None:
        """The complete response, or None when the executor must answer, even if only with an error.

        Failures of the database and of computed fields are raised.
        """
        prepared = self.prepare(query, variables, operation_name, actor)
        return None if prepared is None else await self.run(prepared, actor)

    def prepare(
        self, query: str, variables: Mapping[str, Any] | None, operation_name: str | None, actor: Actor
    ) -> "PreparedRead | None":
        """The plan of a query with its variables, or None when the executor must answer."""
        if actor.kind not in self._kinds or len(query) > MAX_REMEMBERED_LENGTH:
            return None
        if variables and not is_clean(variables):
            return None
        document = self._documents.get_or_make(
            (query, operation_name),
            lambda: read_document(self._schema, query, operation_name),
            lambda _: document_size(query),
        )
        coerced = None if document is None else document.coerce_variables(variables)
        if document is None or coerced is None:
            return None
        found = self._plans.get_or_make(
            (query, operation_name, actor.kind, plan_key(coerced.coerced, document.structural_variables)),
            lambda: _plan_or_none(document, coerced, actor.kind),
            lambda plan: document_size(query) + _plan_size(plan),
        )
        return None if found is None else PreparedRead(found, coerced)

    async def run(self, prepared: "PreparedRead", actor: Actor) -> bytes | None:
        """The complete response, or None when the executor must answer."""
        try:
            text = await self.plan_runner.run(prepared.plan, prepared.variables, actor)
        except (InvalidArgument, NonNullViolation):
            return None
        return text.encode()


@dataclass(frozen=True)
class PreparedRead:
    """A compiled query, ready to run."""

    plan: Plan
    variables: VariableValues


def _plan_size(plan: Plan | None) -> int:
    """The bytes of a plan beside those of the document that it refers to."""
    if plan is None:
        return BYTES_PER_ENTRY
    parts = len(plan.parameters) + len(plan.calls) + len(plan.placeholders)
    return len(plan.text) + BYTES_PER_ENTRY * (1 + parts)


def _plan_or_none(document: Document, variables: VariableValues, kind: ActorKind) -> Plan | None:
    query = object_type(document.schema.query_type)
    selections = Selections(document.schema, document.fragments, variables)
    try:
        fields = selections.of([document.operation.selection_set], query)
        return replace(plan_query(query, fields, selections, kind), cost=document.cost(variables.coerced))
    except (NotCompilable, InvalidArgument):
        return None
