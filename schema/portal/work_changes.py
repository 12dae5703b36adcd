"""Changes of the work in progress as they are told live."""

from collections.abc import AsyncGenerator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.info import Info

from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.kernel.ids import external
from schema.declarations.fields import loaded_by_id
from schema.portal.client_status import ClientStatus
from schema.shared.context import Context
from schema.shared.translated_fields import localized_column

DEPRECATED = "Read it from `status`; this field goes on 2027-06-30."
SELECT_FIELD = "SELECT {sql} FROM client_statuses t WHERE t.id = $1 AND ({scope})"


def _former_field(sql: str, python_type: Any, description: str) -> Any:
    """A field that stood here before `status` did: an expression over a status that the viewer sees, else null."""

    async def resolve(root: Any, info: Info[Context, None]) -> Any:
        if root.order_id is None:
            return None
        scope, values = CLIENT_STATUSES_SCOPE.bound_predicate(info.context.actor, "t", first=2)
        expression = sql.format(t="t", language=f"'{info.context.language}'")
        statement = SELECT_FIELD.format(sql=expression, scope=scope)
        return await info.context.read_sessions.fetchval(statement, root.order_id, *values)

    resolve.__annotations__["return"] = python_type | None
    return strawberry.field(resolver=resolve, description=description, deprecation_reason=DEPRECATED)


@strawberry.type(description="A client status that has changed, has come into sight, or is shown no longer.")
class WorkInProgressChange:
    """One change, or many at once."""

    order_id: strawberry.Private[UUID | None]
    id: strawberry.ID | None = strawberry.field(
        description="The identifier of its order; null when many have changed at once: read the list again then."
    )
    status: ClientStatus | None = loaded_by_id(
        CLIENT_STATUSES_SCOPE, "order_id", description="As it is now; null when it is shown no longer."
    )
    name: str | None = _former_field("{t}.name", str, "The client's name for the work.")
    label: str | None = _former_field(localized_column("label"), str, "The status in a word or two.")
    description: str | None = _former_field(localized_column("description"), str, "A sentence or two.")
    color: str | None = _former_field("{t}.color", str, "Its colour, like `#2563eb`.")
    expected_on: date | None = _former_field("{t}.expected_on", date, "The day the client may expect the result.")
    changed_at: datetime | None = _former_field("{t}.changed_at", datetime, "When it last changed.")
    shown_since: datetime | None = _former_field("{t}.shown_since", datetime, "Since when it is shown.")


async def work_changes(info: Info[Context, None]) -> AsyncGenerator[WorkInProgressChange, None]:
    """Each change, the status as it is then."""
    async for order_id in info.context.visible_changes.statuses():
        identifier = strawberry.ID(external("ord", order_id)) if order_id else None
        yield WorkInProgressChange(order_id=order_id, id=identifier)
