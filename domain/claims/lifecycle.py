"""Lifecycle of a claim: drafted, submitted, decided, put into exactly one payment file, and paid."""

from domain.claims import effects, guards, inputs
from domain.claims.facts import ClaimFacts
from domain.claims.model import Claim, ClaimStatus
from domain.claims.scope import CLAIMS_SCOPE
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE, MEMBER_ROLE, Role

DRAFT, SUBMITTED, APPROVED = ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.APPROVED
IN_PAYMENT, PAID = ClaimStatus.IN_PAYMENT, ClaimStatus.PAID
READERS = frozenset({Role.MEMBER, Role.FINANCE, Role.ADMIN})
# The budget is the lock of the ledger; it comes before its claims, ids ascending.
LOCK_BUDGETS = """SELECT b.id FROM member_budgets b
    WHERE b.id IN (SELECT c.budget_id FROM claims c WHERE c.id IN (SELECT wanted.id FROM wanted))
    ORDER BY b.id FOR UPDATE OF b"""

TRANSITIONS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="The member drafts a claim on their budget.",
        creates=True,
        to_state=DRAFT,
        roles=MEMBER_ROLE,
        input=inputs.ClaimDraft,
        effect=effects.create,
        audience=MEMBER_ROLE,
    ),
    Transition(
        name="submit",
        weight=ActionWeight.PRIMARY,
        doc="The member claims the amount, which is reserved in the budget.",
        from_states=frozenset({DRAFT}),
        to_state=SUBMITTED,
        roles=MEMBER_ROLE,
        guards=(guards.is_proven, guards.payee_has_account, guards.budget_covers_it),
        effect=effects.submit,
        audience=READERS,
    ),
    Transition(
        name="approve",
        weight=ActionWeight.PRIMARY,
        doc="Finance approves the claim; above the operator's limit a second person does, who has not endorsed it.",
        from_states=frozenset({SUBMITTED}),
        to_state=APPROVED,
        roles=FINANCE_ROLE,
        guards=(
            guards.payee_has_account,
            guards.budget_is_not_overdrawn,
            guards.above_limit_it_is_endorsed,
            guards.endorsed_by_another_account,
        ),
        effect=effects.decide,
        notifies=MEMBER_ROLE,
        audience=READERS,
        in_bulk=True,
    ),
    Transition(
        name="reject",
        weight=ActionWeight.DANGER,
        doc="Finance rejects the claim with a reason; what was reserved is free again.",
        from_states=frozenset({SUBMITTED}),
        to_state=ClaimStatus.REJECTED,
        roles=FINANCE_ROLE,
        input=inputs.Decision,
        effect=effects.decide,
        notifies=MEMBER_ROLE,
        audience=READERS,
        in_bulk=True,
    ),
    Transition(
        name="cancel",
        weight=ActionWeight.DANGER,
        doc="The member gives the claim up; what was reserved is free again.",
        from_states=frozenset({DRAFT, SUBMITTED, APPROVED}),
        to_state=ClaimStatus.CANCELED,
        roles=MEMBER_ROLE,
        audience=READERS,
    ),
    Transition(
        name="pay",
        doc="The claim is put into a payment file, which pays it.",
        from_states=frozenset({APPROVED}),
        to_state=IN_PAYMENT,
        roles=CLOCK_ROLE,
        input=inputs.InPayment,
        guards=(guards.payee_has_account, guards.budget_is_not_overdrawn),
        effect=effects.put_in_file,
        audience=READERS,
    ),
    Transition(
        name="release",
        doc="Its payment file is discarded; the claim waits for another one.",
        from_states=frozenset({IN_PAYMENT}),
        to_state=APPROVED,
        roles=CLOCK_ROLE,
        effect=effects.leave_file,
        audience=READERS,
    ),
    Transition(
        name="recordPaid",
        weight=ActionWeight.PRIMARY,
        doc="The bank has paid the claim, as its statement says or finance records.",
        from_states=frozenset({IN_PAYMENT}),
        to_state=PAID,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        input=inputs.PaidOn,
        validators=(guards.paid_on_is_past,),
        effect=effects.record_paid,
        notifies=MEMBER_ROLE,
        audience=READERS,
    ),
    Transition(
        name="returnPayment",
        weight=ActionWeight.DANGER,
        doc="The bank refuses or returns the transfer; the claim is approved still and waits for another file.",
        from_states=frozenset({IN_PAYMENT, PAID}),
        to_state=APPROVED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        input=inputs.Decision,
        effect=effects.return_payment,
        notifies=MEMBER_ROLE,
        audience=READERS,
    ),
)
COMMANDS = (
    Transition(
        name="endorse",
        weight=ActionWeight.PRIMARY,
        doc="Above the operator's limit, the first of two people in finance agrees to the claim.",
        from_states=frozenset({SUBMITTED}),
        roles=FINANCE_ROLE,
        guards=(
            guards.two_people_decide,
            guards.is_not_endorsed,
            guards.payee_has_account,
            guards.budget_is_not_overdrawn,
        ),
        effect=effects.endorse,
        notifies=FINANCE_ROLE,
        audience=frozenset({Role.FINANCE, Role.ADMIN}),
    ),
    Transition(
        name="amend",
        doc="The member changes the draft; its files stay.",
        from_states=frozenset({DRAFT}),
        roles=MEMBER_ROLE,
        input=inputs.ClaimAmendment,
        effect=effects.amend,
        audience=MEMBER_ROLE,
    ),
    Transition(
        name="attach",
        doc="The member attaches the files that prove the claim, in place of those before.",
        from_states=frozenset({DRAFT}),
        roles=MEMBER_ROLE,
        input=inputs.ClaimFiles,
        effect=effects.attach,
        audience=MEMBER_ROLE,
    ),
)

CLAIMS = Lifecycle(
    noun="claim",
    id_prefix="clm",
    model=Claim,
    facts=ClaimFacts,
    scope=CLAIMS_SCOPE,
    states=ClaimStatus,
    start=None,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    rows_to_lock=LOCK_BUDGETS,
)
