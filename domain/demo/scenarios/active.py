"""Active orders: in progress, delivered, and some with a cancellation under review."""

from domain.demo.delivery_steps import due_accepted, due_proposed
from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.scenarios.under_review import IN_CUSTOMER_REVIEW
from domain.demo.steps import (
    MEMBER,
    STAFF,
    agreed,
    cancellation_requested,
    commented,
    delivered,
    drafted,
    hidden,
    invoice_proposed,
    shown,
    supplement_confirmed,
)
from domain.kernel.money import VatCategory
from domain.orders.model import CommentVisibility

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
        commented(-9, MEMBER, "Der zweite Entwurf ist fast fertig.", files=("Zweiter Entwurf.pdf", "Motiv.png")),
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
        due_day=8,
        planned_invoices=(PlannedInvoiceSpec("29.00", 22, "Produkttexte", quantity="60"),),
        steps=(
            *agreed(-17),
            shown(-13, "In Arbeit", "20 von 60 Texten sind fertig.", expected=8),
            due_proposed(-6, "Die Angaben zu den letzten zwanzig Produkten kamen später.", on=12),
            due_accepted(-5),
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
            due_proposed(-1, "Die Fotos aus Ihrem Haus sind erst am Montag gekommen.", on=6),
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
