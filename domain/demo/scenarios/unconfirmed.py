"""Orders without agreement yet: drafts, in review, and offers that wait for an answer."""

from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.steps import CUSTOMER, MEMBER, STAFF, commented, offered, order_step, revised, shown, submitted
from domain.kernel.money import VatCategory
from domain.orders.inputs import ChangeMessage, OptionalReason, RequiredComment
from domain.orders.model import CommentVisibility

DRAFTS = (
    Scenario(
        project="Schaufenster Advent",
        customer="lindgruen",
        created_day=-2,
        planned_invoices=(),
        extra_fields={"internal_notes": "Preis erst nach dem Ortstermin.", "tags": ("saison",)},
    ),
    Scenario(
        project="Jahresbericht",
        customer="xyz",
        description="Gestaltung und Satz, etwa 40 Seiten.",
        created_day=-4,
        planned_invoices=(
            PlannedInvoiceSpec("3200.00", 30, "Jahresbericht, erste Hälfte"),
            PlannedInvoiceSpec("3200.00", 75, "zweite Hälfte"),
        ),
    ),
    Scenario(
        project="Intranet-Texte",
        customer="morgenseite",
        member="member2",
        description="Überarbeitung von 30 Seiten.",
        created_day=-9,
        planned_invoices=(
            PlannedInvoiceSpec("1500.00", 25, "Überarbeitung von 30 Seiten", VatCategory.REVERSE_CHARGE),
        ),
        steps=(
            submitted(-8),
            order_step(-7, STAFF, "sendBack", RequiredComment(comment="Bitte den Leistungszeitraum genauer fassen.")),
        ),
    ),
    Scenario(
        project="Lesereise, Plakate",
        customer="morgenseite",
        description="Plakate für acht Städte.",
        created_day=-12,
        planned_invoices=(PlannedInvoiceSpec("860.00", 18, "Plakate für acht Städte", VatCategory.REVERSE_CHARGE),),
        steps=(
            *offered(-11),
            order_step(-6, MEMBER, "withdraw", OptionalReason(reason="Zwei Städte kommen noch dazu.")),
        ),
    ),
    Scenario(
        project="Rezeptkarten-Serie",
        customer="lindgruen",
        member="member2",
        description="24 Rezeptkarten mit Fotos.",
        created_day=-33,
        offer_until_day=-14,
        planned_invoices=(PlannedInvoiceSpec("1680.00", 40, "24 Rezeptkarten"),),
        steps=(*offered(-32), order_step(-10, MEMBER, "reopen")),
    ),
)

IN_REVIEW = (
    Scenario(
        project="Messe-Newsletter",
        customer="xyz",
        description="Vier Ausgaben, Text und Versand.",
        created_day=-2,
        planned_invoices=(PlannedInvoiceSpec("1120.00", 22, "Newsletter, vier Ausgaben"),),
        steps=(submitted(-1),),
    ),
    Scenario(
        project="Erklärfilm Wärmepumpe",
        customer="alpenwerk",
        member="member2",
        description="Erklärfilm von drei Minuten.",
        created_day=-4,
        planned_invoices=(PlannedInvoiceSpec("2750.00", 35, "Erklärfilm von drei Minuten", VatCategory.EXPORT),),
        extra_fields={"tags": ("film",)},
        steps=(submitted(-3),),
    ),
    Scenario(
        project="Speisekarte Wintergarten",
        customer="lindgruen",
        description="Neue Karte, deutsch und englisch.",
        created_day=-8,
        planned_invoices=(PlannedInvoiceSpec("540.00", 14, "Speisekarte, zweisprachig"),),
        steps=(
            submitted(-7),
            commented(-5, STAFF, "Umsatzsteuer der Übersetzung prüfen.", CommentVisibility.INTERNAL),
        ),
    ),
    Scenario(
        project="Familienchronik",
        customer="falkenried",
        description="Interviews, Text und Satz, etwa 80 Seiten.",
        created_day=-11,
        planned_invoices=(PlannedInvoiceSpec("2400.00", 28, "Familienchronik"),),
        steps=(
            *offered(-10),
            order_step(
                -5,
                CUSTOMER,
                "requestChanges",
                ChangeMessage(message="Bitte auch die Briefe der Großeltern aufnehmen."),
            ),
        ),
    ),
)

AWAITING = (
    Scenario(
        project="Imagebroschüre",
        customer="xyz",
        description="Broschüre von zwölf Seiten, Text und Gestaltung.",
        created_day=-6,
        service_days=(0, 40),
        planned_invoices=(PlannedInvoiceSpec("1480.00", 41, "Imagebroschüre"),),
        steps=(
            *offered(-5),
            *revised(-3, description="Broschüre von sechzehn Seiten, Text und Gestaltung, mit Bildauswahl."),
            shown(-1, "Geplant", "Sobald Sie bestätigen, beginnen wir.", expected=40),
        ),
    ),
    Scenario(
        project="Website-Betreuung",
        customer="xyz",
        member="member2",
        description="Pflege und kleine Änderungen, monatlich abgerechnet.",
        created_day=-5,
        service_days=(3, 370),
        planned_invoices=(PlannedInvoiceSpec("240.00", 24, "Betreuung {period} ({number}/{count})", monthly=12),),
        steps=offered(-4),
    ),
    Scenario(
        project="Fotobuch Norwegen",
        customer="falkenried",
        member="member2",
        description="Auswahl, Bearbeitung und Satz von 120 Fotos.",
        created_day=-5,
        service_days=(2, 30),
        planned_invoices=(PlannedInvoiceSpec("680.00", 32, "Fotobuch mit 120 Fotos"),),
        steps=offered(-4),
    ),
    Scenario(
        project="Etiketten Herbstsorten",
        customer="lindgruen",
        description="Sechs Etiketten, Druckdaten.",
        created_day=-16,
        offer_until_day=1,
        service_days=(3, 20),
        planned_invoices=(PlannedInvoiceSpec("720.00", 21, "Sechs Etiketten"),),
        steps=offered(-15),
    ),
    Scenario(
        project="Trade Fair Booth Texts",
        customer="alpenwerk",
        member="member2",
        description="Texts for five panels, in English and German.",
        created_day=-8,
        service_days=(1, 25),
        planned_invoices=(PlannedInvoiceSpec("1250.00", 27, "Texts for five panels", VatCategory.EXPORT),),
        steps=(*offered(-7), commented(-6, CUSTOMER, "We will answer after our meeting on Thursday.")),
    ),
    Scenario(
        project="Buchtrailer Nordlicht",
        customer="morgenseite",
        description="Trailer von 90 Sekunden.",
        created_day=-9,
        service_days=(0, 35),
        planned_invoices=(PlannedInvoiceSpec("1950.00", 36, "Trailer von 90 Sekunden", VatCategory.REVERSE_CHARGE),),
        steps=offered(-8),
    ),
)

UNCONFIRMED = DRAFTS + IN_REVIEW + AWAITING
