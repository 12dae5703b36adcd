"""States and choices that only members and the operator's people are shown."""

from domain.accounts.mail_choices import MailGroup
from domain.accounts.model import AccountStatus
from domain.automations.model import AutomationAction, AutomationState, ExpectedRule, RunOutcome
from domain.billing.differences import ItemChange
from domain.billing.member_status import PlainStatus
from domain.billing.model import HoldCause, InvoiceStatus, LineSource, LineStatus
from domain.deliveries.model import DeliveryStatus
from domain.kernel.availability import Availability
from domain.orders.lateness import Lateness
from domain.orders.model import CommentVisibility, CompletionRule, OrderStatus, RejectionCause
from domain.orders.phase import Phase
from domain.orders.progress import Fulfilment
from domain.orders.repetition import Repetition
from domain.outbox.model import MessageState
from domain.parties.model import ContactState, CustomerState, MembershipStatus
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification
from domain.webhooks.model import WebhookMessageState, WebhookState
from schema.shared.billing import receivable_enums as receivable_enums
from schema.shared.enums import describe_enum

describe_enum(
    Lateness,
    "How late a delivery is that was agreed and not made, by the operator's thresholds.",
    ON_TIME="It is not late, was made, or none was agreed.",
    LATE="It is late.",
    VERY_LATE="It is very late.",
)
describe_enum(
    WebhookState,
    "Whether messages are sent to a webhook endpoint.",
    ENABLED="They are sent.",
    PAUSED="They wait, for seven days at most.",
    DELETED="It is no more.",
)
describe_enum(
    WebhookMessageState,
    "What became of a webhook message.",
    PENDING="It waits to be sent, perhaps again.",
    DELIVERED="The endpoint has taken it.",
    FAILED="All attempts have failed.",
)
describe_enum(
    CustomerState,
    "Where a customer stands with the operator.",
    PROPOSED="A member has entered it, and the operator has not checked it yet.",
    KNOWN="The operator has entered or checked it.",
    MERGED="It was the same as another one, to which everything of it belongs now.",
)
describe_enum(
    MessageState,
    "What became of a mail.",
    PENDING="It waits to be sent, perhaps again.",
    SENT="A mail server has accepted it.",
    DROPPED="It was not sent, because its occasion had passed or its reader could not be reached.",
    FAILED="No mail server took it, and no more attempts are made.",
    BOUNCED="A mail server took it and sent it back later.",
    UNWANTED="It was not sent because its reader chose to get no such mails; they find it among their notifications.",
)
describe_enum(
    MailGroup,
    "A group of mails to an account.",
    ORDERS="What becomes of orders.",
    COMMENTS="What people write about orders.",
    DELIVERIES="What becomes of deliveries.",
    CLIENT_STATUSES="Client statuses that are old or contradict the facts.",
    INVOICES="Invoices, their lines and proposals of further ones.",
    PAYMENTS="Payments, disputes and reminders.",
    CLAIMS="Claims on the budget and their payment.",
    MEMBERS="Details that members propose.",
    MEMBERSHIP="One's own membership and its details; cannot be left out.",
    ALARMS="What has failed or is overdue; cannot be left out.",
    ACCOUNT="Ways to sign in to one's account; cannot be left out.",
)
describe_enum(
    OrderStatus,
    "Where an order stands.",
    DRAFT="The member is still writing it.",
    IN_REVIEW="The operator reviews it.",
    AWAITING_CUSTOMER="The customer is asked to confirm.",
    ACTIVE="It is being worked on.",
    CANCELLATION_REVIEW="The operator decides on a cancellation.",
    CANCELED="It was canceled.",
    REJECTED="The operator or the customer rejected it, or the offer expired.",
    COMPLETED="Its completion rule holds.",
)
describe_enum(
    RejectionCause,
    "Who or what rejected an order.",
    OPERATOR="The operator.",
    CUSTOMER="The customer.",
    OFFER_EXPIRED="Nobody answered while the offer was valid.",
)
describe_enum(
    CompletionRule,
    "When an active order is complete.",
    FULLY_INVOICED="Once its period is over, deliveries are accepted and every planned invoice is settled.",
    ON_ACCEPTANCE="Once its delivery is accepted.",
)
describe_enum(
    Repetition,
    "How often an entry of a billing plan comes again.",
    MONTHLY="Every month.",
    QUARTERLY="Every three months.",
    YEARLY="Every twelve months.",
    EVERY_N_MONTHS="Every so many months as `repeatMonths` says.",
)
describe_enum(
    CommentVisibility,
    "Who reads a comment.",
    INTERNAL="The operator's people only.",
    MEMBER="The member too.",
    CUSTOMER="Everyone involved, the customer too.",
)
describe_enum(
    Fulfilment,
    "How far the work of an order is.",
    NOT_STARTED="Nothing was delivered or prepared.",
    IN_PROGRESS="A delivery is being prepared, or more are to come.",
    DELIVERED="A delivery is under review.",
    IN_REVISION="The customer asked for a revision.",
    ACCEPTED="What was agreed is accepted.",
)
describe_enum(
    DeliveryStatus,
    "Where a delivery stands.",
    DRAFT="The member prepares it; the customer sees nothing of it.",
    DELIVERED="The customer reviews it.",
    REVISION_REQUESTED="The customer named what has to be put right.",
    ACCEPTED="Accepted, by the customer or by silence.",
    CANCELED="Thrown away, or canceled with its order.",
)
describe_enum(
    LineStatus,
    "Whether a line may be composed into an invoice.",
    ON_HOLD="It waits for finance.",
    CONFIRMED="It may be invoiced.",
    CANCELED="It will not be invoiced.",
)
describe_enum(
    LineSource,
    "What a line came from.",
    PLANNED_INVOICE="The billing plan of an order.",
    DELIVERY="A delivery.",
    MANUAL="It was entered by hand.",
    REBILLING="The correction of an invoice that was reversed.",
    PROPOSAL="A further invoice that the member proposed.",
)
describe_enum(
    InvoiceStatus,
    "Where an invoice stands.",
    ON_HOLD="It waits, for the causes named.",
    READY_TO_SUBMIT="It can be handed to approval.",
    PENDING_APPROVAL="Somebody else has to approve it.",
    READY_TO_PRINT="It will be issued on its date.",
    PRINTED="It is issued, with its number.",
    POSTED="It is issued, sent and booked.",
    CANCELED="It was never issued and will not be.",
)
describe_enum(
    HoldCause,
    "Why an invoice is on hold.",
    FINANCE="Finance put it on hold.",
    MEMBER="The member asked for changes.",
    CANCELLATION="A cancellation of its order is being decided.",
    APPROVAL_REFUSED="It was not approved.",
)
describe_enum(
    ItemChange,
    "What has become of an item of an invoice.",
    ADDED="It is new.",
    REMOVED="It is gone.",
    CHANGED="Some of its values are others.",
)
describe_enum(
    PlainStatus,
    "The state of an invoice in a member's words.",
    DRAFT="A draft that will be issued.",
    AWAITING_UPDATE="On hold until it is changed or released.",
    ISSUED="It is issued.",
    DISPUTED="The customer disputes it.",
    PAID="It is paid.",
    CANCELED="It was canceled, before or after it was issued.",
)
describe_enum(
    AccountStatus,
    "Whether an account may sign in.",
    INVITED="An invitation was mailed and not accepted yet.",
    ACTIVE="It may.",
    DEACTIVATED="It no longer may.",
    ERASED="Its person asked to be forgotten; nothing personal is left.",
)
describe_enum(
    ContactState,
    "Whether a contact still speaks for its customer.",
    KNOWN="They do.",
    REMOVED="They no longer do.",
    ERASED="They asked to be forgotten; nothing personal is left.",
)
describe_enum(
    MembershipStatus,
    "Whether a member may submit orders.",
    ACTIVE="They may.",
    PAUSED="Not at present.",
    ENDED="No longer.",
)
describe_enum(
    Availability,
    "Whether something may still be chosen.",
    ACTIVE="It may.",
    RETIRED="It stays for what was made from it, and is offered no longer.",
)
describe_enum(
    Notification,
    "Whether a change of a client status is mailed, and when.",
    NONE="Nobody is mailed.",
    AT_ONCE="Clients are mailed at once.",
    DAILY_DIGEST="Clients read of it in the mail of the next morning.",
)
describe_enum(
    AutomationState,
    "Whether an automation runs.",
    ACTIVE="It follows what happens.",
    PAUSED="It follows nothing until it is resumed.",
    RETIRED="It is over; what it did stays.",
)
describe_enum(
    AutomationAction,
    "What an automation does.",
    SET_TEMPLATE="Fills the client status from a template.",
    SHOW="Shows the client status as it is.",
    HIDE="Hides the client status.",
    SET_EXPECTED="Sets the day the client may expect the result.",
    ENTER_STAGE="Moves the order to a stage of a board.",
)
describe_enum(
    ExpectedRule,
    "Which day the client may expect the result.",
    DAYS_AFTER="So many calendar days after the event.",
    DELIVERY_DUE="The day the delivery is due.",
    CLEARED="No day.",
)
describe_enum(
    RunOutcome,
    "What came of an automation at one event for one order.",
    APPLIED="It did what it says.",
    UNCHANGED="Everything was so already.",
    KEPT_BY_HAND="The text was written by hand and still wins.",
    DESELECTED="Whoever moved the order chose that it should not run.",
    LOOP="It was stopped: automations would have gone in circles.",
    FAILED="It was not possible; somebody may try again or dismiss it.",
    DISMISSED="It was not possible, and somebody took note of it.",
)
describe_enum(
    StatusKind,
    "What a client status claims about the work.",
    PLANNED="It has not begun.",
    ON_HOLD="It rests.",
    IN_PROGRESS="Somebody is at it.",
    IN_REVIEW="It is being checked.",
    DONE="It is finished.",
)
describe_enum(
    Phase,
    "How far the work of an order is, or how the order has ended; delivered and accepted mean all required deliveries.",
    NOT_STARTED="The order is not active yet.",
    UNDER_WAY="Not everything has been delivered.",
    DELIVERED="Everything has been delivered and waits for the customer.",
    IN_REVISION="The customer has requested a revision.",
    ACCEPTED="Everything has been accepted.",
    CONTINUED="Everything has been delivered or accepted, and another delivery is being prepared.",
    COMPLETED="The order is completed.",
    ENDED="The order was canceled or rejected.",
)
