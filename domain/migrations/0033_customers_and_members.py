"""Members with address and bank account, contacts that are removed, customers that are merged, messages sent again."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.billing import immutability
from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.kernel.ids import new_id
from domain.parties.model import ContactState, CustomerState

# The history and the time of showing stay those of the customer when its row is merged into another one.
FOLLOWING = """CREATE OR REPLACE FUNCTION client_status_follows_customer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {statements} RETURN NULL; END $$"""
STATUS_FOLLOWS = (
    FOLLOWING.format(
        statements="""IF is_same_customer(OLD.customer_id, NEW.customer_id) THEN
        UPDATE client_statuses SET customer_id = NEW.customer_id WHERE id = NEW.id;
        UPDATE client_status_changes SET customer_id = NEW.customer_id
            WHERE order_id = NEW.id AND customer_id = OLD.customer_id;
    ELSE UPDATE client_statuses SET customer_id = NEW.customer_id, shown_since = NULL WHERE id = NEW.id; END IF;"""
    ),
    FOLLOWING.format(
        statements="UPDATE client_statuses SET customer_id = NEW.customer_id, shown_since = NULL WHERE id = NEW.id;"
    ),
)
FIRST_CONTACTS = (
    """UPDATE customers c SET default_contact_id =
    (SELECT k.id FROM contacts k WHERE k.customer_id = c.id ORDER BY k.id LIMIT 1)""",
    "SELECT 1",
)
MERGED_NAMES_ITS_CUSTOMER = ddl.check(
    "customers", "customers_merged_into_another", "(status = 'MERGED') = (merged_into_id IS NOT NULL)"
)
SMALLER_FIRST = ddl.check("distinct_customers", "distinct_customers_smaller_first", "customer_id < other_id")
PROPOSALS_ARE_DATED = ddl.check(
    "members",
    "members_proposals_are_dated",
    """proposed_at IS NOT NULL
    OR num_nonnulls(proposed_street, proposed_postcode, proposed_city, proposed_country, proposed_iban) = 0""",
)


def _computed(column: str, expression: str) -> tuple[str, str]:
    """A column by which customers are compared; the ORM knows nothing of it."""
    return (
        f"ALTER TABLE customers ADD COLUMN {column} text GENERATED ALWAYS AS ({expression}) STORED",
        f"ALTER TABLE customers DROP COLUMN {column}",
    )


forward, backward = ddl.run(
    immutability.SAME_CUSTOMER,
    immutability.KEEP_INVOICE_OF_MERGED,
    immutability.KEEP_LINES_OF_MERGED,
    STATUS_FOLLOWS,
    FIRST_CONTACTS,
    MERGED_NAMES_ITS_CUSTOMER,
    SMALLER_FIRST,
    PROPOSALS_ARE_DATED,
    _computed("vat_key", "nullif(upper(regexp_replace(vat_id, '[^0-9A-Za-z]', '', 'g')), '')"),
    _computed(
        "name_key",
        "lower(regexp_replace(btrim(legal_name), '\\s+', ' ', 'g')) || '|' || upper(regexp_replace(postcode, '\\s', '', 'g'))",
    ),
    ddl.index("customers_by_vat_key", "customers (vat_key)"),
    ddl.index("customers_by_name_key", "customers (name_key)"),
    ddl.index("customers_merged", "customers (merged_into_id) WHERE merged_into_id IS NOT NULL"),
    ddl.index("outbox_of_order", "outbox (order_id, id) WHERE order_id IS NOT NULL"),
    ddl.index("orders_of_contact", "orders (contact_id)"),
)


def _customer(column: str, related_name: str, **options: Any) -> Any:
    return fields.ForeignKeyField(
        "domain.Customer",
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )


def _address(prefix: str) -> dict[str, Any]:
    lengths = {"street": 200, "postcode": 20, "city": 100, "country": 2, "iban": 34}
    return {f"{prefix}{name}": fields.CharField(max_length=length, null=True) for name, length in lengths.items()}


class Migration(migrations.Migration):
    """Columns, a table of pairs, indexes, and what the database itself keeps."""

    dependencies = [("domain", "0032_who_made_an_order")]
    operations = [
        AddFields(
            "Customer",
            status=fields.CharEnumField(
                default=CustomerState.KNOWN,
                db_default="KNOWN",
                description="PROPOSED: PROPOSED\nKNOWN: KNOWN\nMERGED: MERGED",
                enum_type=CustomerState,
                max_length=16,
            ),
            default_contact_id=fields.UUIDField(null=True),
            merged_into=_customer("merged_into_id", "merged_customers", null=True),
        ),
        AddFields(
            "Contact",
            status=fields.CharEnumField(
                default=ContactState.KNOWN,
                db_default="KNOWN",
                description="KNOWN: KNOWN\nREMOVED: REMOVED",
                enum_type=ContactState,
                max_length=16,
            ),
        ),
        ops.CreateModel(
            name="DistinctCustomers",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("customer", _customer("customer_id", "distinct_from")),
                ("other", _customer("other_id", "distinct_to")),
            ],
            options={
                "table": "distinct_customers",
                "app": "domain",
                "unique_together": (("customer", "other"),),
                "pk_attr": "id",
                "table_description": "Two customers that look alike and are not the same, as an employee has decided; the smaller id comes first.",
            },
            bases=["Model"],
        ),
        AddFields(
            "Member",
            version=fields.IntField(default=1, db_default=1),
            **_address(""),
            **_address("proposed_"),
            proposed_at=fields.DatetimeField(null=True),
        ),
        AddFields(
            "OutboxMessage",
            resent_from_id=fields.UUIDField(null=True),
            version=fields.IntField(default=1, db_default=1),
        ),
        ops.RunSQL(forward, backward),
    ]
