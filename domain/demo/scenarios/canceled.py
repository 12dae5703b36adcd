"""Orders without a result: canceled, declined, rejected, expired."""

from domain.demo.scenario import PlannedInvoiceSpec, Scenario
from domain.demo.steps import (
    CUSTOMER,
    STAFF,
    agreed,
    cancellation_approved,
    cancellation_requested,
    delivered,
    drafted,
    offered,
    order_step,
    submitted,
)
from domain.kernel.money import VatCategory
from domain.orders.inputs import OptionalReason, RequiredReason

CANCELED = (
    Scenario(
        project="Messestand Frühjahr",
        customer="morgenseite",
        description="Gestaltung der Rückwände und Handzettel.",
        created_day=-38,
        planned_invoices=(PlannedInvoiceSpec("1900.00", 12, "Gestaltung Messestand", VatCategory.REVERSE_CHARGE),),
        steps=(
            *agreed(-37),
            *drafted(-28, "Erste Entwürfe der Rückwände."),
            cancellation_requested(-24, "Die Messe findet in diesem Jahr nicht statt."),
            cancellation_approved(-23, "Im Einvernehmen mit dem Verlag."),
        ),
    ),
    Scenario(
        project="Mitarbeiterzeitung 2/4",
        customer="lindgruen",
        description="Texte und Satz, 16 Seiten.",
        created_day=-45,
        service_days=(-41, 15),
        planned_invoices=(PlannedInvoiceSpec("1350.00", -15, "Mitarbeiterzeitung, Ausgabe 2"),),
        steps=(
            *agreed(-44),
            cancellation_requested(-9, "Die Ausgabe entfällt, das Budget wurde gestrichen."),
            cancellation_approved(-7, "Rechnung wird storniert."),
        ),
    ),
    Scenario(
        project="Trailer Sommerfest",
        customer="xyz",
        member="member2",
        description="Trailer von 60 Sekunden.",
        created_day=-26,
        planned_invoices=(PlannedInvoiceSpec("720.00", 20, "Trailer von 60 Sekunden"),),
        steps=(
            *agreed(-25),
            *delivered(-15, "Trailer in zwei Schnittfassungen."),
            cancellation_requested(-14, "Das Sommerfest wurde von der Leitung abgesagt."),
            cancellation_approved(-12, "Keine Rechnung, in Absprache mit beiden Seiten."),
        ),
    ),
)

REJECTED = (
    Scenario(
        project="Glücksspiel-Landingpage",
        customer="alpenwerk",
        description="Landingpage für ein Gewinnspiel.",
        created_day=-21,
        planned_invoices=(PlannedInvoiceSpec("890.00", 5, "Landingpage", VatCategory.EXPORT),),
        steps=(
            submitted(-20),
            order_step(-19, STAFF, "reject", RequiredReason(reason="Glücksspiel vermitteln wir nicht.")),
        ),
    ),
    Scenario(
        project="Podcast-Staffel Heimatküche",
        customer="lindgruen",
        member="member2",
        description="Sechs Folgen, Aufnahme und Schnitt.",
        created_day=-30,
        planned_invoices=(PlannedInvoiceSpec("3900.00", 20, "Podcast, sechs Folgen"),),
        steps=(
            *offered(-29),
            order_step(-26, CUSTOMER, "decline", OptionalReason(reason="Wir verschieben das ins nächste Jahr.")),
        ),
    ),
    Scenario(
        project="Leitfaden Barrierefreiheit",
        customer="morgenseite",
        description="Leitfaden von 24 Seiten für die Redaktion.",
        created_day=-34,
        offer_until_day=-13,
        planned_invoices=(PlannedInvoiceSpec("1100.00", 4, "Leitfaden, 24 Seiten", VatCategory.REVERSE_CHARGE),),
        steps=offered(-33),
    ),
)

CANCELED_OR_REJECTED = CANCELED + REJECTED
