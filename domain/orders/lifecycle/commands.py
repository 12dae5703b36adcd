"""Commands of an order, which leave its state as it is."""

from domain.access.model import LinkPurpose
from domain.engine.lifecycle import EVERYONE, ActionWeight, Transition
from domain.kernel.actors import CLOCK_ROLE, OFFICE, Role
from domain.orders import guards, inputs
from domain.orders.effects import commands, contact, drafts, duplication, evidence
from domain.orders.model import OrderStatus

ALWAYS = frozenset(OrderStatus)
AT_REST = ALWAYS - {OrderStatus.AWAITING_CUSTOMER, OrderStatus.CANCELLATION_REVIEW}
UNDECIDED = frozenset({OrderStatus.DRAFT, OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER, OrderStatus.ACTIVE})
RUNNING = UNDECIDED | {OrderStatus.CANCELLATION_REVIEW}
MEMBER, CUSTOMER, STAFF = Role.MEMBER, Role.CUSTOMER, Role.STAFF

COMMANDS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="A member begins a new order as a draft.",
        roles=frozenset({MEMBER}),
        to_state=OrderStatus.DRAFT,
        creates=True,
        input=inputs.Draft,
        validators=(guards.period_ends_after_start, guards.all_evidence_is_link_or_file),
        effect=drafts.create,
    ),
    Transition(
        name="amend",
        doc="Change facts of a draft: what is left out stays as it is, null empties it; a billing plan is replaced.",
        from_states=frozenset({OrderStatus.DRAFT}),
        roles=frozenset({MEMBER}),
        input=inputs.DraftAmendment,
        validators=(guards.period_ends_after_start,),
        effect=drafts.amend,
    ),
    Transition(
        name="delete",
        weight=ActionWeight.DANGER,
        doc="Throw a draft away.",
        from_states=frozenset({OrderStatus.DRAFT}),
        roles=frozenset({MEMBER}),
        effect=commands.delete,
        deletes=True,
        in_bulk=True,
    ),
    Transition(
        name="duplicate",
        doc="Begin a new draft with the facts of this order and a link back, dated from another first day if given.",
        from_states=ALWAYS,
        roles=frozenset({MEMBER, STAFF}),
        to_state=OrderStatus.DRAFT,
        creates=True,
        parent_noun="order",
        input=inputs.Duplication,
        validators=(guards.dates_can_be_counted,),
        effect=duplication.duplicate,
    ),
    Transition(
        name="archive",
        doc="Put an order away; the customer no longer sees it, and its client status is hidden at once.",
        from_states=AT_REST,
        roles=frozenset({MEMBER, STAFF}),
        guards=(guards.is_not_archived, guards.no_delivery_awaits_customer, guards.no_supplement_awaits_customer),
        effect=commands.archive,
        in_bulk=True,
    ),
    Transition(
        name="restore",
        doc="Take an order out of the archive; its client status stays hidden unless it is to be shown.",
        from_states=ALWAYS,
        roles=frozenset({MEMBER, STAFF}),
        input=inputs.Restoration,
        guards=(guards.is_archived,),
        effect=commands.restore,
        in_bulk=True,
    ),
    Transition(
        name="attachEvidence",
        doc="Keep proof that the customer agreed outside the platform.",
        from_states=UNDECIDED,
        roles=frozenset({MEMBER}),
        input=inputs.EvidenceEntry,
        validators=(guards.evidence_is_link_or_file,),
        effect=evidence.attach_evidence,
    ),
    Transition(
        name="assign",
        doc="Choose the employees who take care of the order.",
        from_states=ALWAYS,
        roles=frozenset({STAFF}),
        input=inputs.Assignees,
        validators=(guards.assignees_are_distinct,),
        effect=commands.assign,
        audience=OFFICE,
        increments_version=False,
        in_bulk=True,
    ),
    Transition(
        name="comment",
        doc="Write a comment to those involved; its other readers are notified.",
        from_states=ALWAYS,
        roles=frozenset({MEMBER, STAFF, CUSTOMER}),
        input=inputs.CommentText,
        validators=(guards.readers_are_allowed,),
        effect=commands.comment,
        notifies=frozenset({MEMBER, STAFF, CUSTOMER}),
        by_reply_link=True,
        audience=EVERYONE,
        increments_version=False,
    ),
    Transition(
        name="changeContact",
        doc="Another person at the customer is asked; an open offer or review goes to them, and its old link is void.",
        from_states=RUNNING,
        roles=frozenset({MEMBER, STAFF}) | CLOCK_ROLE,
        guards=(guards.customer_is_chosen,),
        input=inputs.ContactChoice,
        effect=contact.change_contact,
        notifies=frozenset({MEMBER, CUSTOMER}),
        link_purpose=LinkPurpose.OFFER,
        audience=EVERYONE,
    ),
    Transition(
        name="followCustomer",
        doc="The customer was merged into another one, to which the order belongs from now on.",
        from_states=ALWAYS,
        roles=CLOCK_ROLE,
        input=inputs.FollowedCustomer,
        effect=contact.follow_customer,
        audience=OFFICE | {MEMBER},
        increments_version=False,
    ),
)
