"""Each change of a client status names the customer it was told; a draft may be meant for somebody else later."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

FOLLOWING = """CREATE OR REPLACE FUNCTION client_status_follows_customer() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE client_statuses SET {set} WHERE id = NEW.id; RETURN NULL; END $$"""
NOBODY_WAS_TOLD_YET = (
    FOLLOWING.format(set="customer_id = NEW.customer_id, shown_since = NULL"),
    FOLLOWING.format(set="customer_id = NEW.customer_id"),
)
KNOWN_CUSTOMERS = (
    "UPDATE client_status_changes c SET customer_id = o.customer_id FROM orders o WHERE o.id = c.order_id",
    "SELECT 1",
)

forward, backward = ddl.run(NOBODY_WAS_TOLD_YET, KNOWN_CUSTOMERS)


class Migration(migrations.Migration):
    """A column of the history, and the trigger."""

    dependencies = [("domain", "0010_results_of_operations")]
    operations = [
        ops.AddField(model_name="ClientStatusChange", name="customer_id", field=fields.UUIDField(null=True)),
        ops.RunSQL(forward, backward),
    ]
