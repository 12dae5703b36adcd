"""The life of a client status: hidden by default, shown and hidden by those who take care of the order."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status import guards, takes, writes
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.model import ClientStatus, Visibility
from domain.client_status.sources import CLIENT_STATUSES_SOURCE
from domain.core.actors import Role
from domain.core.lifecycle import Lifecycle, Transition

CARETAKERS = frozenset({Role.MEMBER, Role.STAFF})
READERS = frozenset({Role.CUSTOMER})


async def order_of(connection: BaseDBAsyncClient, status_id: UUID) -> list[UUID]:
    """The order of a client status; both have the same id."""
    return [status_id]


CLIENT_STATUS = Lifecycle(
    noun="clientStatus",
    id_prefix="ord",
    model=ClientStatus,
    facts=ClientStatusFacts,
    source=CLIENT_STATUSES_SOURCE,
    states=Visibility,
    start=Visibility.HIDDEN,
    status_field="visibility",
    orders_of=order_of,
    transitions=(
        Transition(
            name="show",
            doc="The client sees the status from now on.",
            sources=frozenset({Visibility.HIDDEN, Visibility.SHOWN}),
            target=Visibility.SHOWN,
            by=CARETAKERS,
            takes=takes.StatusText,
            guards=(guards.the_order_is_not_archived,),
            checks=(guards.the_color_is_a_color,),
            writes=writes.show,
            notifies=READERS,
        ),
        Transition(
            name="hide",
            doc="The client no longer sees the status, on any path.",
            sources=frozenset({Visibility.SHOWN}),
            target=Visibility.HIDDEN,
            by=CARETAKERS | {Role.CLOCK},
            writes=writes.hide,
        ),
    ),
    commands=(
        Transition(
            name="update",
            doc="The status says something else; hidden stays hidden.",
            sources=frozenset({Visibility.HIDDEN, Visibility.SHOWN}),
            by=CARETAKERS,
            takes=takes.StatusText,
            checks=(guards.the_color_is_a_color,),
            writes=writes.update,
            notifies=READERS,
        ),
    ),
)
