"""States of accounts, customers, their contacts and members."""

from domain.accounts.model import AccountStatus
from domain.parties.model import ContactState, CustomerState, MembershipStatus
from schema.shared.enums import describe_enum

describe_enum(
    CustomerState,
    "Where a customer stands with the operator.",
    PROPOSED="A member has entered it, and the operator has not checked it yet.",
    KNOWN="The operator has entered or checked it.",
    MERGED="It was the same as another one, to which everything of it belongs now.",
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
