"""Lists of money are read in their order and searched by indexes; few settings have all drafts checked anew."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain import text_search
from domain.billing.documents.requests import OPERATOR_IS_JUDGED_ANEW
from domain.database import ddl
from domain.receivables.balance import REMAINING

BY_DAY = "receivables (coalesce(due_on, '9999-12-31'::date), id)"
forward, backward = ddl.run(
    ddl.index("receivables_by_day", BY_DAY),
    ddl.index("receivables_remaining_in_order", f"{BY_DAY} WHERE {REMAINING.replace('{t}.', '')} > 0"),
    ddl.index("receivables_of_customer", "receivables (customer_id) WHERE invoice_id IS NULL"),
    ddl.index("claims_by_age", "claims (created_at, id)"),
    ddl.index("bank_transactions_by_day", "bank_transactions (booked_on, id)"),
    *text_search.MONEY_STATEMENTS,
    OPERATOR_IS_JUDGED_ANEW,
)


class Migration(migrations.Migration):
    """Eight indexes and a trigger."""

    dependencies = [("domain", "0101_review_extensions")]
    operations = [ops.RunSQL(forward, backward)]
