"""The life of a client status: hidden by default, shown and hidden by those who take care of the order."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status import guards, takes, writes
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.model import ClientStatus, Visibility
from domain.client_status.sources import CLIENT_STATUSES_SOURCE
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import Role

CARETAKERS = frozenset({Role.MEMBER, Role.STAFF})
READERS = frozenset({Role.CUSTOMER})
SYSTEM = frozenset({Role.CLOCK})
EVER = frozenset(Visibility)


async def order_of(connection: BaseDBAsyncClient, status_id: UUID) -> list[UUID]:
    """The order of a client status; both have the same id."""
    return [status_id]


CLIENT_STATUS = Lifecycle(
    noun="clientStatus",
    id_prefix="ord",
    model=ClientStatus,
    facts=ClientStatusFacts,
    scope=CLIENT_STATUSES_SOURCE,
    states=Visibility,
    start=Visibility.HIDDEN,
    status_field="visibility",
    orders_to_lock=order_of,
    transitions=(
        Transition(
            name="show",
            doc="The client sees the status from now on, or after the quiet period.",
            from_states=EVER,
            to_state=Visibility.SHOWN,
            roles=CARETAKERS | SYSTEM,
            input=takes.StatusText,
            guards=(guards.the_order_is_not_archived,),
            validators=(guards.the_color_is_a_color, guards.the_last_day_is_named),
            handler=writes.show,
            notifies=READERS,
        ),
        Transition(
            name="hide",
            doc="The client no longer sees the status, on any path.",
            from_states=frozenset({Visibility.SHOWN}),
            to_state=Visibility.HIDDEN,
            roles=CARETAKERS | SYSTEM,
            handler=writes.hide,
        ),
    ),
    commands=(
        Transition(
            name="update",
            doc="The status says something else; hidden stays hidden.",
            from_states=EVER,
            roles=CARETAKERS | SYSTEM,
            input=takes.StatusText,
            validators=(guards.the_color_is_a_color, guards.the_last_day_is_named),
            handler=writes.update,
            notifies=READERS,
        ),
        Transition(
            name="takeBack",
            doc="A change that waits out its quiet period is taken back before the client sees it.",
            from_states=EVER,
            roles=CARETAKERS,
            guards=(guards.a_change_is_waiting,),
            effect=writes.take_back,
        ),
        Transition(
            name="clear",
            doc="A text written by hand no longer wins over automations.",
            from_states=EVER,
            roles=CARETAKERS,
            guards=(guards.the_text_is_kept,),
            effect=writes.clear,
        ),
        Transition(
            name="publish",
            doc="A change has waited out its quiet period, and the client sees it.",
            from_states=EVER,
            roles=SYSTEM,
            guards=(guards.the_quiet_period_is_over,),
            handler=writes.publish,
        ),
        Transition(
            name="reveal",
            doc="The order has come into the client's sight, and its status with it.",
            from_states=frozenset({Visibility.SHOWN}),
            roles=SYSTEM,
            guards=(guards.it_came_into_sight,),
            handler=writes.reveal,
            notifies=READERS,
        ),
    ),
)
