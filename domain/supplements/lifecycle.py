"""Lifecycle of a supplement: offered with a proposed invoice, and answered by the customer or by time."""

from domain.access.model import LinkPurpose
from domain.billing.model import LineStatus
from domain.engine.lifecycle import EVERYONE, ActionWeight, Lifecycle, Timer, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, Role
from domain.supplements import effects, guards, inputs
from domain.supplements.facts import SupplementFacts
from domain.supplements.model import Supplement, SupplementStatus
from domain.supplements.scope import SUPPLEMENTS_SCOPE

OPEN = frozenset({SupplementStatus.OPEN})
MEMBER, CUSTOMER, FINANCE = Role.MEMBER, Role.CUSTOMER, Role.FINANCE
ORDER_OF_SUPPLEMENT = "SELECT s.order_id FROM supplements s WHERE s.id = {id}"

TRANSITIONS = (
    Transition(
        name="offer",
        doc="A proposed invoice makes its order's total grow, so the customer is asked to confirm it.",
        creates=True,
        parent_noun="line",
        from_states=frozenset({LineStatus.ON_HOLD}),
        to_state=SupplementStatus.OPEN,
        roles=CLOCK_ROLE,
        guards=(guards.line_is_proposed, guards.customer_is_not_asked_yet),
        effect=effects.offer,
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.SUPPLEMENT,
        audience=EVERYONE,
    ),
    Transition(
        name="confirm",
        weight=ActionWeight.PRIMARY,
        doc="The customer agrees to the further invoice; finance can confirm its line.",
        from_states=OPEN,
        to_state=SupplementStatus.CONFIRMED,
        roles=CUSTOMER_ROLE,
        guards=(guards.order_goes_on, guards.supplement_is_open),
        input=inputs.SupplementConfirmation,
        effect=effects.confirm,
        notifies=frozenset({MEMBER, FINANCE, CUSTOMER}),
        audience=EVERYONE,
        open_until=guards.ends_at,
        late_refusal=guards.has_expired,
    ),
    Transition(
        name="decline",
        weight=ActionWeight.DANGER,
        doc="The customer does not want the further invoice; its line is canceled, the order goes on.",
        from_states=OPEN,
        to_state=SupplementStatus.DECLINED,
        roles=CUSTOMER_ROLE,
        guards=(guards.order_goes_on, guards.supplement_is_open),
        input=inputs.SupplementDecline,
        effect=effects.decline,
        notifies=frozenset({MEMBER, FINANCE}),
        audience=EVERYONE,
        open_until=guards.ends_at,
        late_refusal=guards.has_expired,
    ),
    Transition(
        name="expire",
        doc="The customer did not answer in time; the line is canceled, the order goes on.",
        from_states=OPEN,
        to_state=SupplementStatus.EXPIRED,
        roles=CLOCK_ROLE,
        guards=(guards.supplement_has_ended,),
        due=guards.ends_at,
        basis="valid_until",
        enforced_on_access=True,
        effect=effects.expire,
        notifies=frozenset({MEMBER, FINANCE, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="withdraw",
        doc="The proposed invoice was canceled, so nobody is asked any more.",
        from_states=OPEN,
        to_state=SupplementStatus.WITHDRAWN,
        roles=CLOCK_ROLE,
        effect=effects.withdraw,
        audience=EVERYONE,
    ),
)

COMMANDS = (
    Transition(
        name="resume",
        doc="The order goes on, so the supplement is open again, for a whole day at least.",
        from_states=OPEN,
        roles=CLOCK_ROLE,
        effect=effects.resume,
        audience=EVERYONE,
    ),
    Transition(
        name="changeContact",
        doc="Another person at the customer is asked, who gets a link of their own.",
        from_states=OPEN,
        roles=CLOCK_ROLE,
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.SUPPLEMENT,
        audience=EVERYONE,
        increments_version=False,
    ),
)

REMINDERS = (
    Timer(
        kind="supplement.lastDay",
        doc="The last day to answer the supplement has begun.",
        active_states=OPEN,
        due=guards.last_day,
        basis="valid_until",
        notifies=CUSTOMER_ROLE,
    ),
)

SUPPLEMENTS = Lifecycle(
    noun="supplement",
    id_prefix="sup",
    link_column="supplement_id",
    model=Supplement,
    facts=SupplementFacts,
    scope=SUPPLEMENTS_SCOPE,
    states=SupplementStatus,
    start=None,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_to_lock=ORDER_OF_SUPPLEMENT,
)
