"""What is rare among a million rows is found by an index, and the register of numbers counts each series once."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.billing.register import GAPS_VIEW, SERIES_VIEW
from domain.database import ddl
from domain.receivables.balance import OVERPAID

BY_DUE_DAY = "receivables (coalesce(due_on, '9999-12-31'::date), id)"
INDEXES = (
    ddl.index("outbox_unsent", "outbox (state, id) WHERE state <> 'SENT'"),
    ddl.index("document_numbers_of_series", "document_numbers (series, allocated_at, invoice_id)"),
    ddl.index("invoices_of_status_by_issue", "invoices (status, issued_on) WHERE issued_on IS NOT NULL"),
    ddl.index("receivables_overpaid", f"{BY_DUE_DAY} WHERE {OVERPAID.format(t='receivables')} > 0"),
    ddl.index("receivables_paused", f"{BY_DUE_DAY} WHERE reminders_paused_until IS NOT NULL"),
)
# The index of all that was not sent finds these, too.
NOT_SENT = (
    ddl.index("outbox_failed", "outbox (id) WHERE state = 'FAILED'"),
    ddl.index("outbox_bounced", "outbox (id) WHERE state = 'BOUNCED'"),
)
# The first ten of a contact's orders are found without the others.
OF_CONTACT = ddl.undo(ddl.index("orders_of_contact", "orders (contact_id)"))
OF_CONTACT_BY_NUMBER = ddl.index("orders_of_contact", "orders (contact_id, number)")


def replaced(view: tuple[str, str]) -> tuple[str, str]:
    """The view with other contents and the same columns, to which some may have been added."""
    statement = view[0].replace("CREATE", "CREATE OR REPLACE", 1)
    return statement, statement


forward, backward = ddl.run(
    *INDEXES, *map(ddl.undo, NOT_SENT), OF_CONTACT, OF_CONTACT_BY_NUMBER, replaced(SERIES_VIEW), replaced(GAPS_VIEW)
)


class Migration(migrations.Migration):
    """Six indexes instead of three, and two views."""

    dependencies = [("domain", "0128_sorted_lists")]
    operations = [ops.RunSQL(forward, backward)]
