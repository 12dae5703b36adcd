"""Facts of bank files and transactions, and the receivables that a transaction may pay."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.bank.model import BankFileStatus, BankTransactionStatus
from domain.bank.plain_numbers import LONGEST_NUMBER, SHORTEST_NUMBER, plain
from domain.bank.suggestions import Candidate, Incoming, Suggestion, suggestions
from domain.engine.facts import fact
from domain.receivables.balance import OWED
from domain.receivables.opening_balances import CUSTOMER_ID, NUMBER

MOST_CANDIDATES = 200
WRITTEN = plain("{t}.reference || ' ' || {t}.end_to_end_id")
OWED_OF = OWED.replace("{t}", "r")
IS_OWED = f"{OWED_OF} > 0 AND r.currency = {{t}}.currency"
FIRST_DUE = f"ORDER BY r.due_on, r.id LIMIT {MOST_CANDIDATES}"
# Every part of what is written that can be a number: whichever is one, an index finds it.
PARTS = f"""SELECT array_agg(DISTINCT substr(w.written, starts, size)) AS parts FROM (SELECT {WRITTEN} AS written) w,
        generate_series(1, length(w.written)) AS starts,
        generate_series({SHORTEST_NUMBER}, least({LONGEST_NUMBER}, length(w.written) - starts + 1)) AS size
        WHERE substr(w.written, starts, size) ~ '[0-9]'"""
PAYERS = """SELECT coalesce(array_agg(DISTINCT coalesce(q.customer_id, p.customer_id)), '{}') AS ids
        FROM bank_transactions b JOIN receivable_entries e ON e.bank_transaction_id = b.id
        JOIN receivables p ON p.id = e.receivable_id LEFT JOIN invoices q ON q.id = p.invoice_id
        WHERE {t}.counterparty_iban <> '' AND b.counterparty_iban = {t}.counterparty_iban"""
# Of its amount, named by it, or of a customer who paid from there; `suggestions` looks closer.
FOUND = f"""(SELECT r.id FROM receivables r WHERE {IS_OWED} AND {OWED_OF} = {{t}}.amount_cents {FIRST_DUE})
    UNION (SELECT r.id FROM invoices i JOIN receivables r ON r.invoice_id = i.id
        WHERE {plain("i.number")} = ANY (named.parts) AND {IS_OWED} {FIRST_DUE})
    UNION (SELECT r.id FROM receivables r
        WHERE {plain("r.opening_number")} = ANY (named.parts) AND {IS_OWED} {FIRST_DUE})
    UNION (SELECT r.id FROM invoices i JOIN receivables r ON r.invoice_id = i.id
        WHERE i.customer_id = ANY (payers.ids) AND {IS_OWED} {FIRST_DUE})
    UNION (SELECT r.id FROM receivables r
        WHERE r.invoice_id IS NULL AND r.customer_id = ANY (payers.ids) AND {IS_OWED} {FIRST_DUE})"""
IS_NAMED = f"strpos({WRITTEN}, {plain(NUMBER)}) > 0"
CANDIDATES = f"""CASE WHEN {{t}}.status = 'OPEN' AND {{t}}.amount_cents > 0 THEN
    (SELECT coalesce(jsonb_agg(jsonb_build_array(c.id, c.number, c.owed, c.legal_name, c.pays)), '[]') FROM (
        SELECT r.id, {NUMBER} AS number, {OWED_OF} AS owed, k.legal_name, k.id = ANY (payers.ids) AS pays
        FROM ({PARTS}) named, ({PAYERS}) payers, LATERAL ({FOUND}) found
        JOIN receivables r ON r.id = found.id LEFT JOIN invoices i ON i.id = r.invoice_id
        JOIN customers k ON k.id = {CUSTOMER_ID}
        ORDER BY ({IS_NAMED}) DESC, ({OWED_OF} = {{t}}.amount_cents) DESC, r.due_on, r.id
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
