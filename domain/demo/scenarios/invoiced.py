"""Active orders with invoices in every state."""

from domain.billing.inputs import ChangeRequest
from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.steps import (
    FINANCE,
    MEMBER,
    accepted,
    agreed,
    composed_by_finance,
    delivered,
    invoice_step,
    line_step,
    shown,
)
from domain.kernel.money import VatCategory

INVOICED = (
    Scenario(
        project="Wartungsvertrag Website",
        customer="lindgruen",
        description="Pflege der Website, monatlich.",
        created_day=-75,
        service_days=(-70, 50),
        planned_invoices=(
            PlannedInvoiceSpec("240.00", -40, "Pflege der Website, erster Monat"),
            PlannedInvoiceSpec("240.00", -10, "Pflege der Website, zweiter Monat"),
            PlannedInvoiceSpec("240.00", 20, "Pflege der Website, dritter Monat"),
        ),
        steps=(*agreed(-74), shown(-60, "In Arbeit", "Ihre Website wird laufend gepflegt.")),
    ),
    Scenario(
        project="Suchmaschinen-Check",
        customer="xyz",
        description="Prüfung von 200 Seiten mit Empfehlungen.",
        created_day=-29,
        service_days=(-25, -5),
        planned_invoices=(PlannedInvoiceSpec("1090.00", -2, "Suchmaschinen-Check, 200 Seiten"),),
        invoice_mail_bounces=True,
        steps=(
            *agreed(-28),
            *delivered(-12, "Bericht mit Empfehlungen."),
            accepted(-10, rating=5),
            shown(-9, "Fertig", "Der Bericht liegt vor."),
        ),
    ),
    Scenario(
        project="Kochkurs-Videos",
        customer="lindgruen",
        member="member2",
        description="Acht kurze Videos.",
        created_day=-31,
        service_days=(-27, 2),
        planned_invoices=(PlannedInvoiceSpec("3360.00", 4, "Acht Videos"),),
        steps=(*agreed(-30), *delivered(-7, "Acht Videos, geschnitten."), accepted(-6, rating=5)),
    ),
    Scenario(
        project="Hörbuch-Cover",
        customer="morgenseite",
        description="Vier Cover.",
        created_day=-27,
        service_days=(-23, 3),
        planned_invoices=(PlannedInvoiceSpec("1020.00", 5, "Vier Cover", VatCategory.REVERSE_CHARGE),),
        steps=(
            *agreed(-26),
            invoice_step(-1, MEMBER, "requestChanges", ChangeRequest(message="Es sind fünf Cover geworden.")),
        ),
    ),
    Scenario(
        project="Zaunbanner",
        customer="xyz",
        description="Zwei Banner, Druckdaten.",
        created_day=-14,
        service_days=(-10, 10),
        planned_invoices=(PlannedInvoiceSpec("460.00", 19, "Zwei Banner"),),
        steps=(*agreed(-13), composed_by_finance(-1)),
    ),
    Scenario(
        project="Übersetzung Hausordnung",
        customer="xyz",
        member="member2",
        description="Deutsch, Englisch, Polnisch.",
        created_day=-13,
        service_days=(-9, 11),
        planned_invoices=(PlannedInvoiceSpec("390.00", 21, "Übersetzung in zwei Sprachen"),),
        steps=(*agreed(-12), composed_by_finance(-1), invoice_step(-1, FINANCE, "submit")),
    ),
    Scenario(
        project="Bildarchiv ordnen",
        customer="lindgruen",
        description="Sichtung und Verschlagwortung von 5000 Bildern.",
        created_day=-36,
        service_days=(-32, 30),
        planned_invoices=(
            PlannedInvoiceSpec("800.00", -1, "Bildarchiv, erster Teil"),
            PlannedInvoiceSpec("800.00", 31, "Bildarchiv, zweiter Teil"),
        ),
        steps=(*agreed(-35), invoice_step(-4, FINANCE, "cancel"), line_step(-3, "hold", nth=2)),
    ),
)
