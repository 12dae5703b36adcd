"""Claims and payment files as the registry knows them."""

from domain.claims.consequences import CONSEQUENCES
from domain.claims.lifecycle import CLAIMS
from domain.claims.payment_lifecycle import PAYMENT_FILES
from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

MEMBER = """SELECT m.account_id, NULL::uuid, NULL::uuid FROM claims c JOIN members m ON m.id = c.member_id
    WHERE c.id = {subject}"""

NOUN = Noun(
    lifecycles=(CLAIMS, PAYMENT_FILES),
    consequences=CONSEQUENCES,
    recipients={
        "claim": Recipients(queries={Role.MEMBER: MEMBER}, caretaker=Role.FINANCE),
        "paymentFile": Recipients(caretaker=Role.FINANCE),
    },
)
