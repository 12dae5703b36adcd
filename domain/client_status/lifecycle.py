"""Lifecycle of a client status: hidden by default, shown and hidden by the member and staff."""

from domain.client_status import effects, guards, inputs
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.model import ClientStatus, Visibility
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, MEMBER_AND_STAFF, STAFF_ROLE

ANY_STATE = frozenset(Visibility)


CLIENT_STATUS = Lifecycle(
    noun="clientStatus",
    id_prefix="cst",
    model=ClientStatus,
    facts=ClientStatusFacts,
    scope=CLIENT_STATUSES_SCOPE,
    states=Visibility,
    start=Visibility.HIDDEN,
    status_field="visibility",
    orders_to_lock="SELECT {id}",
    transitions=(
        Transition(
            name="show",
            weight=ActionWeight.PRIMARY,
            doc="The client sees the status from now on, or after the quiet period.",
            from_states=ANY_STATE,
            to_state=Visibility.SHOWN,
            roles=MEMBER_AND_STAFF | CLOCK_ROLE,
            input=inputs.StatusInput,
            guards=(guards.order_is_not_archived,),
            validators=(guards.color_is_valid, guards.hold_end_is_valid),
            handler=effects.show,
            notifies=CUSTOMER_ROLE,
        ),
        Transition(
            name="hide",
            doc="The client no longer sees the status, on any path.",
            from_states=frozenset({Visibility.SHOWN}),
            to_state=Visibility.HIDDEN,
            roles=MEMBER_AND_STAFF | CLOCK_ROLE,
            handler=effects.hide,
        ),
    ),
    commands=(
        Transition(
            name="update",
            doc="The status says something else; hidden stays hidden.",
            from_states=ANY_STATE,
            roles=MEMBER_AND_STAFF | CLOCK_ROLE,
            input=inputs.StatusInput,
            validators=(guards.color_is_valid, guards.hold_end_is_valid),
            handler=effects.update,
            notifies=CUSTOMER_ROLE,
        ),
        Transition(
            name="takeBack",
            doc="A change that waits out its quiet period is taken back before the client sees it.",
            from_states=ANY_STATE,
            roles=MEMBER_AND_STAFF,
            guards=(guards.has_pending_change,),
            effect=effects.discard_pending,
        ),
        Transition(
            name="clear",
            doc="A text written by hand no longer wins over automations.",
            from_states=ANY_STATE,
            roles=MEMBER_AND_STAFF,
            guards=(guards.text_is_held,),
            effect=effects.clear_hold,
        ),
        Transition(
            name="publish",
            doc="A change has waited out its quiet period, and the client sees it.",
            from_states=ANY_STATE,
            roles=CLOCK_ROLE,
            guards=(guards.quiet_period_is_over,),
            handler=effects.publish,
        ),
        Transition(
            name="contradict",
            doc="The order has moved on, and the status that its client sees no longer fits.",
            from_states=frozenset({Visibility.SHOWN}),
            roles=CLOCK_ROLE,
            guards=(guards.contradicts_facts,),
            effect=effects.mark_contradiction,
            notifies=STAFF_ROLE,
            increments_version=False,
        ),
        Transition(
            name="reveal",
            doc="The order has become visible to the client, and its status with it.",
            from_states=frozenset({Visibility.SHOWN}),
            roles=CLOCK_ROLE,
            guards=(guards.became_visible,),
            handler=effects.reveal,
            notifies=CUSTOMER_ROLE,
        ),
    ),
)
