"""Orders that came to nothing: canceled, declined, rejected, expired."""

from domain.demo.scenes import (
    CUSTOMER,
    STAFF,
    agreed,
    cancellation_approved,
    cancellation_asked,
    delivered,
    drafted,
    of_order,
    offered,
    submitted,
)
from domain.demo.story import Planned, Story
from domain.kernel.money import VatCategory
from domain.orders.takes import OptionalReason, RequiredReason

CANCELED = (
    Story(
        project="Messestand Frühjahr",
        customer="morgenseite",
        description="Gestaltung der Rückwände und Handzettel.",
        created=-38,
        plan=(Planned("1900.00", 12, "Gestaltung Messestand", VatCategory.REVERSE_CHARGE),),
        scenes=(
            *agreed(-37),
            *drafted(-28, "Erste Entwürfe der Rückwände."),
            cancellation_asked(-24, "Die Messe findet in diesem Jahr nicht statt."),
            cancellation_approved(-23, "Im Einvernehmen mit dem Verlag."),
        ),
    ),
    Story(
        project="Mitarbeiterzeitung 2/4",
        customer="lindgruen",
        description="Texte und Satz, 16 Seiten.",
        created=-45,
        service=(-41, 15),
        plan=(Planned("1350.00", -15, "Mitarbeiterzeitung, Ausgabe 2"),),
        scenes=(
            *agreed(-44),
            cancellation_asked(-9, "Die Ausgabe entfällt, das Budget wurde gestrichen."),
            cancellation_approved(-7, "Rechnung wird storniert."),
        ),
    ),
    Story(
        project="Trailer Sommerfest",
        customer="xyz",
        member="member2",
        description="Trailer von 60 Sekunden.",
        created=-26,
        plan=(Planned("720.00", 20, "Trailer von 60 Sekunden"),),
        scenes=(
            *agreed(-25),
            *delivered(-15, "Trailer in zwei Schnittfassungen."),
            cancellation_asked(-14, "Das Sommerfest wurde von der Leitung abgesagt."),
            cancellation_approved(-12, "Keine Rechnung, in Absprache mit beiden Seiten."),
        ),
    ),
)

REJECTED = (
    Story(
        project="Glücksspiel-Landingpage",
        customer="alpenwerk",
        description="Landingpage für ein Gewinnspiel.",
        created=-21,
        plan=(Planned("890.00", 5, "Landingpage", VatCategory.EXPORT),),
        scenes=(
            submitted(-20),
            of_order(-19, STAFF, "reject", RequiredReason(reason="Glücksspiel vermitteln wir nicht.")),
        ),
    ),
    Story(
        project="Podcast-Staffel Heimatküche",
        customer="lindgruen",
        member="member2",
        description="Sechs Folgen, Aufnahme und Schnitt.",
        created=-30,
        plan=(Planned("3900.00", 20, "Podcast, sechs Folgen"),),
        scenes=(
            *offered(-29),
            of_order(-26, CUSTOMER, "decline", OptionalReason(reason="Wir verschieben das ins nächste Jahr.")),
        ),
    ),
    Story(
        project="Leitfaden Barrierefreiheit",
        customer="morgenseite",
        description="Leitfaden von 24 Seiten für die Redaktion.",
        created=-34,
        offer_until=-13,
        plan=(Planned("1100.00", 4, "Leitfaden, 24 Seiten", VatCategory.REVERSE_CHARGE),),
        scenes=offered(-33),
    ),
)

CALLED_OFF = CANCELED + REJECTED
