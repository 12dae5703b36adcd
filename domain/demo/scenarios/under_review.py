"""Orders with a delivery that the customer reviews, or that is being put right."""

from domain.deliveries.inputs import DefectAnswer
from domain.demo.delivery_steps import defects_answered, defects_placed
from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.steps import (
    CUSTOMER,
    accepted,
    agreed,
    commented,
    delivered,
    delivered_again,
    revision_requested,
    shown,
)
from domain.kernel.money import VatCategory
from domain.orders.model import ReviewUnit

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
            *delivered(-5, "Druckdaten der drei Schachteln.", files=("Schachteln.pdf", "Schachtel offen.png")),
            defects_placed(
                -3,
                ("Die Zutatenliste ist veraltet.", "Schachteln.pdf", 1),
                ("Das Grün ist zu dunkel.", "Schachtel offen.png", None),
                ("Der Hinweis auf Nüsse fehlt.", None, None),
            ),
            defects_answered(
                -1,
                DefectAnswer(number=1, corrected=True),
                DefectAnswer(number=2, answer="Gedruckt wirkt es heller; ein Andruck liegt bei."),
            ),
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
