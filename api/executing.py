"""Running one GraphQL operation: compiled when it can be, else by the executor, for HTTP and pages alike."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, parse
from graphql.language import FieldNode
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.asked import MOST_TOKENS, Asked, BadRequest
from api.changes import ChangeHub, Tell
from api.faults import fault_status, masked, presentable
from api.metrics import executed
from api.recognise import Recogniser, Seen
from api.sides import Side, SideName
from api.visible_changes import News, VisibleChanges
from domain.database.pools import read_sessions
from domain.kernel import i18n
from domain.kernel.actors import Actor
from domain.kernel.ids import new_id
from schema.compiled.execution import StandIns
from schema.shared.context import Context
from settings import Settings

ANSWERED_AT_ONCE = frozenset({OperationType.QUERY, OperationType.MUTATION})


@dataclass(frozen=True, eq=False)
class Executor:
    """Everything that running operations needs."""

    settings: Settings
    sides: Mapping[SideName, Side]
    recogniser: Recogniser
    hub: ChangeHub

    async def answer(self, side: Side, asked: Asked, seen: Seen, request_id: str) -> tuple[int, bytes]:
        """HTTP status and body of the answer. Raises `BadRequest`."""
        actor = seen.actor
        try:
            body = await side.fast_path.answer(asked.query, asked.variables, asked.operation_name, actor)
        except Exception as fault:
            error = _masked(fault, actor, request_id)
            return fault_status([error]), _body({"errors": [error.formatted]})
        executed(side.name, "executed" if body is None else "compiled").inc()
        if body is not None:
            return 200, body
        context = self.context(side, seen, request_id)
        context.stand_ins = StandIns()
        result = await self._run(side, asked, context)
        self.recogniser.look_again_at(seen.credential)
        errors = presentable(result.errors, language=actor.language, request_id=request_id)
        status = fault_status(errors) if result.data is None else 200
        return status, _body(_response(result.data, errors), context.stand_ins)

    async def execute(
        self, schema: SideName, document: str, variables: Mapping[str, Any], actor: Any
    ) -> dict[str, Any]:
        """Run a page's document for a visitor whose `actor` the gate has handed out."""
        seen, request_id = actor, new_id().hex
        side = self.sides[schema]
        refused = self.refusal(side, seen)
        if refused:
            message = i18n.translate(seen.actor.language, f"api.{refused[1]}")
            return {"data": None, "errors": [{"message": message, "extensions": {"code": refused[0]}}]}
        try:
            _, body = await self.answer(side, Asked(document, dict(variables)), seen, request_id)
        except BadRequest as bad:
            raise ValueError(f"a page's document cannot be run: {bad}") from bad
        answer: dict[str, Any] = json.loads(body)
        return answer

    def follow(self, actor: Any) -> AsyncGenerator[News]:
        """What changes for a visitor of the pages, whose `actor` the gate has handed out."""
        return self._changes(self.sides["portal"], actor).news()

    def refusal(self, side: Side, seen: Seen | None) -> tuple[str, str] | None:
        """Code and sentence for whoever may not use this side; somebody else looks like nobody."""
        if seen is not None and seen.view and side.name == "operations":
            return "VIEWING_AS_CUSTOMER", "viewing_as_customer"
        if seen is None or seen.actor.kind not in side.kinds:
            return "UNAUTHENTICATED", "unauthenticated"
        if seen.must_change_password:
            return "PASSWORD_CHANGE_REQUIRED", "password_change_required"
        return None

    def has_other_eyes(self, side: Side, seen: Seen, now: Seen | None) -> bool:
        """Whether somebody who was recognised as `seen` is gone by `now`, or sees something else."""
        return now is None or self.refusal(side, now) is not None or not now.actor.has_same_scope_as(seen.actor)

    def context(self, side: Side, seen: Seen, request_id: str, *, on_end: Tell | None = None) -> Context:
        """What resolvers know about a request or connection."""
        return Context(
            actor=seen.actor,
            language=seen.actor.language,
            request_id=request_id,
            settings=self.settings,
            reader=side.fast_path.reader,
            reads=read_sessions(),
            changes=self._changes(side, seen, on_end),
        )

    def _changes(self, side: Side, seen: Seen, on_end: Tell | None = None) -> VisibleChanges:
        async def has_ended() -> bool:
            return self.has_other_eyes(side, seen, await self.recogniser.who_now(seen.credential))

        return VisibleChanges(self.hub, seen.actor, has_ended, on_end)

    async def _run(self, side: Side, asked: Asked, context: Context) -> ExecutionResult:
        try:
            return await side.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=ANSWERED_AT_ONCE,
            )
        except CannotGetOperationTypeError as error:
            raise BadRequest(400, "BAD_REQUEST", "unknown_operation") from error
        except InvalidOperationTypeError as error:
            raise BadRequest(400, "BAD_REQUEST", "wrong_kind_of_operation") from error


def asks_only_for_the_schema(query: str) -> bool:
    """Whether a document asks for nothing but the schema itself."""
    try:
        document = parse(query, max_tokens=MOST_TOKENS, no_location=True)
    except GraphQLError:
        return False
    operations = [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]
    chosen = [field for operation in operations for field in operation.selection_set.selections]
    return bool(chosen) and all(
        isinstance(field, FieldNode) and field.name.value in ("__schema", "__type", "__typename") for field in chosen
    )


def _response(data: object, errors: list[GraphQLError]) -> dict[str, object]:
    if not errors:
        return {"data": data}
    return {"data": data, "errors": [error.formatted for error in errors]}


def _masked(fault: Exception, actor: Actor, request_id: str) -> GraphQLError:
    return masked(fault, language=actor.language, request_id=request_id)


def _body(response: object, stand_ins: StandIns | None = None) -> bytes:
    text = json.dumps(response, separators=(",", ":"), ensure_ascii=False)
    return (stand_ins.resolved(text) if stand_ins else text).encode(errors="replace")
