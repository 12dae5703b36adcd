"""Kinds, states and outcomes of operations on many rows; the kind of a move in bulk has the move's own meaning."""

from domain.bulk.model import BulkKind, BulkMode, BulkOutcome, BulkState, BulkSubject
from domain.bulk.moves import MOVES
from schema.shared.enums import describe_enum

describe_enum(
    BulkKind,
    "What is done to each row.",
    CLIENT_STATUS_SET="Its client is told a status.",
    CLIENT_STATUS_HIDE="Its client no longer sees the status.",
    TEMPLATE_APPLY="Its client status gets the newest edition of a template.",
    STAGE_ENTER="It enters a stage of the board, or leaves the board.",
    **{kind: move.transition.doc for kind, move in MOVES.items()},
    INVOICE_COMPOSE="It is composed of the lines that an invoice run has planned for it.",
    INVOICE_DECOMPOSE="It is undone with its run; its lines are free again.",
)
describe_enum(
    BulkState,
    "How far an operation is.",
    RUNNING="Not every row has its result yet.",
    DONE="Every row has its result.",
    CANCELED="It was canceled; what had no result was not attempted.",
    FAILED="All or none were to be changed and one could not be, or it could not go on.",
)
describe_enum(
    BulkMode,
    "Whether each row stands alone.",
    PER_ITEM="Each row stands alone: some may fail while others are changed.",
    ATOMIC="All are changed, in one transaction, or none.",
)
describe_enum(
    BulkOutcome,
    "What became of one row.",
    APPLIED="It was changed.",
    UNCHANGED="It was so already.",
    FAILED="It could not be changed, for the errors named.",
    NOT_ATTEMPTED="It was left as it is.",
)
describe_enum(
    BulkSubject,
    "What the rows of an operation are.",
    ORDER="Orders.",
    LINE="Billable lines.",
    INVOICE="Invoices.",
    RECEIVABLE="Receivables.",
    CLAIM="Claims.",
)
