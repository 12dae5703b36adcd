"""Scopes of bank files and their transactions: finance's alone."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

FINANCE = {ActorKind.FINANCE: EVERYTHING, ActorKind.ADMIN: EVERYTHING, ActorKind.CLOCK: EVERYTHING}

BANK_FILES_SCOPE = ScopedTable(name="bank_files", table="bank_files", predicates=FINANCE)
BANK_TRANSACTIONS_SCOPE = ScopedTable(name="bank_transactions", table="bank_transactions", predicates=FINANCE)
