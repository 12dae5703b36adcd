"""The operator's settings as pages of sections; each section is saved on its own and leaves all else as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal_views.web.page_context import JsonObject

PATH = "/settings/operator"
REVENUE = ("Standard", "Reduced", "Exempt", "SmallBusiness", "ReverseCharge", "IntraCommunity", "Export", "ZeroRated")
STEPS = ("friendly", "first", "formal")


@dataclass(frozen=True)
class Section:
    """Fields of one command, by heading; the heading "" is not shown. Without fields, all that the command takes."""

    name: str
    command: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def blocks(self, action: JsonObject) -> list[tuple[str, list[JsonObject]]]:
        """The inputs of the command that this section shows, by heading."""
        inputs = {item["name"]: item for item in action["inputs"]}
        shown = self.fields or {"": tuple(inputs)}
        return [(heading, [inputs[name] for name in names]) for heading, names in shown.items()]


@dataclass(frozen=True)
class SettingsPage:
    """The sections that stand on one page."""

    name: str
    sections: tuple[Section, ...]

    @property
    def path(self) -> str:
        """The first page is the one that the navigation leads to."""
        return PATH if self.name == SETTINGS_PAGES[0].name else f"{PATH}/{self.name}"


def _section(name: str, command: str, *names: str) -> Section:
    return Section(name, command, {"": names} if names else {})


def _in_both_languages(name: str) -> Section:
    return _section(name, "setLegalTexts", f"{name}De", f"{name}En")


FIRM = SettingsPage(
    "firm",
    (
        _section("address", "amend", "nameDe", "nameEn", "street", "postcode", "city", "country"),
        _section("contact", "amend", "email", "phone", "contactName"),
        _section("tax", "amend", "taxRegime", "vatId", "taxNumber"),
        _section("bank", "amend", "iban", "bic", "bankName"),
        _section("branding", "setBranding"),
    ),
)
ORDERS = SettingsPage(
    "orders",
    (
        _section("calendar", "setRules", "zone", "federalState", "language"),
        _section("review", "setRules", "customerAccess", "maxReviewExtensions", "maxReviewExtensionDays"),
        _section("lateness", "setRules", "lateAfterHours", "veryLateAfterHours"),
        _section("supplements", "setRules", "supplementsAreConfirmed", "supplementDays"),
        _section("fee", "setFee"),
    ),
)
INVOICES = SettingsPage(
    "invoices",
    (
        _section(
            "numbers",
            "setNumberFormats",
            *("invoiceFormat", "cancellationFormat", "firstInvoiceNumber", "firstCancellationNumber"),
            *("firstNumbersYear", "orderPrefix"),
        ),
        _section("payment", "setRules", "paymentDays", "invoiceRetentionYears", "guaranteePaysAtPosting"),
        _section("approval", "setApprovalWorkflow"),
        _section("limits", "setRules", "claimApprovalLimitEuros", "writeOffLimitEuros"),
    ),
)
REMINDERS = SettingsPage(
    "reminders",
    (
        _section(
            "steps",
            "setReminders",
            "remindersAreAutomatic",
            *(f"{step}Reminder{part}" for step in STEPS for part in ("Days", "Fee")),
            "interestIsCharged",
        ),
        _section("base_rate", "setBaseRate"),
        _section(
            "texts", "setReminders", *(f"{step}Reminder{language}" for step in STEPS for language in ("De", "En"))
        ),
    ),
)
BOOKKEEPING = SettingsPage(
    "bookkeeping",
    (
        _section("consultant", "setLedger", "chartOfAccounts", "fiscalYearMonth", "ledgerConsultant", "ledgerClient"),
        Section(
            "accounts",
            "setLedger",
            {
                "": ("ledgerDigits", "ledgerBank", "ledgerFirstCustomer"),
                "revenue": (*(f"ledgerRevenue{kind}" for kind in REVENUE), "ledgerRevenueOutOfScope"),
                "losses": ("ledgerLossStandard", "ledgerLossReduced", "ledgerLossUntaxed"),
                "charges": ("ledgerChargeFees", "ledgerChargeInterest"),
            },
        ),
        _section("statements", "setLedger", "furtherIbans"),
    ),
)
LEGAL = SettingsPage(
    "legal",
    (
        _section("help", "setLegalTexts", "supportContact"),
        *map(_in_both_languages, ("imprint", "privacy", "withdrawal")),
    ),
)
SECURITY = SettingsPage("security", (_section("sign_in", "setRules", "staffSecondFactorRequired"),))

SETTINGS_PAGES = (FIRM, ORDERS, INVOICES, REMINDERS, BOOKKEEPING, LEGAL, SECURITY)
