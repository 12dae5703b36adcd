"""An account that changes itself acts in a role of its own; the columns hold it already."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.kernel.actors import Role

ROLES = "MEMBER CUSTOMER STAFF FINANCE ADMIN CLOCK ACCOUNT"
COLUMNS = (
    ("Session", "active_role"),
    ("ApiToken", "active_role"),
    ("Event", "actor_role"),
    ("OutboxMessage", "recipient_role"),
    ("BulkOperation", "role"),
)


class Migration(migrations.Migration):
    """One more role."""

    dependencies = [("domain", "0028_links_of_accounts")]
    operations = [
        ops.AlterField(
            model_name=model,
            name=name,
            field=fields.CharEnumField(
                description="\n".join(f"{role}: {role}" for role in ROLES.split()), enum_type=Role, max_length=16
            ),
        )
        for model, name in COLUMNS
    ]
