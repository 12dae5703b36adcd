"""Orders, invoices, receivables and lines are found by the words of all their texts together, customers and members included."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain import text_search
from domain.database import ddl
from domain.search_tables.of_lists import SEARCH_TABLES

forward, backward = ddl.run(
    *(ddl.undo(pair) for pair in reversed(text_search.ORDER_STATEMENTS)),
    ddl.undo(text_search.index_of("invoices")),
    ddl.undo(text_search.index_of("receivables")),
    *(statement for table in SEARCH_TABLES for statement in table.statements),
)


class Migration(migrations.Migration):
    """Four tables with their triggers, in place of one table and two indexes."""

    dependencies = [("domain", "0113_open_of_bank_files")]
    operations = [ops.RunSQL(forward, backward)]
