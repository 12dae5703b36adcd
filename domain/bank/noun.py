"""Bank files and their transactions as the registry knows them."""

from domain.bank.consequences import CONSEQUENCES
from domain.bank.lifecycle import BANK_FILES, BANK_TRANSACTIONS
from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

NOUN = Noun(
    lifecycles=(BANK_FILES, BANK_TRANSACTIONS),
    consequences=CONSEQUENCES,
    recipients={
        "bankFile": Recipients(caretaker=Role.FINANCE),
        "bankTransaction": Recipients(caretaker=Role.FINANCE),
    },
)
