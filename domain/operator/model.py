"""The operator's settings as rows."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from domain.kernel.ids import new_id


class CustomerAccess(StrEnum):
    """How much of an order its customer sees."""

    FULL = "FULL"
    STATUS_ONLY = "STATUS_ONLY"


class OperatorSettings(Model):
    """The one row of settings; every change of it is audited."""

    id = fields.SmallIntField(primary_key=True, default=1)
    name_de = fields.CharField(max_length=200)
    name_en = fields.CharField(max_length=200)
    street = fields.CharField(max_length=200)
    postcode = fields.CharField(max_length=20)
    city = fields.CharField(max_length=100)
    country = fields.CharField(max_length=2, default="DE")
    email = fields.CharField(max_length=320)
    vat_id = fields.CharField(max_length=20)
    iban = fields.CharField(max_length=34)
    bank_name = fields.CharField(max_length=200)
    zone = fields.CharField(max_length=64, default="Europe/Berlin")
    federal_state = fields.CharField(max_length=2, default="BE")
    approval_workflow = fields.BooleanField(default=False)
    customer_access = fields.CharEnumField(CustomerAccess, max_length=16, default=CustomerAccess.FULL)
    max_review_extensions = fields.IntField(default=1)
    max_review_extension_days = fields.IntField(default=3)
    payment_days = fields.IntField(default=14)
    order_prefix = fields.CharField(max_length=8, default="AF")
    invoice_prefix = fields.CharField(max_length=8, default="RE")
    cancellation_prefix = fields.CharField(max_length=8, default="ST")
    version = fields.IntField(default=1)

    class Meta:
        table = "operator_settings"


class FeeRate(Model):
    """The operator's fee in percent of net, and the date from which it applies."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    holds_from = fields.DateField(unique=True)
    percent = fields.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        table = "fee_rates"
