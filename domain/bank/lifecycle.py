"""Lifecycles of bank files, which are imported as a whole, and of their transactions, which pay receivables."""

from domain.bank import effects, guards, inputs
from domain.bank.facts import BankFileFacts, BankTransactionFacts
from domain.bank.model import BankFile, BankFileStatus, BankTransaction, BankTransactionStatus
from domain.bank.scope import BANK_FILES_SCOPE, BANK_TRANSACTIONS_SCOPE
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE, Role

OPEN, BOOKED, SET_ASIDE = (
    BankTransactionStatus.OPEN,
    BankTransactionStatus.BOOKED,
    BankTransactionStatus.SET_ASIDE,
)
FINANCE_AND_ADMIN = frozenset({Role.FINANCE, Role.ADMIN})

BANK_FILES = Lifecycle(
    noun="bankFile",
    id_prefix="bkf",
    model=BankFile,
    facts=BankFileFacts,
    scope=BANK_FILES_SCOPE,
    states=BankFileStatus,
    start=None,
    transitions=(
        Transition(
            name="import",
            weight=ActionWeight.PRIMARY,
            doc="Read a file of the bank as a whole, or refuse it with line and reason; no file is read twice.",
            roles=FINANCE_ROLE | CLOCK_ROLE,
            to_state=BankFileStatus.IMPORTED,
            creates=True,
            input=inputs.BankFileContent,
            effect=effects.import_file,
            audience=FINANCE_AND_ADMIN,
        ),
    ),
    commands=(
        Transition(
            name="bookSuggestions",
            weight=ActionWeight.PRIMARY,
            doc="Book what is sure enough of the file; what is not stays in the list.",
            from_states=frozenset({BankFileStatus.IMPORTED}),
            roles=FINANCE_ROLE,
            input=inputs.LeastConfidence,
            guards=(guards.something_is_open,),
            effect=effects.book_suggestions,
            audience=FINANCE_AND_ADMIN,
        ),
    ),
)

BANK_TRANSACTIONS = Lifecycle(
    noun="bankTransaction",
    id_prefix="btx",
    model=BankTransaction,
    facts=BankTransactionFacts,
    scope=BANK_TRANSACTIONS_SCOPE,
    states=BankTransactionStatus,
    start=None,
    states_set_elsewhere=frozenset({OPEN, SET_ASIDE}),
    transitions=(
        Transition(
            name="book",
            weight=ActionWeight.PRIMARY,
            doc="Finance says which receivables the transaction pays.",
            from_states=frozenset({OPEN}),
            to_state=BOOKED,
            roles=FINANCE_ROLE,
            input=inputs.Booking,
            guards=(guards.money_came_in,),
            validators=(guards.shares_add_up,),
            effect=effects.note_shares,
            audience=FINANCE_AND_ADMIN,
        ),
        Transition(
            name="undo",
            doc="What was booked of it is taken back; the transaction is open again.",
            from_states=frozenset({BOOKED}),
            to_state=OPEN,
            roles=FINANCE_ROLE,
            input=inputs.Undoing,
            effect=effects.note_reason,
            audience=FINANCE_AND_ADMIN,
        ),
        Transition(
            name="setAside",
            doc="The transaction pays no invoice.",
            from_states=frozenset({OPEN}),
            to_state=SET_ASIDE,
            roles=FINANCE_ROLE,
            input=inputs.SettingAside,
            effect=effects.set_aside,
            audience=FINANCE_AND_ADMIN,
        ),
        Transition(
            name="restore",
            doc="The transaction may pay an invoice after all.",
            from_states=frozenset({SET_ASIDE}),
            to_state=OPEN,
            roles=FINANCE_ROLE,
            guards=(guards.money_came_in,),
            effect=effects.restore,
            audience=FINANCE_AND_ADMIN,
        ),
    ),
)
