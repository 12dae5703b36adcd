"""Notifications, as far as both schemas show the same."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry
from strawberry.types.info import Info

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.registry import REGISTRY
from domain.timeline import NOTIFICATIONS_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.execution.loaded_objects import LoadedObject, load_row
from schema.execution.raw_json import RawJson
from schema.shared.context import Context
from schema.shared.node import Node

ID_PREFIX_BY_KIND = " ".join(f"WHEN '{each.noun}' THEN '{each.id_prefix}_'" for each in REGISTRY.lifecycles.values())
SUBJECT_ID = f"CASE {{t}}.subject_kind {ID_PREFIX_BY_KIND} END || {{t}}.subject_id::text"
NAME_KEYS = ("mail", "happened", "deadline", "audit.action")


@dataclass(frozen=True)
class NameFacts:
    """The name of a message."""

    name: str = fact("{t}.name")


def label(facts: NameFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """What has happened, in the words of the timeline, or what is due."""
    language = context.actor.language
    keys = [f"happenedForCustomer.{facts.name}"] if context.actor.role is Role.CUSTOMER else []
    for key in (*keys, *(f"{kind}.{facts.name}" for kind in NAME_KEYS)):
        if i18n.has_translation(language, key):
            return i18n.translate(language, key)
    return facts.name


@strawberry.type
class NotificationFields(Node):
    """The fields of a notification that both schemas show."""

    id: strawberry.ID = column(id_prefix="ntf", description="The notification's identifier.")
    name: str = column(description="What it tells, named like the event or deadline: `order.confirm`.")
    label: str = computed(NameFacts, label, description="That in the viewer's language.")
    at: datetime = column("{t}.created_at", description="When it was written.")
    is_read: bool = column("{t}.read_at IS NOT NULL", description="Whether the viewer has marked it as read.")
    subject_kind: str = column(description="What it is about, by its noun: `order`, `delivery`.")
    subject_id: strawberry.ID | None = column(
        SUBJECT_ID, description="The identifier of what it is about; null for a change of one's own security."
    )
    version: int = column(description="For `expectedVersion`.")


@where_input(description="Which notifications to list; all that is given must hold.")
class UserNotificationWhere:
    """The filter of notification lists."""

    is_read: bool | None = filter_field(
        "({t}.read_at IS NOT NULL) = {value}", description="Whether they are marked as read."
    )


NOTIFICATION_SORTS = ordering(
    "UserNotification",
    default="-CREATED",
    CREATED=sort_key("{t}.id", "uuid", description="The order in which they were written."),
)


def notifications_field() -> Any:
    """The viewer's notifications."""
    return connection(
        NOTIFICATIONS_SCOPE,
        filters=UserNotificationWhere,
        sorts=NOTIFICATION_SORTS,
        description="What the viewer was told in their role: what waits for them and what happened, as far as they may "
        "see it now; the newest first. `where: {isRead: false}` with `totalCount` counts what is unread. "
        "`notificationRead` marks one as read, with `earlierToo` all earlier ones as well.",
    )


async def new_notifications(info: Info[Context, None]) -> AsyncIterator[LoadedObject | RawJson]:
    """The viewer's notifications from now on."""
    async for notification_id in info.context.visible_changes.notifications():
        found = await load_row(info, NOTIFICATIONS_SCOPE, notification_id)
        if found is not None:
            yield found
