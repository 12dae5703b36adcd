"""Commands about the day of the delivery: a later one is proposed by the member and answered by the customer."""

from domain.access.model import LinkPurpose
from domain.engine.lifecycle import EVERYONE, ActionWeight, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, MEMBER_ROLE
from domain.orders import due_proposals, guards, inputs
from domain.orders.effects import due_proposals as effects
from domain.orders.model import OrderStatus

ACTIVE = frozenset({OrderStatus.ACTIVE})

DUE_COMMANDS = (
    Transition(
        name="proposeDue",
        doc="The member proposes another day for the delivery; the customer answers.",
        from_states=ACTIVE,
        roles=MEMBER_ROLE,
        guards=(guards.order_is_not_archived, due_proposals.no_proposal_is_open),
        input=inputs.DueProposal,
        validators=(due_proposals.proposed_day_is_after_today,),
        effect=effects.propose,
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.DUE,
        audience=EVERYONE,
    ),
    Transition(
        name="acceptDue",
        weight=ActionWeight.PRIMARY,
        doc="The customer agrees to the proposed day; the delivery is due then, and its deadlines move.",
        from_states=ACTIVE,
        roles=CUSTOMER_ROLE,
        guards=(due_proposals.proposal_is_open,),
        effect=effects.accept,
        open_until=due_proposals.answer_until,
        notifies=MEMBER_ROLE | CUSTOMER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="declineDue",
        doc="The customer does not agree to the proposed day; the agreed one stays.",
        from_states=ACTIVE,
        roles=CUSTOMER_ROLE,
        guards=(due_proposals.proposal_is_open,),
        input=inputs.OptionalReason,
        effect=effects.decline,
        open_until=due_proposals.answer_until,
        notifies=MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="repeatDueProposal",
        doc="Another person at the customer is asked about the proposed day, with a link of their own.",
        from_states=ACTIVE,
        roles=CLOCK_ROLE,
        guards=(due_proposals.proposal_is_open,),
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.DUE,
        audience=EVERYONE,
        increments_version=False,
    ),
)
