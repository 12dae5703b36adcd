"""A contact has one open reply link for each order, and owns the files that they upload by it."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.access.model import LinkPurpose
from domain.database import ddl
from domain.uploads import immutability

PURPOSES = "OFFER REVIEW STATUS SUPPLEMENT DUE REPLY INVITATION RESET EMAIL EMAIL_UNDO"
ONE_OF_ORDER = ddl.index(
    "links_reply_of_contact",
    "links (order_id, contact_id) WHERE purpose = 'REPLY' AND ended_at IS NULL",
    unique=True,
)
OF_CONTACT_AND_ORDER = ddl.check(
    "links", "links_reply_is_of_order", "purpose <> 'REPLY' OR order_id IS NOT NULL AND contact_id IS NOT NULL"
)
forward, backward = ddl.run(ONE_OF_ORDER, OF_CONTACT_AND_ORDER, *immutability.CONTACT_STATEMENTS)


class Migration(migrations.Migration):
    """A purpose of links, and a third owner of files."""

    dependencies = [("domain", "0116_lines_at_size")]
    operations = [
        ops.AlterField(
            model_name="Link",
            name="purpose",
            field=fields.CharEnumField(
                description="\n".join(f"{name}: {name}" for name in PURPOSES.split()),
                enum_type=LinkPurpose,
                max_length=16,
            ),
        ),
        ops.AlterModelOptions(
            name="Link",
            options={
                "pk_attr": "id",
                "table_description": "A signed link mailed to a contact about an order, or to an account, for one "
                "purpose. Expires in real time.",
            },
        ),
        ops.AddField(model_name="File", name="contact_id", field=fields.UUIDField(null=True)),
        ops.AlterModelOptions(
            name="File",
            options={
                "pk_attr": "id",
                "table_description": "A file of a member, account or contact. Its bytes are one object of the "
                "storage once FINISHED, and parts before.",
            },
        ),
        ops.RunSQL(forward, backward),
    ]
