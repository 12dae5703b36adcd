"""A contact has one open status link, which belongs to no order and opens their work in progress."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.access.model import LinkEnd, LinkPurpose
from domain.database import ddl

PURPOSES = "OFFER REVIEW STATUS INVITATION RESET EMAIL EMAIL_UNDO"
ENDS = "USED SUPERSEDED CHANGES_REQUESTED WITHDRAWN OFFER_EXPIRED CLOSED CONTACT_REMOVED"


def _members(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


forward, backward = ddl.run(
    ddl.index(
        "links_status_of_contact", "links (contact_id) WHERE purpose = 'STATUS' AND ended_at IS NULL", unique=True
    ),
    ddl.check("links", "links_of_order", "order_id IS NOT NULL OR purpose NOT IN ('OFFER', 'REVIEW')"),
)


class Migration(migrations.Migration):
    """A purpose, a reason to end, and one such open link for each contact."""

    dependencies = [("domain", "0030_security_of_accounts")]
    operations = [
        ops.AlterField(
            model_name="Link",
            name="purpose",
            field=fields.CharEnumField(description=_members(PURPOSES), enum_type=LinkPurpose, max_length=16),
        ),
        ops.AlterField(
            model_name="Link",
            name="end",
            field=fields.CharEnumField(null=True, description=_members(ENDS), enum_type=LinkEnd, max_length=32),
        ),
        ops.RunSQL(forward, backward),
    ]
