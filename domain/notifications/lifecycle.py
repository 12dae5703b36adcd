"""Lifecycle of a notification: its reader marks it as read. Its rows are the messages of the outbox."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.access.scoped_table import ScopedTable
from domain.engine.facts import fact
from domain.engine.inputs import input_field
from domain.engine.lifecycle import EVERYONE, Lifecycle, Transition
from domain.engine.noun import Noun
from domain.engine.transition import TransitionContext
from domain.outbox.model import OutboxMessage

MARK_AS_READ = """UPDATE outbox t SET read_at = clock_timestamp()
    WHERE (t.id = $1 OR $2 AND t.id < $1 AND t.read_at IS NULL) AND ({scope})"""


class NotificationState(StrEnum):
    """Whether its reader has marked a notification as read."""

    UNREAD = "UNREAD"
    READ = "READ"


@dataclass(frozen=True)
class NotificationFacts:
    """A notification as its guards see it."""

    id: UUID = fact("{t}.id")
    status: NotificationState = fact("CASE WHEN {t}.read_at IS NULL THEN 'UNREAD' ELSE 'READ' END")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is marked as read beside the notification itself."""

    earlier_too: bool = input_field("Whether all earlier ones are marked as well.", default=False)


def notification_noun(scope: ScopedTable) -> Noun:
    """Notifications as the registry knows them; their scope follows from those of the nouns they are about."""

    async def mark_as_read(move: TransitionContext) -> None:
        """Mark it, and the reader's earlier ones where asked. No event tells of it: nothing has happened."""
        visible, values = scope.bound_predicate(move.context.actor, "t", first=3)
        statement = MARK_AS_READ.format(scope=visible)
        await move.connection.execute_query(statement, [move.row.id, move.input.earlier_too, *values])

    lifecycle = Lifecycle(
        noun="notification",
        id_prefix="ntf",
        model=OutboxMessage,
        facts=NotificationFacts,
        scope=scope,
        states=NotificationState,
        start=NotificationState.UNREAD,
        states_set_elsewhere=frozenset({NotificationState.READ}),
        transitions=(),
        commands=(
            Transition(
                name="read",
                doc="Its reader marks a notification as read, alone or with all earlier ones.",
                from_states=frozenset(NotificationState),
                roles=EVERYONE,
                input=Reading,
                handler=mark_as_read,
                audience=frozenset(),
                increments_version=False,
            ),
        ),
    )
    return Noun(lifecycles=(lifecycle,), has_timeline=False)
