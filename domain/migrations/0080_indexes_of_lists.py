"""Lists of customers, accounts, lines and invoices are read in their order, and contacts by their customer."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

forward, backward = ddl.run(
    ddl.index("contacts_of_customer", "contacts (customer_id)"),
    ddl.index("customers_by_name", "customers (legal_name, id)"),
    ddl.index("accounts_by_name", "accounts (name, id)"),
    ddl.index("billable_lines_by_age", "billable_lines (created_at, id)"),
    ddl.index("invoices_by_age", "invoices (created_at, id)"),
)


class Migration(migrations.Migration):
    """Five indexes."""

    dependencies = [("domain", "0079_text_search")]
    operations = [ops.RunSQL(forward, backward)]
