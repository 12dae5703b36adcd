"""States and choices of lines, invoices and what is paid of them."""

from domain.billing.differences import ItemChange
from domain.billing.member_status import PlainStatus
from domain.billing.model import HoldCause, InvoiceStatus, LineSource, LineStatus
from schema.shared.billing import receivable_enums as receivable_enums
from schema.shared.enums import describe_enum

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
