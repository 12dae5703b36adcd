"""Transactions of the bank with the receivables that they may pay, for finance."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from domain.bank.facts import SuggestionFacts, suggestions_of
from domain.bank.model import BankTransactionStatus
from domain.bank.scope import BANK_FILES_SCOPE
from domain.bank.suggestions import SuggestionReason
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.kernel.ids import external
from domain.receivables.scope import ENTRIES_SCOPE
from domain.search_tables.of_people_and_payments import BANK_TRANSACTION_SEARCH
from domain.text_search import BANK_TRANSACTION_TEXT
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.receivables.receivable import ReceivableEntry
from schema.operations.references import ABankFile
from schema.operations.timeline import EVENT_SORTS, Event
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.field_order import field_order
from schema.shared.filters import DateFilter, EnumFilter, IdFilter, contains
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

SEARCH = BANK_TRANSACTION_SEARCH.search(contains(BANK_TRANSACTION_TEXT))

describe_enum(
    BankTransactionStatus,
    "Whether a transaction of the bank is booked.",
    OPEN="It waits to be booked.",
    BOOKED="It pays the receivables of its entries.",
    SET_ASIDE="It pays no invoice.",
)
describe_enum(
    SuggestionReason,
    "Why a receivable is suggested.",
    NUMBER="The payer named the number of the invoice.",
    AMOUNT="The amount is what is owed.",
    IBAN="The customer has paid from this account before.",
    NAME="The payer is called like the customer.",
)


@strawberry.type(description="The part of a transaction that would pay one receivable.")
class SuggestedShare:
    """The part of a transaction that would pay one receivable."""

    receivable_id: strawberry.ID = strawberry.field(description="The receivable.")
    invoice_number: str = strawberry.field(description="The number of its invoice.")
    amount: str = strawberry.field(description="What of the transaction would pay it, as a decimal number.")


@strawberry.type(description="What a transaction may pay.")
class PaymentSuggestion:
    """What a transaction may pay."""

    shares: list[SuggestedShare] = strawberry.field(description="One receivable, or several that add up to it.")
    confidence: int = strawberry.field(description="How sure that is, in percent.")
    reasons: list[SuggestionReason] = strawberry.field(description="Why.")
    explanation: str = strawberry.field(description="Why, in the viewer's language.")


def plain_amount(cents: int) -> str:
    """Cents as a decimal number."""
    return f"{Decimal(cents) / 100:.2f}"


def _suggestions(
    transaction: SuggestionFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[PaymentSuggestion]:
    """What it may pay, the surest first."""
    language = context.actor.language
    return [
        PaymentSuggestion(
            shares=[
                SuggestedShare(
                    receivable_id=strawberry.ID(external("rcv", share.receivable_id)),
                    invoice_number=share.invoice_number,
                    amount=plain_amount(share.amount_cents),
                )
                for share in each.shares
            ],
            confidence=each.confidence,
            reasons=list(each.reasons),
            explanation=", ".join(translate(language, f"status.suggestionReason.{reason}") for reason in each.reasons),
        )
        for each in suggestions_of(transaction)[:10]
    ]


@field_order(
    """
    id status status_label status_help version file account_iban amount charges currency booked_on valued_on
    counterparty_name counterparty_iban reference end_to_end_id bank_reference note suggestions entries events
    open_actions
    """
)
@strawberry.type(description="What the bank booked on an account of the operator.")
class BankTransaction(Node):
    """What the bank booked on an account of the operator."""

    id: strawberry.ID = column(id_prefix="btx", description="The transaction's identifier.")
    status: BankTransactionStatus = column(description="Whether it is booked.")
    status_label: str = translated("status.bankTransaction", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    file: ABankFile | None = to_one(
        BANK_FILES_SCOPE, on="{t}.id = {p}.file_id", description="The file that brought it."
    )
    account_iban: str = column(description="The operator's account.")
    amount: Money = money_field("{t}.amount_cents", description="The amount; below zero when it went out.")
    charges: Money = money_field("{t}.charges_cents", description="What the bank kept of it.")
    currency: str = column(description="The currency.")
    booked_on: date = column(description="The day on which the bank booked it.")
    valued_on: date = column(description="The day on which it counts.")
    counterparty_name: str = column(description="Who paid, or was paid.")
    counterparty_iban: str = column(description="Their account.")
    reference: str = column(description="What was written with it.")
    end_to_end_id: str = column(description="The payer's own reference; empty without one.")
    bank_reference: str = column(description="The bank's reference; empty without one.")
    note: str = column(description="What it is, where it was set aside.")
    suggestions: list[PaymentSuggestion] = computed(
        SuggestionFacts,
        _suggestions,
        when="{t}.status = 'OPEN' AND {t}.amount_cents > 0",
        otherwise="[]",
        description="What it may pay while it is open, the surest first.",
    )
    entries: list[ReceivableEntry] = to_many(
        ENTRIES_SCOPE,
        on="{t}.bank_transaction_id = {p}.id",
        order="{t}.id",
        limit=100,
        description="The payments that it was booked as.",
    )
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'bankTransaction'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("bankTransaction")


@where_input(description="Which transactions to list; all that is given must hold.")
class BankTransactionWhere:
    """The filter of lists of transactions."""

    id: IdFilter | None = filter_field(id_prefix="btx", description="By identifier.")
    status: EnumFilter[BankTransactionStatus] | None = filter_field(description="By whether they are booked.")
    file: IdFilter | None = filter_field("{t}.file_id", id_prefix="bkf", description="By file.")
    incoming: bool | None = filter_field("({t}.amount_cents > 0) = {value}", description="Whether money came in.")
    booked_on: DateFilter | None = filter_field(description="By day.")
    search: str | None = filter_field(SEARCH, description="Part of the payer's name, account or reference.")


BANK_TRANSACTION_SORTS = ordering(
    "BankTransaction",
    default="-BOOKED_ON",
    BOOKED_ON=sort_key("{t}.booked_on", "date", description="The day on which the bank booked it."),
    AMOUNT=sort_key("{t}.amount_cents", "bigint", description="The amount."),
)
