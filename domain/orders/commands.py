"""What can be done with an order without moving it."""

from domain.core.actors import OFFICE, Role
from domain.core.lifecycle import EVERYONE, Transition
from domain.orders import drafts, from_template, guards, stages, takes, writes_commands
from domain.orders.model import OrderStatus
from domain.pipelines.takes import StageEntered

ALWAYS = frozenset(OrderStatus)
AT_REST = ALWAYS - {OrderStatus.AWAITING_CUSTOMER, OrderStatus.CANCELLATION_REVIEW}
UNDECIDED = frozenset({OrderStatus.DRAFT, OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER, OrderStatus.ACTIVE})
MEMBER, CUSTOMER, STAFF, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.CLOCK

COMMANDS = (
    Transition(
        name="create",
        doc="A member begins a new order as a draft.",
        by=frozenset({MEMBER}),
        target=OrderStatus.DRAFT,
        creates=True,
        takes=takes.Draft,
        checks=(guards.the_period_ends_after_it_starts,),
        writes=drafts.create,
    ),
    Transition(
        name="createFromTemplate",
        doc="A member begins a new order with everything that a template says.",
        by=frozenset({MEMBER}),
        target=OrderStatus.DRAFT,
        creates=True,
        takes=from_template.TemplateChosen,
        writes=from_template.create,
    ),
    Transition(
        name="amend",
        doc="Replace the facts of a draft and its billing plan as a whole.",
        sources=frozenset({OrderStatus.DRAFT}),
        by=frozenset({MEMBER}),
        takes=takes.Draft,
        checks=(guards.the_period_ends_after_it_starts,),
        writes=drafts.amend,
    ),
    Transition(
        name="delete",
        doc="Throw a draft away.",
        sources=frozenset({OrderStatus.DRAFT}),
        by=frozenset({MEMBER}),
        writes=writes_commands.delete,
    ),
    Transition(
        name="duplicate",
        doc="Begin a new draft with the facts of this order and a link back.",
        sources=ALWAYS,
        by=frozenset({MEMBER, STAFF}),
        target=OrderStatus.DRAFT,
        creates=True,
        on_noun="order",
        writes=drafts.duplicate,
    ),
    Transition(
        name="archive",
        doc="Put an order away; the customer no longer sees it, and its client status is hidden at once.",
        sources=AT_REST,
        by=frozenset({MEMBER, STAFF}),
        guards=(guards.it_is_not_archived, guards.no_delivery_awaits_the_customer),
        writes=writes_commands.archive,
    ),
    Transition(
        name="restore",
        doc="Take an order out of the archive; its client status stays hidden unless it is to be shown.",
        sources=ALWAYS,
        by=frozenset({MEMBER, STAFF}),
        takes=takes.Restoration,
        guards=(guards.it_is_archived,),
        writes=writes_commands.restore,
    ),
    Transition(
        name="attachEvidence",
        doc="Keep proof that the customer agreed outside the platform.",
        sources=UNDECIDED,
        by=frozenset({MEMBER}),
        takes=takes.EvidenceEntry,
        checks=(guards.the_link_leads_to_the_web,),
        writes=writes_commands.attach_evidence,
    ),
    Transition(
        name="assign",
        doc="Choose the employees who take care of the order.",
        sources=ALWAYS,
        by=frozenset({STAFF}),
        takes=takes.Assignees,
        checks=(guards.nobody_is_named_twice,),
        writes=writes_commands.assign,
        counts_version=False,
    ),
    Transition(
        name="enterStage",
        doc="Put the order into a stage of a board, or take it off the board.",
        sources=ALWAYS,
        by=frozenset({STAFF, CLOCK}),
        takes=StageEntered,
        makes=stages.enter,
        audience=OFFICE,
        counts_version=False,
    ),
    Transition(
        name="comment",
        doc="Say something to those involved; the other side is told.",
        sources=ALWAYS,
        by=frozenset({MEMBER, STAFF, CUSTOMER}),
        takes=takes.CommentText,
        checks=(guards.the_readers_may_be_chosen,),
        writes=writes_commands.comment,
        notifies=frozenset({MEMBER, STAFF, CUSTOMER}),
        audience=EVERYONE,
        counts_version=False,
    ),
)
