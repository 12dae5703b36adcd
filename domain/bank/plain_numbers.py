"""Numbers of invoices as they stand in the reference of a transfer: without the signs that people leave out.

A transfer names an invoice in its own way, so what may be a number in it is looked up by an index of plain numbers.
What is owed has an index of its own, for transfers that name nothing but the amount.
"""

from domain.database import ddl
from domain.receivables.balance import OWED

# Letters and digits of a number; what is shorter or longer is not found by what is written with a transfer.
SHORTEST_NUMBER, LONGEST_NUMBER = 3, 24
OWED_CENTS = OWED.replace("{t}.", "")


def plain(text: str) -> str:
    """SQL: the text in capitals, without signs and blanks."""
    return f"translate(upper({text}), ' -/._:#+,', '')"


STATEMENTS = (
    ddl.index("invoices_plain_number", f"invoices (({plain('number')}))"),
    ddl.index("receivables_plain_number", f"receivables (({plain('opening_number')}))"),
    ddl.index("receivables_owed", f"receivables (currency, ({OWED_CENTS}), due_on, id) WHERE {OWED_CENTS} > 0"),
)
