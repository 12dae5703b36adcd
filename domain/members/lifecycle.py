"""Lifecycle of a member: an active membership that pauses and ends, and details that are proposed and confirmed."""

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import ActionWeight, Choice, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, MEMBER_ROLE, STAFF_ROLE
from domain.members import effects, guards, inputs
from domain.members.facts import MemberFacts
from domain.parties.model import Member, MembershipStatus
from domain.parties.scope import MEMBERS_SCOPE

ALWAYS = frozenset(MembershipStatus)
ACTIVE, PAUSED, ENDED = MembershipStatus.ACTIVE, MembershipStatus.PAUSED, MembershipStatus.ENDED


def imported_status(member: None, context: EvaluationContext) -> MembershipStatus:
    """The first state for the lifecycle's documentation; the effect takes that of the other system."""
    return ACTIVE


TRANSITIONS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="The operator enters a member, and invites an account for it when an address is given.",
        roles=STAFF_ROLE,
        to_state=ACTIVE,
        creates=True,
        input=inputs.NewMember,
        validators=(guards.creator_sees_all_orders,),
        effect=effects.create,
    ),
    Transition(
        name="pause",
        doc="The member submits nothing new; what runs goes on.",
        from_states=frozenset({ACTIVE}),
        to_state=PAUSED,
        roles=STAFF_ROLE,
        guards=(guards.employee_sees_all_orders,),
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="resume",
        weight=ActionWeight.PRIMARY,
        doc="The member may submit orders again.",
        from_states=frozenset({PAUSED}),
        to_state=ACTIVE,
        roles=STAFF_ROLE,
        guards=(guards.employee_sees_all_orders,),
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="end",
        weight=ActionWeight.DANGER,
        doc="The membership ends for good, once nothing of it is open.",
        from_states=frozenset({ACTIVE, PAUSED}),
        to_state=ENDED,
        roles=STAFF_ROLE,
        guards=(
            guards.employee_sees_all_orders,
            guards.no_order_is_running,
            guards.no_delivery_is_open,
            guards.no_invoice_is_unissued,
            guards.budget_is_settled,
        ),
        notifies=MEMBER_ROLE,
    ),
)
COMMANDS = (
    Transition(
        name="amend",
        doc="The operator changes facts of a member: what is left out stays as it is, null empties it.",
        from_states=ALWAYS,
        roles=STAFF_ROLE,
        input=inputs.MemberAmendment,
        guards=(guards.employee_sees_all_orders,),
        validators=(guards.country_exists, guards.iban_is_valid),
        effect=effects.amend,
    ),
    Transition(
        name="proposeDetails",
        doc="The member proposes another address or bank account; it counts once the operator has confirmed it.",
        from_states=frozenset({ACTIVE, PAUSED}),
        roles=MEMBER_ROLE,
        input=inputs.MemberDetails,
        validators=(guards.country_exists, guards.iban_is_valid),
        effect=effects.propose_details,
        notifies=STAFF_ROLE,
    ),
    Transition(
        name="confirmDetails",
        weight=ActionWeight.PRIMARY,
        doc="The operator takes over the details that the member proposed.",
        from_states=ALWAYS,
        roles=STAFF_ROLE,
        guards=(guards.employee_sees_all_orders, guards.details_are_proposed),
        effect=effects.confirm_details,
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="refuseDetails",
        doc="The operator does not take over the details that the member proposed, and says why.",
        from_states=ALWAYS,
        roles=STAFF_ROLE,
        input=inputs.DetailsRefusal,
        guards=(guards.employee_sees_all_orders, guards.details_are_proposed),
        effect=effects.refuse_details,
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="import",
        doc="A member comes from another system, with its number and the last number of its orders.",
        roles=CLOCK_ROLE,
        to_state=Choice(states=ALWAYS, choose=imported_status),
        creates=True,
        input=inputs.ImportedMember,
        validators=(guards.country_exists, guards.iban_is_valid),
        effect=effects.insert_imported,
    ),
)

MEMBERS = Lifecycle(
    noun="member",
    id_prefix="mem",
    model=Member,
    facts=MemberFacts,
    scope=MEMBERS_SCOPE,
    states=MembershipStatus,
    start=ACTIVE,
    transitions=TRANSITIONS,
    commands=COMMANDS,
)
