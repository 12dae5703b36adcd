"""Inputs of the commands of the operator's settings."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.kernel.calendar import FederalState
from domain.operator.model import CustomerAccess, TaxRegime

NUMBER_FORMAT_HINT = "a text with {number}, or {number:5} for five digits, at its end; {year} begins anew each year"


@dataclass(frozen=True, kw_only=True)
class OperatorDetails:
    """Who runs the platform: name, address, tax and bank, as invoices show them."""

    name_de: str = input_field("The name in German.", shortest=1, longest=200)
    name_en: str = input_field("The name in English.", shortest=1, longest=200)
    street: str = input_field("Street and number.", shortest=1, longest=200)
    postcode: str = input_field("Postcode.", shortest=1, longest=20)
    city: str = input_field("City.", shortest=1, longest=100)
    country: str = input_field("Country, as two letters.", default="DE", shortest=2, longest=2)
    email: str = input_field("Where the operator is written to.", shortest=3, longest=320)
    contact_name: str = input_field("Whom customers ask about an invoice.", default="", longest=200)
    phone: str = input_field("Their telephone number.", default="", longest=50)
    tax_regime: TaxRegime = input_field("Whether invoices show value added tax.", default=TaxRegime.REGULAR)
    vat_id: str = input_field("The VAT identification number.", default="", longest=30)
    tax_number: str = input_field(
        "The tax number, where there is no VAT identification number.", default="", longest=20
    )
    iban: str = input_field("The bank account to which customers pay.", default="", longest=42)
    bic: str = input_field("Its bank's identifier.", default="", longest=11)
    bank_name: str = input_field("Its bank.", default="", longest=200)


@dataclass(frozen=True, kw_only=True)
class OperatingRules:
    """How the platform works: its calendar, language, and what holds unless an order says otherwise."""

    zone: str = input_field("The time zone in which days begin and end.", default="Europe/Berlin", longest=64)
    federal_state: FederalState = input_field("The state whose public holidays count.", default=FederalState.BE)
    language: str = input_field("The language of people who have not chosen one: de or en.", default="de", longest=2)
    customer_access: CustomerAccess = input_field(
        "How much customers see unless an order says otherwise.", default=CustomerAccess.FULL
    )
    max_review_extensions: int = input_field("How often a customer may extend a review.", default=1, least=0, most=10)
    max_review_extension_days: int = input_field("By how many days at most.", default=3, least=1, most=60)
    late_after_hours: int = input_field(
        "How many hours after the agreed instant a delivery counts as late.", default=0, least=0, most=720
    )
    very_late_after_hours: int = input_field(
        "How many hours after it the delivery counts as very late.", default=72, least=1, most=2160
    )
    payment_days: int = input_field("How many days customers have to pay.", default=14, least=0, most=180)
    write_off_limit_euros: int = input_field(
        "Up to how many euros one person alone writes off what a customer owes; above it a second one agrees.",
        default=100,
        least=0,
        most=1_000_000,
    )
    claim_approval_limit_euros: int = input_field(
        "Up to how many euros one person alone approves a member's claim; above it two people agree.",
        default=1_000,
        least=0,
        most=1_000_000,
    )
    guarantee_pays_at_posting: bool = input_field(
        "Whether a guaranteed invoice counts in the budget of its member once it is posted, before it is paid.",
        default=False,
    )
    supplements_are_confirmed: bool = input_field(
        "Whether customers are asked to confirm a proposed invoice that makes their order's total grow.", default=False
    )
    supplement_days: int = input_field("How many days they have to answer.", default=14, least=1, most=90)
    staff_second_factor_required: bool = input_field(
        "Whether staff, finance and administrators need a second factor to sign in.", default=False
    )
    invoice_retention_years: int = input_field(
        "How many years issued invoices are kept from the end of their year: 8 by law, up to 10.",
        default=8,
        least=8,
        most=10,
    )


@dataclass(frozen=True, kw_only=True)
class NumberFormats:
    """How orders and documents are numbered. A first number continues a series that another system has begun."""

    order_prefix: str = input_field("What the numbers of orders begin with.", default="AF", shortest=1, longest=8)
    invoice_format: str = input_field(
        f"The numbers of invoices: {NUMBER_FORMAT_HINT}.", default="RE-{year}-{number:5}", shortest=8, longest=30
    )
    cancellation_format: str = input_field(
        f"Those of cancellation invoices: {NUMBER_FORMAT_HINT}.",
        default="ST-{year}-{number:5}",
        shortest=8,
        longest=30,
    )
    first_invoice_number: int | None = input_field(
        "The number of the next invoice, before the first one is issued.", default=None, least=1, most=99_999_999
    )
    first_cancellation_number: int | None = input_field(
        "The number of the next cancellation invoice, before the first one is issued.",
        default=None,
        least=1,
        most=99_999_999,
    )
    first_numbers_year: int | None = input_field(
        "The year of the documents whose series begin with these numbers; this year if empty.",
        default=None,
        least=2000,
        most=2100,
    )


@dataclass(frozen=True, kw_only=True)
class LegalTexts:
    """What the law wants on every public page, and whom people turn to."""

    imprint_de: str = input_field("The imprint in German.", default="", longest=20_000)
    imprint_en: str = input_field("The imprint in English.", default="", longest=20_000)
    privacy_de: str = input_field("The privacy notice in German.", default="", longest=50_000)
    privacy_en: str = input_field("The privacy notice in English.", default="", longest=50_000)
    withdrawal_de: str = input_field(
        "The withdrawal notice in German, which consumers read beside an offer.", default="", longest=20_000
    )
    withdrawal_en: str = input_field("The withdrawal notice in English.", default="", longest=20_000)
    support_contact: str = input_field("Whom people turn to: a telephone number, an address.", default="", longest=500)


@dataclass(frozen=True, kw_only=True)
class Branding:
    """How pages, mails and documents look."""

    accent_color: str = input_field("The colour of buttons and links, like #0f766e.", default="", longest=7)
    logo: str | None = input_field("The logo: a PNG of at most 200 KB, in base64.", default=None, longest=280_000)


@dataclass(frozen=True, kw_only=True)
class FeeInput:
    """The operator's fee from a day on."""

    percent: Decimal = input_field("The fee in percent of net.")
    holds_from: date = input_field("The first day on which it holds, for orders submitted from then on.")


@dataclass(frozen=True, kw_only=True)
class ApprovalWorkflow:
    """Whether invoices need the approval of a second person."""

    approval_workflow: bool = input_field("Whether invoices are approved before they are issued.")


@dataclass(frozen=True, kw_only=True)
class Administrator:
    """The first administrator."""

    name: str = input_field("The administrator's name.", shortest=1, longest=200)
    email: str = input_field("The address to sign in with.", shortest=3, longest=320)


@dataclass(frozen=True, kw_only=True)
class FirstSetup:
    """Everything a fresh installation asks for; the caller has checked and hashed the administrator's password."""

    details: OperatorDetails = input_field("Who runs the platform.")
    rules: OperatingRules = input_field("How it works.")
    numbers: NumberFormats = input_field("How orders and documents are numbered.")
    fee_percent: Decimal = input_field("The operator's fee in percent of net.", default=Decimal(9))
    approval_workflow: bool = input_field("Whether invoices are approved before they are issued.", default=False)
    administrator: Administrator = input_field("Who administers it first.")
    password_hash: str = input_field("The hash of the administrator's password.", shortest=1, longest=200)


DetailsAmendment = amendment_of(OperatorDetails, "DetailsAmendment")
RulesAmendment = amendment_of(OperatingRules, "RulesAmendment")
NumbersAmendment = amendment_of(NumberFormats, "NumbersAmendment")
TextsAmendment = amendment_of(LegalTexts, "TextsAmendment")
BrandingAmendment = amendment_of(Branding, "BrandingAmendment")
