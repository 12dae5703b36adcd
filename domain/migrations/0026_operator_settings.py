"""Everything a firm says about itself, and the numbers with which it continues."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.kernel.calendar import FederalState
from domain.kernel.ids import new_id
from domain.operator.model import TaxRegime

ONE_ROW = ("ALTER TABLE operator_settings DROP CONSTRAINT operator_settings_one_row", "SELECT 1")
UUID_KEY = (
    "ALTER TABLE operator_settings ALTER COLUMN id DROP DEFAULT, ALTER COLUMN id TYPE uuid USING uuidv7()",
    "ALTER TABLE operator_settings ALTER COLUMN id TYPE smallint USING 1, "
    "ADD CONSTRAINT operator_settings_one_row CHECK (id = 1)",
)
ONLY_ROW = ddl.index("operator_settings_only_row", "operator_settings ((TRUE))", unique=True)
PREFIXES_TO_FORMATS = (
    """UPDATE operator_settings SET invoice_format = invoice_prefix || '-{year}-{number:5}',
        cancellation_format = cancellation_prefix || '-{year}-{number:5}'""",
    """UPDATE operator_settings SET invoice_prefix = left(split_part(invoice_format, '-', 1), 8),
        cancellation_prefix = left(split_part(cancellation_format, '-', 1), 8)""",
)
DROP_PREFIXES = (
    "ALTER TABLE operator_settings DROP COLUMN invoice_prefix, DROP COLUMN cancellation_prefix",
    """ALTER TABLE operator_settings ADD COLUMN invoice_prefix varchar(8) NOT NULL DEFAULT 'RE',
        ADD COLUMN cancellation_prefix varchar(8) NOT NULL DEFAULT 'ST'""",
)
SERIES_FUNCTION = """CREATE OR REPLACE FUNCTION keep_number_series() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND NEW.last_sequence = {first} THEN RETURN NEW; END IF;
        IF TG_OP = 'UPDATE' AND NEW.key = OLD.key AND NEW.last_sequence = OLD.last_sequence + 1 THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a number series only counts on' USING ERRCODE = 'restrict_violation';
    END $$"""
SERIES_CONTINUE = (
    SERIES_FUNCTION.format(first="coalesce((SELECT s.first_number FROM series_starts s WHERE s.series = NEW.key), 1)"),
    SERIES_FUNCTION.format(first="1"),
)
KEEP_START = (
    """CREATE FUNCTION keep_series_start() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM number_series n WHERE n.key = coalesce(OLD.series, NEW.series)) THEN
            RAISE EXCEPTION 'the series has begun' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN coalesce(NEW, OLD);
    END $$""",
    "DROP FUNCTION keep_series_start()",
)
START_TRIGGER = (
    "CREATE TRIGGER series_starts_keep BEFORE INSERT OR UPDATE OR DELETE ON series_starts FOR EACH ROW "
    "EXECUTE FUNCTION keep_series_start()",
    "DROP TRIGGER series_starts_keep ON series_starts",
)

key_forward, key_backward = ddl.run(ONE_ROW, UUID_KEY, ONLY_ROW)
formats_forward, formats_backward = ddl.run(PREFIXES_TO_FORMATS, DROP_PREFIXES)
series_forward, series_backward = ddl.run(SERIES_CONTINUE, KEEP_START, START_TRIGGER)


class AlterFieldInStateOnly(ops.AlterField):
    """The column's type is changed by SQL, which can say how old values become new ones."""

    async def database_forward(self, *_: Any, **__: Any) -> None:
        """Nothing is left to do."""

    async def database_backward(self, *_: Any, **__: Any) -> None:
        """Nothing is left to do."""


class RemoveFieldFromStateOnly(ops.RemoveField):
    """The column is dropped by SQL, which can also bring it back filled."""

    async def database_forward(self, *_: Any, **__: Any) -> None:
        """Nothing is left to do."""

    async def database_backward(self, *_: Any, **__: Any) -> None:
        """Nothing is left to do."""


def add(name: str, field: Any) -> ops.AddField:
    return ops.AddField(model_name="OperatorSettings", name=name, field=field)


def text(longest: int) -> Any:
    return fields.CharField(max_length=longest, default="", db_default="")


def number_format(default: str) -> Any:
    return fields.CharField(max_length=30, default=default, db_default=default)


class Migration(migrations.Migration):
    """The settings, formats of numbers, and where series continue."""

    dependencies = [("domain", "0025_unused_indexes")]
    operations = [
        ops.RunSQL(key_forward, key_backward),
        AlterFieldInStateOnly(
            model_name="OperatorSettings",
            name="id",
            field=fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
        ),
        ops.AlterField(
            model_name="OperatorSettings",
            name="federal_state",
            field=fields.CharEnumField(
                description="\n".join(f"{state}: {state}" for state in FederalState),
                enum_type=FederalState,
                default=FederalState.BE,
                max_length=2,
            ),
        ),
        add("contact_name", text(200)),
        add("phone", text(50)),
        add("tax_number", text(20)),
        add(
            "tax_regime",
            fields.CharEnumField(
                description="\n".join(f"{regime}: {regime}" for regime in TaxRegime),
                enum_type=TaxRegime,
                default=TaxRegime.REGULAR,
                db_default="REGULAR",
                max_length=16,
            ),
        ),
        add("bic", text(11)),
        add("language", fields.CharField(max_length=2, default="de", db_default="de")),
        add("invoice_format", number_format("RE-{year}-{number:5}")),
        add("cancellation_format", number_format("ST-{year}-{number:5}")),
        add("imprint_de", fields.TextField(default="", db_default="", unique=False)),
        add("imprint_en", fields.TextField(default="", db_default="", unique=False)),
        add("privacy_de", fields.TextField(default="", db_default="", unique=False)),
        add("privacy_en", fields.TextField(default="", db_default="", unique=False)),
        add("support_contact", text(500)),
        add("accent_color", text(7)),
        add("logo", fields.TextField(null=True, unique=False)),
        ops.RunSQL(formats_forward, formats_backward),
        RemoveFieldFromStateOnly(model_name="OperatorSettings", name="invoice_prefix"),
        RemoveFieldFromStateOnly(model_name="OperatorSettings", name="cancellation_prefix"),
        ops.CreateModel(
            name="SeriesStart",
            fields=[
                ("series", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ("first_number", fields.IntField()),
            ],
            options={
                "table": "series_starts",
                "app": "domain",
                "pk_attr": "series",
                "table_description": "The first number of a series that another system has begun; it may be corrected "
                "until one is allocated.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(series_forward, series_backward),
    ]
