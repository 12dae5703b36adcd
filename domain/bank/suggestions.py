"""Suggestions: which receivables a transaction pays, how sure that is, and why. Pure functions of both."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class SuggestionReason(StrEnum):
    """Why a receivable is suggested."""

    NUMBER = "NUMBER"
    AMOUNT = "AMOUNT"
    IBAN = "IBAN"
    NAME = "NAME"


# In percent; together at most 100. The number with the amount, or with two other reasons, is as good as certain.
WEIGHTS = {
    SuggestionReason.NUMBER: 60,
    SuggestionReason.AMOUNT: 35,
    SuggestionReason.IBAN: 20,
    SuggestionReason.NAME: 10,
}
LEAST_CONFIDENCE = 30
LEGAL_FORMS = frozenset(["GMBH", "AG", "KG", "OHG", "UG", "EK", "EV", "GBR", "MBH", "CO", "INC", "LTD", "SE", "UND"])


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A transaction as far as suggestions need it."""

    amount_cents: int
    text: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A receivable that something is owed of; `pays_from_iban` if the customer has paid from this account before."""

    receivable_id: UUID
    invoice_number: str
    owed_cents: int
    customer_name: str
    pays_from_iban: bool


@dataclass(frozen=True, kw_only=True)
class Share:
    """The part of a transaction that pays one receivable."""

    receivable_id: UUID
    invoice_number: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a transaction may pay: one receivable, or several that are named and add up to it."""

    shares: Sequence[Share]
    confidence: int
    reasons: Sequence[SuggestionReason]


def suggestions(incoming: Incoming, candidates: Iterable[Candidate]) -> list[Suggestion]:
    """The suggestions, the surest first; none below the least confidence."""
    listed = list(candidates)
    found = [_of_one(incoming, each) for each in listed]
    together = _of_several(incoming, listed)
    sure = [each for each in [*together, *found] if each.confidence >= LEAST_CONFIDENCE]
    return sorted(sure, key=lambda each: (-each.confidence, each.shares[0].invoice_number))


def _of_one(incoming: Incoming, candidate: Candidate) -> Suggestion:
    holds = {
        SuggestionReason.NUMBER: is_named(candidate.invoice_number, incoming.text),
        SuggestionReason.AMOUNT: incoming.amount_cents == candidate.owed_cents,
        SuggestionReason.IBAN: candidate.pays_from_iban,
        SuggestionReason.NAME: is_same_name(candidate.customer_name, incoming.name),
    }
    reasons = [reason for reason, is_so in holds.items() if is_so]
    share = Share(
        receivable_id=candidate.receivable_id,
        invoice_number=candidate.invoice_number,
        amount_cents=incoming.amount_cents,
    )
    return Suggestion(shares=(share,), confidence=_confidence(reasons), reasons=reasons)


def _of_several(incoming: Incoming, candidates: Sequence[Candidate]) -> list[Suggestion]:
    """A collected payment: all that it names, if that is what it pays."""
    named = [each for each in candidates if is_named(each.invoice_number, incoming.text)]
    if len(named) < 2 or sum(each.owed_cents for each in named) != incoming.amount_cents:
        return []
    shares = [
        Share(receivable_id=each.receivable_id, invoice_number=each.invoice_number, amount_cents=each.owed_cents)
        for each in named
    ]
    reasons = [SuggestionReason.NUMBER, SuggestionReason.AMOUNT]
    return [Suggestion(shares=shares, confidence=_confidence(reasons), reasons=reasons)]


def _confidence(reasons: Iterable[SuggestionReason]) -> int:
    return min(100, sum(WEIGHTS[reason] for reason in reasons))


def is_named(number: str, text: str) -> bool:
    """Whether a text names the number, with any signs between; a longer number that begins with it is another one."""
    signs = [re.escape(sign) for sign in number.upper() if sign.isalnum()]
    before = r"(?<![A-Z0-9])" if number[:1].isdigit() else ""
    return re.search(before + r"[\W_]{0,2}".join(signs) + r"(?!\d)", text.upper()) is not None


def is_same_name(one: str, other: str) -> bool:
    """Whether two names have a word in common that tells something."""
    return bool(_words(one) & _words(other))


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[^\w]+", name.upper()) if len(word) > 3 and word not in LEGAL_FORMS}
