"""Lifecycle of a payment file: written from approved claims, downloaded and sent to the bank, or discarded."""

from domain.claims import guards, inputs, payment_effects
from domain.claims.facts import PaymentFileFacts
from domain.claims.model import PaymentFile, PaymentFileStatus
from domain.claims.scope import PAYMENT_FILES_SCOPE
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import FINANCE_ROLE, Role

CREATED = PaymentFileStatus.CREATED
FINANCE_AND_ADMIN = frozenset({Role.FINANCE, Role.ADMIN})

PAYMENT_FILES = Lifecycle(
    noun="paymentFile",
    id_prefix="pay",
    model=PaymentFile,
    facts=PaymentFileFacts,
    scope=PAYMENT_FILES_SCOPE,
    states=PaymentFileStatus,
    start=None,
    transitions=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="Finance puts approved claims into one file for the bank; a claim stands in one file at a time.",
            roles=FINANCE_ROLE,
            to_state=CREATED,
            creates=True,
            input=inputs.PaymentFileInput,
            validators=(guards.execution_is_possible,),
            effect=payment_effects.create,
            audience=FINANCE_AND_ADMIN,
        ),
        Transition(
            name="markSent",
            weight=ActionWeight.PRIMARY,
            doc="Finance has given the file to the bank.",
            from_states=frozenset({CREATED}),
            to_state=PaymentFileStatus.SENT,
            roles=FINANCE_ROLE,
            effect=payment_effects.mark_sent,
            audience=FINANCE_AND_ADMIN,
        ),
        Transition(
            name="discard",
            weight=ActionWeight.DANGER,
            doc="The file is not given to the bank; its claims wait for another one.",
            from_states=frozenset({CREATED}),
            to_state=PaymentFileStatus.DISCARDED,
            roles=FINANCE_ROLE,
            guards=(guards.nothing_of_it_is_paid,),
            audience=FINANCE_AND_ADMIN,
        ),
    ),
)
