"""Queries of what customers owe, what the bank booked and what members have."""

import strawberry

from domain.bank.scope import BANK_FILES_SCOPE, BANK_TRANSACTIONS_SCOPE
from domain.budgets.scope import BUDGETS_SCOPE
from domain.claims.scope import CLAIMS_SCOPE, PAYMENT_FILES_SCOPE
from domain.receivables.overdue_ages import OVERDUE_AGES_SCOPE
from domain.receivables.scope import RECEIVABLES_SCOPE
from schema.declarations.fields import connection, lookup, to_many
from schema.operations.bank.files import BANK_FILE_SORTS, BankFile, BankFileWhere
from schema.operations.bank.transactions import BANK_TRANSACTION_SORTS, BankTransaction, BankTransactionWhere
from schema.operations.budgets.budget import MEMBER_BUDGET_SORTS, MemberBudget, MemberBudgetWhere
from schema.operations.claims.claim import Claim
from schema.operations.claims.lists import CLAIM_SORTS, ClaimWhere
from schema.operations.claims.payment_files import PAYMENT_FILE_SORTS, PaymentFile, PaymentFileWhere
from schema.operations.receivables.filters import RECEIVABLE_SORTS, ReceivableWhere
from schema.operations.receivables.lists import SUMS, ReceivableConnection
from schema.operations.receivables.overdue_ages import OverdueSum
from schema.operations.receivables.receivable import Receivable
from schema.shared.pagination import Connection


@strawberry.type
class MoneyQueries:
    """Queries of what customers owe, what the bank booked and what members have."""

    receivable: Receivable | None = lookup(
        RECEIVABLES_SCOPE, column_name="id", id_prefix="rcv", description="One receivable."
    )
    receivables: ReceivableConnection = connection(
        RECEIVABLES_SCOPE,
        filters=ReceivableWhere,
        sorts=RECEIVABLE_SORTS,
        sums=SUMS,
        description="Receivables, the open items of customers, those due first by default.",
    )
    overdue_sums: list[OverdueSum] = to_many(
        OVERDUE_AGES_SCOPE,
        on="TRUE",
        order="{t}.currency, {t}.age",
        limit=100,
        description="What is overdue by age and currency, for finance; ages without any are left out.",
    )
    bank_file: BankFile | None = lookup(
        BANK_FILES_SCOPE, column_name="id", id_prefix="bkf", description="One bank file, for finance."
    )
    bank_files: Connection[BankFile] = connection(
        BANK_FILES_SCOPE,
        filters=BankFileWhere,
        sorts=BANK_FILE_SORTS,
        description="Files of the bank, for finance, the newest first.",
    )
    bank_transaction: BankTransaction | None = lookup(
        BANK_TRANSACTIONS_SCOPE, column_name="id", id_prefix="btx", description="One transaction, for finance."
    )
    bank_transactions: Connection[BankTransaction] = connection(
        BANK_TRANSACTIONS_SCOPE,
        filters=BankTransactionWhere,
        sorts=BANK_TRANSACTION_SORTS,
        description="What the bank booked, for finance, the newest first.",
    )
    member_budget: MemberBudget | None = lookup(
        BUDGETS_SCOPE, column_name="id", id_prefix="bud", description="The budget of a member."
    )
    member_budgets: Connection[MemberBudget] = connection(
        BUDGETS_SCOPE,
        filters=MemberBudgetWhere,
        sorts=MEMBER_BUDGET_SORTS,
        description="Budgets, by their members: all for finance, their own for a member.",
    )
    claim: Claim | None = lookup(CLAIMS_SCOPE, column_name="id", id_prefix="clm", description="One claim.")
    claims: Connection[Claim] = connection(
        CLAIMS_SCOPE,
        filters=ClaimWhere,
        sorts=CLAIM_SORTS,
        description="Claims, the newest first: all that were submitted for finance, their own for a member.",
    )
    payment_file: PaymentFile | None = lookup(
        PAYMENT_FILES_SCOPE, column_name="id", id_prefix="pay", description="One payment file, for finance."
    )
    payment_files: Connection[PaymentFile] = connection(
        PAYMENT_FILES_SCOPE,
        filters=PaymentFileWhere,
        sorts=PAYMENT_FILE_SORTS,
        description="Payment files, for finance, the newest first.",
    )
