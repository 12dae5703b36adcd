"""Completed orders, each completed in another way."""

from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.steps import (
    CUSTOMER,
    MEMBER,
    accepted,
    agreed,
    approved,
    commented,
    delivered,
    delivered_again,
    order_step,
    review_extended,
    revision_requested,
    shown,
    submitted,
)
from domain.kernel.money import VatCategory
from domain.orders.inputs import EvidenceEntry
from domain.orders.model import CompletionRule

COMPLETED = (
    Scenario(
        project="Website-Relaunch Hofladen",
        customer="lindgruen",
        description="Neue Website mit Sortiment, Rezepten und Anfahrt.",
        created_day=-95,
        service_days=(-92, -62),
        planned_invoices=(PlannedInvoiceSpec("4200.00", -60, "Konzept, Gestaltung und Umsetzung der Website"),),
        steps=(
            *agreed(-94),
            shown(-89, "In Arbeit", "Wir bauen die Seiten auf.", expected=-70),
            *delivered(-70, "Die Website mit allen Unterseiten, bereit zur Veröffentlichung."),
            accepted(-68, rating=5),
            shown(-67, "Fertig", "Die Website ist online."),
        ),
    ),
    Scenario(
        project="Herbstkatalog, Satz und Bild",
        customer="morgenseite",
        member="member2",
        description="Satz von 96 Seiten, Bildbearbeitung und Druckdaten.",
        created_day=-90,
        service_days=(-86, -48),
        extra_fields={"required_deliveries": 1},
        planned_invoices=(
            PlannedInvoiceSpec("2600.00", -75, "Herbstkatalog, erste Hälfte", VatCategory.REVERSE_CHARGE),
            PlannedInvoiceSpec("2600.00", -46, "Herbstkatalog, zweite Hälfte", VatCategory.REVERSE_CHARGE),
        ),
        steps=(
            *agreed(-89),
            *delivered(-62, "Druckdaten des Katalogs, 96 Seiten."),
            revision_requested(-61, "Seite 14: falsches Coverbild.", "Das Register fehlt."),
            *delivered_again(-57, "Druckdaten mit Register und richtigem Cover auf Seite 14.", defects=2),
            accepted(-55, rating=4),
        ),
    ),
    Scenario(
        project="Fotostrecke Produktneuheiten",
        customer="xyz",
        description="Zwölf Produktfotos, freigestellt.",
        created_day=-70,
        service_days=(-66, -45),
        planned_invoices=(PlannedInvoiceSpec("960.00", -44, "Zwölf Produktfotos mit Freistellung"),),
        steps=(*agreed(-69), *delivered(-50, "Zwölf freigestellte Fotos in drei Größen.")),
    ),
    Scenario(
        project="Logo-Auffrischung",
        customer="xyz",
        description="Vorsichtige Überarbeitung der Wortmarke.",
        created_day=-48,
        service_days=(-46, -30),
        extra_fields={"completion_rule": CompletionRule.ON_ACCEPTANCE, "required_deliveries": 1},
        planned_invoices=(PlannedInvoiceSpec("780.00", None, "Überarbeitung der Wortmarke"),),
        steps=(
            *agreed(-47),
            *delivered(-36, "Wortmarke in allen Formaten, dazu eine Seite Erläuterung."),
            accepted(-35, rating=5),
        ),
    ),
    Scenario(
        project="Hochzeitsfilm Falkenried",
        customer="falkenried",
        member="member2",
        description="Film von 20 Minuten, Trailer von zwei Minuten.",
        created_day=-60,
        service_days=(-55, -35),
        planned_invoices=(PlannedInvoiceSpec("1450.00", -33, "Hochzeitsfilm und Trailer"),),
        steps=(
            *agreed(-59),
            *delivered(-42, "Film und Trailer zum Ansehen und Herunterladen."),
            review_extended(-41, days=2),
            commented(-40, CUSTOMER, "Wir sehen ihn am Wochenende mit der Familie an."),
            accepted(-38, rating=5),
        ),
    ),
    Scenario(
        project="Editorial Planning Workshop",
        customer="alpenwerk",
        member="member2",
        description="A workshop of one day for eight people, with documentation.",
        created_day=-55,
        service_days=(-48, -47),
        planned_invoices=(
            PlannedInvoiceSpec("1800.00", -45, "Workshop of one day, with documentation", VatCategory.EXPORT),
        ),
        steps=(*agreed(-54), *delivered(-47, "Documentation of the workshop."), accepted(-45, rating=4)),
    ),
    Scenario(
        project="Notfall Serverumzug",
        customer="lindgruen",
        description="Umzug des Onlineshops nach einem Ausfall, am Telefon beauftragt.",
        created_day=-40,
        service_days=(-40, -38),
        extra_fields={"skip_confirmation": True},
        planned_invoices=(PlannedInvoiceSpec("640.00", -36, "Umzug des Onlineshops"),),
        steps=(
            order_step(
                -40,
                MEMBER,
                "attachEvidence",
                EvidenceEntry(
                    title="E-Mail mit dem Auftrag", link="https://ablage.werkstand.example/auftrag-serverumzug"
                ),
                hour=9,
            ),
            submitted(-40),
            approved(-40, "Beauftragung liegt vor."),
            order_step(-12, MEMBER, "archive"),
        ),
    ),
)
