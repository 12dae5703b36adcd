"""The amount of a claim, as it follows from what its member entered."""

from decimal import Decimal

from domain.claims.inputs import ClaimDraft, ReceiptInput
from domain.claims.model import ClaimKind
from domain.claims.travel.allowance import Journey, allowance_cents
from domain.claims.travel.rates import TravelRates, rates_on
from domain.engine.context import EvaluationContext
from domain.kernel.amount_input import cents_of
from domain.kernel.money import round_half_up


def claimed_cents(draft: ClaimDraft, context: EvaluationContext) -> int:
    """The amount of a draft that `guards.draft_error` finds nothing wrong with."""
    if draft.kind is ClaimKind.EXPENSE:
        return sum(cents_of(each.gross, "receipts") for each in draft.receipts)
    if draft.kind is ClaimKind.TRAVEL:
        rates = rates_of(draft, context)
        return allowance_cents(journey_of(draft, context), rates) if rates else 0
    return cents_of(draft.amount or Decimal(0), "amount")


def journey_of(draft: ClaimDraft, context: EvaluationContext) -> Journey:
    """The journey in the local times of the operator's zone."""
    assert draft.departed_at
    assert draft.returned_at
    return Journey(
        departed_at=context.calendar.local(draft.departed_at).replace(tzinfo=None),
        returned_at=context.calendar.local(draft.returned_at).replace(tzinfo=None),
        kilometers=draft.kilometers,
        breakfasts=draft.breakfasts,
        lunches=draft.lunches,
        dinners=draft.dinners,
    )


def rates_of(draft: ClaimDraft, context: EvaluationContext) -> TravelRates | None:
    """The rates of the day on which the journey began."""
    assert draft.departed_at
    return rates_on(draft.country or "", context.calendar.local(draft.departed_at).date())


def contained_vat_cents(receipt: ReceiptInput) -> int:
    """The tax that is contained in what a receipt states with tax."""
    gross = cents_of(receipt.gross, "receipts")
    return gross - round_half_up(Decimal(gross) * 100 / (100 + receipt.vat_rate))
