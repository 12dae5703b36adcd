"""The operator's settings as rows."""

from enum import StrEnum

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.calendar import FederalState
from domain.kernel.ids import new_id


class CustomerAccess(StrEnum):
    """How much of an order its customer sees."""

    FULL = "FULL"
    STATUS_ONLY = "STATUS_ONLY"


class TaxRegime(StrEnum):
    """Whether invoices show value added tax: a small business (section 19 UStG) shows none."""

    REGULAR = "REGULAR"
    SMALL_BUSINESS = "SMALL_BUSINESS"


class ChartOfAccounts(StrEnum):
    """The standard chart of accounts of the operator's bookkeeping."""

    SKR03 = "SKR03"
    SKR04 = "SKR04"


class OperatorSettings(Model):
    """The one row of settings; every change of it is audited.

    The formats of document numbers are those of `kernel/number_format`; `logo` is a PNG in base64.
    Accounts of the ledger (`ledger_bank` and what follows) are those of the chart where they are null.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    name_de = fields.CharField(max_length=200)
    name_en = fields.CharField(max_length=200)
    street = fields.CharField(max_length=200)
    postcode = fields.CharField(max_length=20)
    city = fields.CharField(max_length=100)
    country = fields.CharField(max_length=2, default="DE")
    email = fields.CharField(max_length=320)
    contact_name = fields.CharField(max_length=200, default="", db_default="")
    phone = fields.CharField(max_length=50, default="", db_default="")
    vat_id = fields.CharField(max_length=20)
    tax_number = fields.CharField(max_length=20, default="", db_default="")
    tax_regime = fields.CharEnumField(TaxRegime, max_length=16, default=TaxRegime.REGULAR, db_default="REGULAR")
    iban = fields.CharField(max_length=34)
    bic = fields.CharField(max_length=11, default="", db_default="")
    bank_name = fields.CharField(max_length=200)
    zone = fields.CharField(max_length=64, default="Europe/Berlin")
    federal_state = fields.CharEnumField(FederalState, max_length=2, default=FederalState.BE)
    language = fields.CharField(max_length=2, default="de", db_default="de")
    approval_workflow = fields.BooleanField(default=False)
    customer_access = fields.CharEnumField(CustomerAccess, max_length=16, default=CustomerAccess.FULL)
    max_review_extensions = fields.IntField(default=1)
    max_review_extension_days = fields.IntField(default=3)
    late_after_hours = fields.IntField(default=0, db_default=0)
    very_late_after_hours = fields.IntField(default=72, db_default=72)
    supplements_are_confirmed = fields.BooleanField(default=False, db_default=False)
    supplement_days = fields.IntField(default=14, db_default=14)
    payment_days = fields.IntField(default=14)
    write_off_limit_euros = fields.IntField(default=100, db_default=100)
    claim_approval_limit_euros = fields.IntField(default=1_000, db_default=1_000)
    reminders_are_automatic = fields.BooleanField(default=True, db_default=True)
    friendly_reminder_days = fields.IntField(default=7, db_default=7)
    first_reminder_days = fields.IntField(default=14, db_default=14)
    formal_reminder_days = fields.IntField(default=21, db_default=21)
    friendly_reminder_fee = fields.DecimalField(max_digits=8, decimal_places=2, default=0, db_default=0)
    first_reminder_fee = fields.DecimalField(max_digits=8, decimal_places=2, default=0, db_default=0)
    formal_reminder_fee = fields.DecimalField(max_digits=8, decimal_places=2, default=0, db_default=0)
    interest_is_charged = fields.BooleanField(default=False, db_default=False)
    friendly_reminder_de = fields.TextField(default="", db_default="")
    friendly_reminder_en = fields.TextField(default="", db_default="")
    first_reminder_de = fields.TextField(default="", db_default="")
    first_reminder_en = fields.TextField(default="", db_default="")
    formal_reminder_de = fields.TextField(default="", db_default="")
    formal_reminder_en = fields.TextField(default="", db_default="")
    guarantee_pays_at_posting = fields.BooleanField(default=False, db_default=False)
    chart_of_accounts = fields.CharEnumField(
        ChartOfAccounts, max_length=8, default=ChartOfAccounts.SKR03, db_default="SKR03"
    )
    ledger_consultant = fields.IntField(null=True)
    ledger_client = fields.IntField(null=True)
    fiscal_year_month = fields.IntField(default=1, db_default=1)
    ledger_digits = fields.IntField(default=4, db_default=4)
    ledger_bank = fields.IntField(null=True)
    ledger_first_customer = fields.IntField(null=True)
    ledger_revenue_standard = fields.IntField(null=True)
    ledger_revenue_reduced = fields.IntField(null=True)
    ledger_revenue_exempt = fields.IntField(null=True)
    ledger_revenue_small_business = fields.IntField(null=True)
    ledger_revenue_reverse_charge = fields.IntField(null=True)
    ledger_revenue_intra_community = fields.IntField(null=True)
    ledger_revenue_export = fields.IntField(null=True)
    ledger_revenue_zero_rated = fields.IntField(null=True)
    ledger_revenue_out_of_scope = fields.IntField(null=True)
    ledger_loss_standard = fields.IntField(null=True)
    ledger_loss_reduced = fields.IntField(null=True)
    ledger_loss_untaxed = fields.IntField(null=True)
    ledger_charge_fees = fields.IntField(null=True)
    ledger_charge_interest = fields.IntField(null=True)
    further_ibans = fields.CharField(max_length=500, default="", db_default="")
    order_prefix = fields.CharField(max_length=8, default="AF")
    invoice_format = fields.CharField(max_length=30, default="RE-{year}-{number:5}", db_default="RE-{year}-{number:5}")
    cancellation_format = fields.CharField(
        max_length=30, default="ST-{year}-{number:5}", db_default="ST-{year}-{number:5}"
    )
    imprint_de = fields.TextField(default="", db_default="")
    imprint_en = fields.TextField(default="", db_default="")
    privacy_de = fields.TextField(default="", db_default="")
    privacy_en = fields.TextField(default="", db_default="")
    withdrawal_de = fields.TextField(default="", db_default="")
    withdrawal_en = fields.TextField(default="", db_default="")
    support_contact = fields.CharField(max_length=500, default="", db_default="")
    accent_color = fields.CharField(max_length=7, default="", db_default="")
    logo = fields.TextField(null=True)
    staff_second_factor_required = fields.BooleanField(default=False, db_default=False)
    invoice_retention_years = fields.IntField(default=8, db_default=8)
    verification_requested_at = fields.DatetimeField(null=True)
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


class BaseRate(Model):
    """The base rate of statutory interest in percent, and the day from which it holds."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    holds_from = fields.DateField(unique=True)
    percent = fields.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        table = "base_rates"


class SeriesStart(Model):
    """The first number of a series that another system has begun; it may be corrected until one is allocated.

    `set_by` is the name of the administrator who set it last, and `set_at` when; unknown for the oldest ones.
    """

    series = fields.CharField(primary_key=True, max_length=40)
    first_number = fields.IntField()
    set_at = fields.DatetimeField(null=True)
    set_by = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "series_starts"
