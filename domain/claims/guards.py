"""Claims that must hold before a move of a claim or a payment file."""

from collections.abc import Iterator
from decimal import Decimal

from domain.claims.amounts import claimed_cents, rates_of
from domain.claims.facts import ClaimFacts, PaymentFileFacts
from domain.claims.inputs import ClaimDraft, PaidOn, PaymentFileInput
from domain.claims.model import ClaimKind
from domain.engine.context import EvaluationContext
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.identifiers import compact_iban
from domain.kernel.money import Money

WITH_FILES = frozenset({ClaimKind.EXPENSE, ClaimKind.DIRECT_PAYMENT})


def draft_error(draft: ClaimDraft, context: EvaluationContext) -> Refusal | None:
    """What is wrong with a draft: what its kind needs is missing, or nothing is claimed; None for a possible one."""
    if found := next(_errors_of_kind(draft, context), None):
        return found
    return None if claimed_cents(draft, context) > 0 else invalid("claim_of_nothing", "amount")


def _errors_of_kind(draft: ClaimDraft, context: EvaluationContext) -> Iterator[Refusal]:
    if draft.kind is ClaimKind.EXPENSE:
        yield from _errors_of_receipts(draft, context)
    elif draft.kind is ClaimKind.TRAVEL:
        yield from _errors_of_journey(draft, context)
    elif draft.amount is None or cents_of(draft.amount, "amount") <= 0:
        yield invalid("amount_not_positive", "amount")
    if draft.kind is ClaimKind.DIRECT_PAYMENT:
        yield from _errors_of_payee(draft)


def _errors_of_receipts(draft: ClaimDraft, context: EvaluationContext) -> Iterator[Refusal]:
    if not draft.receipts:
        yield invalid("claim_without_receipts", "receipts")
    for position, receipt in enumerate(draft.receipts):
        path = ("receipts", str(position))
        if cents_of(receipt.gross, *path, "gross") <= 0:
            yield invalid("amount_not_positive", *path, "gross")
        if not Decimal(0) <= receipt.vat_rate < 100:
            yield invalid("vat_rate_out_of_bounds", *path, "vat_rate")
        if receipt.spent_on > context.today:
            yield invalid("day_in_future", *path, "spent_on")


def _errors_of_journey(draft: ClaimDraft, context: EvaluationContext) -> Iterator[Refusal]:
    if draft.departed_at is None:
        yield invalid("journey_incomplete", "departed_at")
    elif draft.returned_at is None:
        yield invalid("journey_incomplete", "returned_at")
    elif not draft.departed_at < draft.returned_at <= context.now:
        yield invalid("journey_ends_too_early", "returned_at")
    elif rates_of(draft, context) is None:
        yield invalid("travel_rates_unknown", "country")


def _errors_of_payee(draft: ClaimDraft) -> Iterator[Refusal]:
    if not (draft.payee_name or "").strip():
        yield invalid("payee_unnamed", "payee_name")
    if not compact_iban(draft.payee_iban or ""):
        yield invalid("iban_invalid", "payee_iban")


def is_proven(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("claim_without_files") if claim.kind in WITH_FILES and not claim.file_count else None


def payee_has_account(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    """A direct payment names its account; everything else goes to the member's own."""
    is_known = claim.payee_iban if claim.kind is ClaimKind.DIRECT_PAYMENT else claim.member_iban
    return None if is_known else guard_failed("member_without_iban")


def budget_covers_it(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    """The ledger is locked, so that what is available now is still so when the claim is reserved."""
    if claim.amount_cents <= claim.available_cents:
        return None
    return guard_failed("budget_does_not_cover", available=Money(claim.available_cents, "EUR"))


def budget_is_not_overdrawn(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    """What is approved is reserved already; after a clawback it may be more than there is."""
    if claim.available_cents >= 0:
        return None
    return guard_failed("budget_is_overdrawn", missing=Money(-claim.available_cents, "EUR"))


def above_limit_it_is_endorsed(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    """Up to the operator's limit one person approves; above it another one has endorsed the claim before."""
    if not claim.is_above_approval_limit or claim.endorsed_at:
        return None
    return guard_failed("claim_needs_second_person", limit=_limit(claim))


def endorsed_by_another_account(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    """Dual control: the account that endorsed a claim does not approve it."""
    is_own = claim.endorsed_at is not None and claim.endorsed_by_id == context.actor.account_id
    return guard_failed("endorser_cannot_approve_claim") if claim.is_above_approval_limit and is_own else None


def two_people_decide(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    if claim.is_above_approval_limit:
        return None
    return guard_failed("claim_needs_one_person", limit=_limit(claim))


def is_not_endorsed(claim: ClaimFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("claim_is_endorsed") if claim.endorsed_at else None


def _limit(claim: ClaimFacts) -> Money:
    return Money(claim.approval_limit_euros * 100, "EUR")


def paid_on_is_past(claim: ClaimFacts, input: PaidOn, context: EvaluationContext) -> Refusal | None:
    return invalid("day_in_future", "paid_on") if input.paid_on > context.today else None


def execution_is_possible(subject: None, input: PaymentFileInput, context: EvaluationContext) -> Refusal | None:
    return invalid("day_in_past", "execute_on") if input.execute_on < context.today else None


def nothing_of_it_is_paid(file: PaymentFileFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("payment_file_has_paid_claims") if file.paid_claims else None
