"""Active orders: in progress, delivered, under review, and some with a cancellation under review."""

from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.steps import (
    CUSTOMER,
    MEMBER,
    STAFF,
    accepted,
    agreed,
    cancellation_requested,
    commented,
    delivered,
    delivered_again,
    drafted,
    hidden,
    invoice_proposed,
    revision_requested,
    shown,
    supplement_confirmed,
)
from domain.kernel.money import VatCategory
from domain.orders.model import CommentVisibility, ReviewUnit

PROJECT_ABC = Scenario(
    project="Projekt ABC",
    customer="xyz",
    description="Konzept und Texte für die Kampagne ABC.",
    created_day=-20,
    service_days=(-16, 8),
    due_day=2,
    extra_fields={"tags": ("kampagne",), "internal_notes": "Ansprechperson ist freitags nicht da."},
    planned_invoices=(PlannedInvoiceSpec("500.00", 10, "Konzept und Texte für die Kampagne ABC"),),
    steps=(
        *agreed(-19),
        shown(-15, "In Arbeit", "Wir schreiben an den Texten.", expected=2),
        commented(-9, MEMBER, "Der zweite Entwurf ist fast fertig."),
        *delivered(-1, "Konzept auf vier Seiten und alle Texte der Kampagne.", files=("Konzept.pdf", "Texte.pdf")),
    ),
)

IN_PROGRESS = (
    Scenario(
        project="Onlineshop, Produkttexte",
        customer="lindgruen",
        description="Texte für 60 Produkte.",
        created_day=-18,
        service_days=(-14, 20),
        due_day=12,
        planned_invoices=(PlannedInvoiceSpec("29.00", 22, "Produkttexte", quantity="60"),),
        steps=(
            *agreed(-17),
            shown(-13, "In Arbeit", "20 von 60 Texten sind fertig.", expected=8),
            shown(
                -5, "In Arbeit", "40 von 60 Texten sind fertig; die Angaben zu den letzten kamen später.", expected=12
            ),
            invoice_proposed(-2, "Texte für 20 weitere Produkte", "580.00", on=25),
        ),
    ),
    Scenario(
        project="Kundenmagazin Winter",
        customer="xyz",
        member="member2",
        description="Redaktion und Satz, 24 Seiten.",
        created_day=-30,
        service_days=(-26, 10),
        due_day=-3,
        planned_invoices=(PlannedInvoiceSpec("2980.00", 14, "Kundenmagazin, 24 Seiten"),),
        steps=(
            *agreed(-29),
            shown(-25, "Pausiert", "Wir warten auf die Fotos aus Ihrem Haus.", expected=6),
            invoice_proposed(-6, "Vier zusätzliche Seiten", "490.00", on=18),
            supplement_confirmed(-4),
            commented(-2, STAFF, "Überfällig, bitte Termin klären.", CommentVisibility.MEMBER),
        ),
    ),
    Scenario(
        project="Schulungsunterlagen",
        customer="alpenwerk",
        description="Three chapters with exercises.",
        created_day=-22,
        service_days=(-18, 15),
        planned_invoices=(PlannedInvoiceSpec("2100.00", 16, "Training material, three chapters", VatCategory.EXPORT),),
        steps=(*agreed(-21), *drafted(-2, "Chapters one and two, not proofread yet.")),
    ),
    Scenario(
        project="Autorenporträts",
        customer="morgenseite",
        description="Porträts von sechs Autorinnen und Autoren.",
        created_day=-15,
        service_days=(-11, 12),
        planned_invoices=(PlannedInvoiceSpec("1320.00", 13, "Sechs Porträts", VatCategory.REVERSE_CHARGE),),
        steps=(*agreed(-14), shown(-10, "Geplant", "Die Termine stehen.", expected=9), hidden(-3)),
    ),
)

IN_CUSTOMER_REVIEW = (
    Scenario(
        project="Ahnentafel",
        customer="falkenried",
        member="member2",
        description="Gezeichnete Ahnentafel über fünf Generationen.",
        created_day=-24,
        service_days=(-20, 4),
        planned_invoices=(PlannedInvoiceSpec("590.00", 12, "Ahnentafel, gezeichnet"),),
        steps=(
            *agreed(-23),
            shown(-19, "In Prüfung", "Bitte sehen Sie sich die Zeichnung an.", expected=3),
            *delivered(-1, "Die Ahnentafel als Druckdatei und als Bild.", files=("Ahnentafel.pdf", "Tafel.png")),
        ),
    ),
    Scenario(
        project="Verpackung Pralinen",
        customer="lindgruen",
        description="Drei Schachteln, Druckdaten.",
        created_day=-25,
        service_days=(-21, 9),
        planned_invoices=(PlannedInvoiceSpec("1260.00", 15, "Verpackung, drei Schachteln"),),
        steps=(
            *agreed(-24),
            *delivered(-5, "Druckdaten der drei Schachteln."),
            revision_requested(-3, "Die Zutatenliste ist veraltet.", "Das Grün ist zu dunkel."),
        ),
    ),
    Scenario(
        project="Vorschau Frühjahrsprogramm",
        customer="morgenseite",
        member="member2",
        description="Vorschau von 48 Seiten.",
        created_day=-28,
        service_days=(-24, 6),
        extra_fields={"review_length": 5, "review_unit": ReviewUnit.WORKING_DAYS},
        planned_invoices=(PlannedInvoiceSpec("3450.00", 18, "Vorschau, 48 Seiten", VatCategory.REVERSE_CHARGE),),
        steps=(
            *agreed(-27),
            *delivered(-9, "Vorschau, erster Umbruch."),
            revision_requested(-7, "Die Preise fehlen noch."),
            *delivered_again(-2, "Vorschau mit Preisen."),
            shown(-1, "In Arbeit", "Wir gleichen die Preise noch einmal ab.", expected=5),
        ),
    ),
    Scenario(
        project="Mitgliederumfrage",
        customer="xyz",
        description="Fragebogen, Auswertung, Bericht.",
        created_day=-35,
        service_days=(-31, 25),
        planned_invoices=(PlannedInvoiceSpec("2250.00", 26, "Mitgliederumfrage mit Bericht"),),
        steps=(
            *agreed(-34),
            *delivered(-20, "Der Fragebogen."),
            accepted(-19, rating=4),
            shown(-18, "In Arbeit", "Die Umfrage läuft.", expected=20),
            *delivered(-8, "Die Auswertung in Tabellen.", nth=2),
            commented(-6, CUSTOMER, "Danke, das reicht uns so."),
        ),
    ),
)

CANCELLATION_REVIEW = (
    Scenario(
        project="Plakatserie Weihnachtsmarkt",
        customer="xyz",
        member="member2",
        description="Fünf Plakate.",
        created_day=-17,
        service_days=(-13, 20),
        planned_invoices=(PlannedInvoiceSpec("1150.00", 21, "Fünf Plakate"),),
        steps=(
            *agreed(-16),
            *delivered(-2, "Drei von fünf Plakaten."),
            cancellation_requested(-1, "Der Markt wurde abgesagt, die übrigen Plakate entfallen."),
        ),
    ),
    Scenario(
        project="Gastbeiträge Fachblog",
        customer="lindgruen",
        description="Vier Beiträge.",
        created_day=-32,
        service_days=(-28, 3),
        planned_invoices=(PlannedInvoiceSpec("880.00", 3, "Vier Beiträge für den Fachblog"),),
        steps=(
            *agreed(-31),
            cancellation_requested(-2, "Der Blog wird zum Monatsende eingestellt."),
        ),
    ),
)

ACTIVE = (PROJECT_ABC, *IN_PROGRESS, *IN_CUSTOMER_REVIEW, *CANCELLATION_REVIEW)
