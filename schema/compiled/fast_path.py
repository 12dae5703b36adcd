"""Answers queries with one compiled statement, ahead of the executor."""

from collections.abc import Collection, Mapping
from typing import Any

import strawberry
from graphql.execution.values import VariableValues

from domain.kernel.actors import Actor, ActorKind
from schema.compiled.checks import check
from schema.compiled.documents import Document, Recent, read_document
from schema.compiled.errors import BadArgument, BrokenPromise, NotCompilable
from schema.compiled.gtypes import object_type
from schema.compiled.plans import Plan, plan_query
from schema.compiled.reading import MOMENT, Circumstances, Pool, Reader
from schema.compiled.selection import Selections
from schema.compiled.variants import variant
from schema.shared.scalars import is_clean

DOCUMENTS = 1_000
PLANS = 2_000
# Of a longer query nothing is remembered, so that what is remembered stays small.
MOST_CHARACTERS = 20_000


class FastPath:
    """The compiled reads of one schema, for the kinds of actors that may use it.

    Any other kind, and everything that is no valid query of declared fields, gets None. Making one checks all
    declarations of the schema and raises `BadDeclaration` when one is wrong.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        read_pool: Pool,
        *,
        kinds: Collection[ActorKind],
        circumstances: Circumstances = MOMENT,
    ) -> None:
        self._schema = schema._schema
        check(self._schema)
        self._kinds = frozenset(kinds)
        self.reader = Reader(read_pool, circumstances)
        self._documents: Recent[Document | None] = Recent(DOCUMENTS)
        self._plans: Recent[Plan | None] = Recent(PLANS)

    async def answer(
        self,
        query: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
    ) -> bytes | None:
        """The complete response, or None when the executor must answer, be it only to say what is wrong.

        Failures of the database and of computed fields are raised.
        """
        if actor.kind not in self._kinds or len(query) > MOST_CHARACTERS or not is_clean(variables or {}):
            return None
        document = self._documents.get(
            (query, operation_name), lambda: read_document(self._schema, query, operation_name)
        )
        coerced = None if document is None else document.coerced(variables)
        if document is None or coerced is None:
            return None
        plan = self._plans.get(
            (document, actor.kind, variant(coerced.coerced, document.structural)),
            lambda: _planned(document, coerced, actor.kind),
        )
        return None if plan is None else await self._read(plan, coerced, actor)

    async def _read(self, plan: Plan, variables: VariableValues, actor: Actor) -> bytes | None:
        try:
            text = await self.reader.read(plan, variables, actor)
        except (BadArgument, BrokenPromise):
            return None
        return text.encode()


def _planned(document: Document, variables: VariableValues, kind: ActorKind) -> Plan | None:
    query = object_type(document.schema.query_type)
    selections = Selections(document.schema, document.fragments, variables)
    try:
        fields = selections.of([document.operation.selection_set], query)
        return plan_query(query, fields, selections, kind)
    except (NotCompilable, BadArgument):
        return None
