"""The demo's people and companies, all invented, at addresses that cannot exist."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.kernel.actors import Role
from domain.parties.model import CustomerKind

FEE_FROM, FEE_PERCENT = date(2020, 1, 1), Decimal(9)
APPROVAL_LIMIT_CENTS = 1_000_000
IMPRINT_DE = """Werkstand Genossenschaft
Am Alten Speicher 7
10999 Berlin

Eine erfundene Firma zum Ausprobieren. USt-IdNr.: DE999999995"""
IMPRINT_EN = """Werkstand Cooperative
Am Alten Speicher 7
10999 Berlin

An invented firm to try things out. VAT id: DE999999995"""
PRIVACY_DE = "Hier stehen die Datenschutzhinweise der Firma. In der Vorführung werden keine echten Daten verarbeitet."
PRIVACY_EN = "The firm's privacy notice stands here. The demo processes no real data."
WITHDRAWAL_DE = """Sie haben das Recht, binnen vierzehn Tagen ohne Angabe von Gründen diesen Vertrag zu widerrufen. \
Die Frist beginnt mit dem Tag des Vertragsabschlusses.

Eine eindeutige Erklärung an Werkstand Genossenschaft, Am Alten Speicher 7, 10999 Berlin, buero@werkstand.example \
genügt. Was Sie bezahlt haben, bekommen Sie binnen vierzehn Tagen zurück."""
WITHDRAWAL_EN = """You have the right to withdraw from this contract within 14 days without giving any reason. \
The period begins on the day on which the contract is concluded.

An unequivocal statement to Werkstand Cooperative, Am Alten Speicher 7, 10999 Berlin, buero@werkstand.example \
is enough. You will get back what you have paid within 14 days."""
OPERATOR = {
    "name_de": "Werkstand Genossenschaft",
    "name_en": "Werkstand Cooperative",
    "street": "Am Alten Speicher 7",
    "postcode": "10999",
    "city": "Berlin",
    "email": "buero@werkstand.example",
    "contact_name": "Ruben Achterberg",
    "phone": "+49 30 5550123",
    "vat_id": "DE999999995",
    "iban": "DE02120300000000202051",
    "bank_name": "Musterbank Berlin",
    "imprint_de": IMPRINT_DE,
    "imprint_en": IMPRINT_EN,
    "privacy_de": PRIVACY_DE,
    "privacy_en": PRIVACY_EN,
    "withdrawal_de": WITHDRAWAL_DE,
    "withdrawal_en": WITHDRAWAL_EN,
    "support_contact": "hilfe@werkstand.example",
    "supplements_are_confirmed": True,
    "first_reminder_fee": Decimal("2.50"),
    "formal_reminder_fee": Decimal("5.00"),
}


ADMINISTRATOR = "Arne Vollrath"
FIRST_INVOICE_NUMBER = 213


@dataclass(frozen=True)
class Person:
    """A person who signs in."""

    key: str
    name: str
    role: Role
    language: str = "de"
    approval_limit_cents: int | None = None

    @property
    def email(self) -> str:
        return f"{self.key}@werkstand.example"


@dataclass(frozen=True)
class Company:
    """A customer, its contact, and the account the contact signs in with, if any."""

    key: str
    legal_name: str
    contact: str
    street: str
    postcode: str
    city: str
    country: str = "DE"
    vat_id: str | None = None
    kind: CustomerKind = CustomerKind.BUSINESS
    account: str | None = None
    language: str = "de"


PEOPLE = (
    Person("member", "Jona Wieland", Role.MEMBER),
    Person("member2", "Mirja Sandkamp", Role.MEMBER, "en"),
    Person("customer", "Robin Beispiel", Role.CUSTOMER),
    Person("consumer", "Henrike Falkenried", Role.CUSTOMER),
    Person("staff", "Tilda Brandt", Role.STAFF),
    Person("finance", "Ruben Achterberg", Role.FINANCE),
    Person("finance2", "Selma Kittel", Role.FINANCE, "en", APPROVAL_LIMIT_CENTS),
    Person("admin", ADMINISTRATOR, Role.ADMIN),
)
MEMBERS = {"member": 654, "member2": 731}
COMPANIES = (
    Company("xyz", "Kunde XYZ", "Robin Beispiel", "Musterstraße 12", "10115", "Berlin", account="customer"),
    Company(
        "lindgruen", "Feinkost Lindgrün GmbH", "Ida Lindgrün", "Gurkenweg 3", "03222", "Lübbenau", "DE", "DE888888888"
    ),
    Company(
        "morgenseite",
        "Verlag Morgenseite GmbH",
        "Leopold Kranz",
        "Letterngasse 21",
        "1070",
        "Wien",
        "AT",
        "ATU99999999",
    ),
    Company(
        "alpenwerk", "Alpenwerk Muster AG", "Ursina Caflisch", "Bergbahnstrasse 5", "7000", "Chur", "CH", language="en"
    ),
    Company(
        "falkenried",
        "Henrike Falkenried",
        "Henrike Falkenried",
        "Deichstraße 40",
        "25746",
        "Heide",
        kind=CustomerKind.CONSUMER,
        account="consumer",
    ),
)
