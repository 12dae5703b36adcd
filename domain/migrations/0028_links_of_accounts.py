"""A mailed link belongs to a contact, about an order or not, or to an account."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_generator.state import State

from domain.access.model import LinkPurpose
from domain.database import ddl

PURPOSES = "OFFER REVIEW INVITATION RESET EMAIL EMAIL_UNDO"
ONE_HOLDER = ddl.check(
    "links",
    "links_one_holder",
    "num_nonnulls(contact_id, account_id) = 1 AND (account_id IS NULL OR order_id IS NULL)",
)
OF_ACCOUNT = ddl.index("links_of_account", "links (account_id, purpose) WHERE account_id IS NOT NULL")
OF_CONTACT = ddl.index("links_of_contact", "links (contact_id) WHERE contact_id IS NOT NULL")

forward, backward = ddl.run(ONE_HOLDER, OF_ACCOUNT, OF_CONTACT)


class DescribeLinks(ops.TortoiseOperation):
    """The description of the table follows the first line of its model."""

    def describe(self) -> str:
        return "Describe links"

    def state_forward(self, app_label: str, state: State) -> None:
        options = self.get_model_state(state, app_label, "Link").options
        options["table_description"] = (
            "A signed link mailed to a contact about an order, or to an account, for one purpose. Expires in real time."
        )


class Migration(migrations.Migration):
    """Columns, a rule and indexes."""

    dependencies = [("domain", "0027_accounts")]
    operations = [
        ops.AlterField(
            model_name="Link",
            name="purpose",
            field=fields.CharEnumField(
                description="\n".join(f"{purpose}: {purpose}" for purpose in PURPOSES.split()),
                enum_type=LinkPurpose,
                max_length=16,
            ),
        ),
        ops.AlterField(
            model_name="Link",
            name="order",
            field=fields.ForeignKeyField(
                "domain.Order",
                source_field="order_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="links",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AlterField(
            model_name="Link",
            name="contact",
            field=fields.ForeignKeyField(
                "domain.Contact",
                source_field="contact_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="links",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Link",
            name="account",
            field=fields.ForeignKeyField(
                "domain.Account",
                source_field="account_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="links",
                on_delete=OnDelete.CASCADE,
            ),
        ),
        DescribeLinks(),
        ops.RunSQL(forward, backward),
    ]
