"""Payment files with the claims that they pay, for finance."""

from datetime import date, datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.claims.model import PaymentFileStatus
from domain.claims.scope import CLAIMS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.claims.claim import Claim
from schema.operations.claims.lists import CLAIM_SORTS, ClaimWhere
from schema.operations.timeline import EVENT_SORTS, Event
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.field_order import field_order
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

PAID_COUNT = "(SELECT count(*) FROM claims c WHERE c.payment_file_id = {t}.id AND c.status = 'PAID')"

describe_enum(
    PaymentFileStatus,
    "The state of a payment file.",
    CREATED="It is written and can be downloaded.",
    SENT="It was given to the bank.",
    DISCARDED="It was not given to the bank; its claims wait for another one.",
)


@field_order(
    """
    id status status_label status_help version message_id execute_on claim_count paid_count amount content sha256
    created_by created_at sent_at claims events open_actions
    """
)
@strawberry.type(description="A SEPA credit transfer file that pays approved claims.")
class PaymentFile(Node):
    """A SEPA credit transfer file."""

    id: strawberry.ID = column(id_prefix="pay", description="The file's identifier.")
    status: PaymentFileStatus = column(description="Its state.")
    status_label: str = translated("status.paymentFile", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    message_id: str = column(description="The identifier of its message, for the bank.")
    execute_on: date = column(description="The day on which the bank pays.")
    claim_count: int = column(description="How many transfers it holds.")
    paid_count: int = column(PAID_COUNT, description="How many of them the bank has stated.")
    amount: Money = money_field("{t}.amount_cents", currency="'EUR'", description="Their sum.")
    content: str = column(description="The document (pain.001.001.09), as the bank reads it.")
    sha256: str = column(description="The hash of its bytes.")
    created_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.created_by_id", description="Who made it; null for the command line."
    )
    created_at: datetime = column(description="When it was made.")
    sent_at: datetime | None = column(description="When it was given to the bank.")
    claims: Connection[Claim] = connection(
        CLAIMS_SCOPE,
        on="{t}.payment_file_id = {p}.id",
        filters=ClaimWhere,
        sorts=CLAIM_SORTS,
        description="The claims in it that did not come back.",
    )
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'paymentFile'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("paymentFile")


@where_input(description="Which payment files to list; all that is given must hold.")
class PaymentFileWhere:
    """The filter of lists of payment files."""

    id: IdFilter | None = filter_field(id_prefix="pay", description="By identifier.")
    status: EnumFilter[PaymentFileStatus] | None = filter_field(description="By state.")


PAYMENT_FILE_SORTS = ordering(
    "PaymentFile",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was made."),
)
