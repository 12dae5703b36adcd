"""The domain's fixed sets of values as GraphQL enums, every value with its meaning."""

from enum import EnumMeta
from typing import TypeVar

import strawberry

from domain.accounts.model import OrderAccess
from domain.billing.documents.files import DocumentKind
from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.billing.e_invoices.profiles import DocumentFormat
from domain.billing.model import InvoiceKind
from domain.client_status.model import KeptUntil, StatusOrigin, Visibility
from domain.deliveries.model import AcceptedBy
from domain.engine.lifecycle import ActionWeight
from domain.engine.model import DeadlineState
from domain.kernel.actors import Role
from domain.kernel.calendar import FederalState
from domain.kernel.errors import Code as Code
from domain.kernel.money import Currency, VatCategory
from domain.operator.model import ChartOfAccounts, CustomerAccess, TaxRegime
from domain.orders.model import ReviewStart, ReviewUnit
from domain.parties.model import CustomerKind, StatusMails

E = TypeVar("E", bound=EnumMeta)


def describe_enum(values: E, description: str, **meanings: str) -> E:
    """Make a GraphQL enum of a set of values; every member gets its meaning, none may be left out."""
    made = strawberry.enum(values, description=description)
    for value in made.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = meanings[value.name]
    return made


describe_enum(
    Role,
    "In what capacity somebody acts.",
    MEMBER="A provider, who owns orders.",
    CUSTOMER="A contact of a customer.",
    STAFF="An employee who reviews orders and takes care of them.",
    FINANCE="An employee who takes care of lines and invoices.",
    ADMIN="An administrator, who may do what staff and finance may.",
    CLOCK="The system itself.",
    ACCOUNT="An account that changes itself; no account has this role.",
)
describe_enum(
    Code,
    "The kinds of refusal; each is a type of its own.",
    ILLEGAL_TRANSITION="Not possible from where the object stands.",
    FORBIDDEN="Never for this role, wherever the object stands.",
    GUARD_FAILED="A rule of the business does not hold at this moment.",
    DEADLINE_PASSED="The instant until which this was possible has passed.",
    STALE_VERSION="The object has changed since the expected version.",
    VALIDATION_FAILED="The input cannot be right.",
    NOT_FOUND="It does not exist, or is not for this viewer; both look alike.",
    IDEMPOTENCY_CONFLICT="The idempotency key was used for something else.",
    LIMIT_EXCEEDED="More than is allowed at once.",
)
describe_enum(
    DeadlineState,
    "What became of a deadline.",
    PENDING="It is still to come, or about to be acted upon.",
    FIRED="It came and was acted upon.",
    DISARMED="It no longer applies.",
    FAILED="Acting upon it failed; somebody has to look.",
)
describe_enum(
    Currency,
    "A currency, by ISO 4217.",
    EUR="Euro.",
    CHF="Swiss franc.",
    CZK="Czech koruna.",
    DKK="Danish krone.",
    GBP="Pound sterling.",
    NOK="Norwegian krone.",
    PLN="Polish zloty.",
    SEK="Swedish krona.",
    USD="United States dollar.",
)
describe_enum(
    VatCategory,
    "How value added tax applies.",
    STANDARD="The standard rate.",
    REDUCED="The reduced rate.",
    EXEMPT="Exempt from tax.",
    REVERSE_CHARGE="The customer owes the tax.",
    INTRA_COMMUNITY="A supply within the European Union.",
    EXPORT="A supply outside the European Union.",
    ZERO_RATED="Taxable at zero percent.",
    OUT_OF_SCOPE="Not subject to German tax; such a line shares its invoice with no line of another category.",
)
describe_enum(
    ReviewUnit,
    "How the length of a review counts.",
    DAYS="Calendar days, to the same time of day.",
    WORKING_DAYS="Working days of the operator's federal state, to the same time of day.",
)
describe_enum(
    ReviewStart,
    "What the review of a delivery counts from.",
    DELIVERY="The delivery itself.",
    LATER_OF_DELIVERY_AND_DUE="The delivery, or the agreed due date when that is later.",
)
describe_enum(
    CustomerAccess,
    "How much of an order its customer sees.",
    FULL="The order with its facts and timeline.",
    STATUS_ONLY="Only the client status, what awaits their answer, and invoices.",
)
describe_enum(
    AcceptedBy,
    "How a delivery came to be accepted.",
    CUSTOMER="The customer said yes.",
    SILENCE="Nobody said no in time.",
)
describe_enum(
    CustomerKind,
    "Whether a customer is a business or a person.",
    BUSINESS="A business.",
    CONSUMER="A person; their review starts only when the mail about it was accepted.",
)
describe_enum(
    DocumentFormat,
    "The form in which a customer gets invoices.",
    PDF="A PDF with the data inside, by ZUGFeRD.",
    XRECHNUNG_CII="An XRechnung in the syntax CII.",
    XRECHNUNG_UBL="An XRechnung in the syntax UBL.",
)
describe_enum(
    DocumentKind,
    "A file of an issued invoice.",
    PDF="The PDF, with the electronic invoice inside (ZUGFeRD).",
    XRECHNUNG="The XRechnung, for customers that want one.",
)
describe_enum(
    ElectronicAddressScheme,
    "The kind of an electronic address.",
    EMAIL="An e-mail address.",
    LEITWEG_ID="The routing identifier of a German public body.",
    VAT_ID="A German VAT identification number.",
    GLN="A global location number.",
)
describe_enum(
    StatusMails,
    "When a contact gets mails about client statuses.",
    AT_ONCE="With every change, unless its template says once a day.",
    DAILY="Once a day, in one mail.",
    NONE="Never.",
)
describe_enum(
    OrderAccess,
    "Which orders an employee sees and moves.",
    ALL="All orders.",
    ASSIGNED="Only orders assigned to them.",
)
describe_enum(
    Visibility,
    "Whether the client is told a status.",
    HIDDEN="The client sees nothing of it.",
    SHOWN="The client sees it, as far as the order allows.",
)
describe_enum(
    StatusOrigin,
    "What set a client status.",
    MANUAL="Somebody, by hand.",
    BULK="Somebody, for many orders at once.",
    AUTOMATION="A rule that followed a move.",
    TEMPLATE="The template of the order.",
)
describe_enum(
    KeptUntil,
    "How long a text written by hand wins over automations.",
    NEXT_MOVE="Until the order moves to another status.",
    DATE="Until the end of a day.",
    CLEARED="Until somebody lets automations write again, or a template is chosen.",
)
describe_enum(
    InvoiceKind,
    "An invoice, or the document that cancels one.",
    INVOICE="An invoice.",
    CANCELLATION="A cancellation invoice, which names the original.",
)
describe_enum(
    ActionWeight,
    "How much an action stands out among those that are open.",
    PRIMARY="It is what most people come for.",
    NORMAL="It is one of several.",
    DANGER="It ends or undoes something.",
)
describe_enum(
    ChartOfAccounts,
    "The standard chart of accounts of the bookkeeping.",
    SKR03="SKR 03, by processes.",
    SKR04="SKR 04, by the balance sheet.",
)
describe_enum(
    TaxRegime,
    "Whether the operator's invoices show value added tax.",
    REGULAR="They show it.",
    SMALL_BUSINESS="They show none (section 19 UStG).",
)
describe_enum(
    FederalState,
    "The federal states of Germany.",
    BW="Baden-Württemberg.",
    BY="Bavaria.",
    BE="Berlin.",
    BB="Brandenburg.",
    HB="Bremen.",
    HH="Hamburg.",
    HE="Hesse.",
    MV="Mecklenburg-Western Pomerania.",
    NI="Lower Saxony.",
    NW="North Rhine-Westphalia.",
    RP="Rhineland-Palatinate.",
    SL="Saarland.",
    SN="Saxony.",
    ST="Saxony-Anhalt.",
    SH="Schleswig-Holstein.",
    TH="Thuringia.",
)
