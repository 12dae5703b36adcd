"""Facts of bank files and transactions, and the receivables that a transaction may pay."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.bank.model import BankFileStatus, BankTransactionStatus
from domain.bank.suggestions import Candidate, Incoming, Suggestion, suggestions
from domain.engine.facts import fact
from domain.receivables.balance import OWED
from domain.receivables.opening_balances import CUSTOMER_ID, NUMBER

MOST_CANDIDATES = 200
SIGNS = "translate(upper({}), ' -/._:#+,', '')"
PAYS_FROM_IBAN = """({t}.counterparty_iban <> '' AND EXISTS (SELECT 1 FROM bank_transactions b
    JOIN receivable_entries e ON e.bank_transaction_id = b.id JOIN receivables p ON p.id = e.receivable_id
    LEFT JOIN invoices q ON q.id = p.invoice_id
    WHERE b.counterparty_iban = {t}.counterparty_iban AND coalesce(q.customer_id, p.customer_id) = k.id))"""
# Compared for each pair of a transaction and a receivable, so that it has to be cheap; `suggestions` looks closer.
WRITTEN = SIGNS.format("{t}.reference || ' ' || {t}.end_to_end_id")
DIGITS_NAMED = f"strpos({WRITTEN}, {SIGNS.format(NUMBER)}) > 0"
OWED_OF = OWED.replace("{t}", "r")
# What is owed in the currency of the transaction and named by it, of its amount, or of a customer who paid from there.
CANDIDATES = f"""CASE WHEN {{t}}.status = 'OPEN' AND {{t}}.amount_cents > 0 THEN
    (SELECT coalesce(jsonb_agg(jsonb_build_array(c.id, c.number, c.owed, c.legal_name, c.pays)), '[]') FROM (
        SELECT r.id, {NUMBER} AS number, {OWED_OF} AS owed, k.legal_name, {PAYS_FROM_IBAN} AS pays
        FROM receivables r LEFT JOIN invoices i ON i.id = r.invoice_id JOIN customers k ON k.id = {CUSTOMER_ID}
        WHERE {OWED_OF} > 0 AND r.currency = {{t}}.currency
            AND ({DIGITS_NAMED} OR {OWED_OF} = {{t}}.amount_cents OR {PAYS_FROM_IBAN})
        ORDER BY ({DIGITS_NAMED}) DESC, ({OWED_OF} = {{t}}.amount_cents) DESC, r.due_on, r.id
        LIMIT {MOST_CANDIDATES}) c) ELSE '[]'::jsonb END"""

OPEN_INCOMING = """(SELECT count(*) FROM bank_transactions b
    WHERE b.file_id = {t}.id AND b.status = 'OPEN' AND b.amount_cents > 0)"""


@dataclass(frozen=True)
class BankFileFacts:
    """One bank file as its guards see it."""

    id: UUID = fact("{t}.id")
    status: BankFileStatus = fact("{t}.status")
    open_incoming: int = fact(OPEN_INCOMING)


@dataclass(frozen=True)
class BankTransactionFacts:
    """One transaction as its guards see it."""

    id: UUID = fact("{t}.id")
    status: BankTransactionStatus = fact("{t}.status")
    amount_cents: int = fact("{t}.amount_cents")
    currency: str = fact("{t}.currency")


@dataclass(frozen=True)
class SuggestionFacts:
    """A transaction with the receivables that it may pay: arrays of id, number, cents owed, customer, known account."""

    amount_cents: int = fact("{t}.amount_cents")
    reference: str = fact("{t}.reference")
    end_to_end_id: str = fact("{t}.end_to_end_id")
    counterparty_name: str = fact("{t}.counterparty_name")
    candidates: tuple[Any, ...] = fact(CANDIDATES)


def suggestions_of(transaction: SuggestionFacts) -> list[Suggestion]:
    """What the transaction may pay, the surest first."""
    text = f"{transaction.reference} {transaction.end_to_end_id}"
    incoming = Incoming(amount_cents=transaction.amount_cents, text=text, name=transaction.counterparty_name)
    return suggestions(incoming, map(_candidate, transaction.candidates))


def _candidate(values: Any) -> Candidate:
    receivable_id, number, owed, name, pays = values
    return Candidate(
        receivable_id=UUID(receivable_id),
        invoice_number=number,
        owed_cents=owed,
        customer_name=name,
        pays_from_iban=pays,
    )
