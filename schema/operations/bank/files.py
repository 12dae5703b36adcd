"""Files of the bank, for finance."""

from datetime import datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.bank.model import BankFileStatus
from domain.bank.scope import BANK_TRANSACTIONS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.bank.transactions import BANK_TRANSACTION_SORTS, BankTransaction, BankTransactionWhere
from schema.operations.timeline import EVENT_SORTS, Event
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.field_order import field_order
from schema.shared.filters import IdFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection

OPEN_COUNT = "(SELECT count(*) FROM bank_transactions b WHERE b.file_id = {t}.id AND b.status = 'OPEN')"

describe_enum(BankFileStatus, "What became of a bank file.", IMPORTED="All of it was read.")


@field_order(
    """
    id status version file_name format sha256 account_count transaction_count known_count open_count created_by
    created_at transactions events open_actions
    """
)
@strawberry.type(description="A file of the bank that was read as a whole.")
class BankFile(Node):
    """A file of the bank that was read as a whole."""

    id: strawberry.ID = column(id_prefix="bkf", description="The file's identifier.")
    status: BankFileStatus = column(description="What became of it.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    file_name: str = column(description="Its name.")
    format: str = column(description="The version of its format: `camt.053.001.08`.")
    sha256: str = column(description="The hash of its bytes.")
    account_count: int = column(description="How many accounts it speaks of.")
    transaction_count: int = column(description="How many transactions it brought.")
    known_count: int = column(description="How many an earlier file had brought already, which were left out.")
    open_count: int = column(OPEN_COUNT, description="How many of its transactions wait to be booked.")
    created_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.created_by_id", description="Who imported it; null for the command line."
    )
    created_at: datetime = column(description="When it was imported.")
    transactions: Connection[BankTransaction] = connection(
        BANK_TRANSACTIONS_SCOPE,
        on="{t}.file_id = {p}.id",
        filters=BankTransactionWhere,
        sorts=BANK_TRANSACTION_SORTS,
        description="What it brought.",
    )
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'bankFile'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("bankFile")


@where_input(description="Which bank files to list; all that is given must hold.")
class BankFileWhere:
    """The filter of lists of bank files."""

    id: IdFilter | None = filter_field(id_prefix="bkf", description="By identifier.")


BANK_FILE_SORTS = ordering(
    "BankFile",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was imported."),
)
