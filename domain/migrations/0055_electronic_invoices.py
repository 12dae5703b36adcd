"""Customers say how they receive invoices; two more categories of value added tax."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.billing.e_invoices.profiles import DocumentFormat
from domain.database.add_fields import AddFields
from domain.kernel.money import VatCategory

CATEGORIES = "STANDARD REDUCED EXEMPT REVERSE_CHARGE INTRA_COMMUNITY EXPORT ZERO_RATED OUT_OF_SCOPE"
FORMATS = "PDF XRECHNUNG_CII XRECHNUNG_UBL"
SCHEMES = "EMAIL LEITWEG_ID VAT_ID GLN"


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _vat_category() -> Any:
    return fields.CharEnumField(description=_described(CATEGORIES), enum_type=VatCategory, max_length=24)


class Migration(migrations.Migration):
    """Columns of customers, and the described values of columns."""

    dependencies = [("domain", "0054_known_devices")]
    operations = [
        AddFields(
            "Customer",
            document_format=fields.CharEnumField(
                default=DocumentFormat.PDF,
                db_default="PDF",
                description=_described(FORMATS),
                enum_type=DocumentFormat,
                max_length=16,
            ),
            buyer_reference=fields.CharField(default="", db_default="", max_length=100),
            electronic_address=fields.CharField(default="", db_default="", max_length=320),
            electronic_address_scheme=fields.CharEnumField(
                default=ElectronicAddressScheme.EMAIL,
                db_default="EMAIL",
                description=_described(SCHEMES),
                enum_type=ElectronicAddressScheme,
                max_length=16,
            ),
        ),
        *(
            ops.AlterField(model_name=model, name="vat_category", field=_vat_category())
            for model in ("BillableLine", "InvoiceItem", "PlannedInvoice", "TemplateInvoice")
        ),
    ]
