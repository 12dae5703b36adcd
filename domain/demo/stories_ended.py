"""Orders that have come to their end: completed, canceled, rejected."""

from domain.core.money import VatCategory
from domain.demo.scenes import (
    BLUE,
    CUSTOMER,
    GREEN,
    MEMBER,
    STAFF,
    accepted,
    agreed,
    approved,
    cancellation_approved,
    cancellation_asked,
    delivered,
    delivered_again,
    drafted,
    more_time_taken,
    of_order,
    offered,
    revision_asked,
    said,
    shown,
    submitted,
)
from domain.demo.story import Planned, Story
from domain.orders.model import CompletionRule
from domain.orders.takes import EvidenceEntry, OptionalReason, RequiredReason

COMPLETED = (
    Story(
        project="Website-Relaunch Hofladen",
        customer="lindgruen",
        description="Neue Website mit Sortiment, Rezepten und Anfahrt.",
        created=-95,
        service=(-92, -62),
        plan=(Planned("4200.00", -60, "Konzept, Gestaltung und Umsetzung der Website"),),
        scenes=(
            *agreed(-94),
            shown(-89, "In Arbeit", BLUE, "Wir bauen die Seiten auf.", expected=-70),
            *delivered(-70, "Die Website mit allen Unterseiten, bereit zur Veröffentlichung."),
            accepted(-68, rating=5),
            shown(-67, "Fertig", GREEN, "Die Website ist online."),
        ),
    ),
    Story(
        project="Herbstkatalog, Satz und Bild",
        customer="morgenseite",
        member="member2",
        description="Satz von 96 Seiten, Bildbearbeitung und Druckdaten.",
        created=-90,
        service=(-86, -48),
        facts={"required_deliveries": 1},
        plan=(
            Planned("2600.00", -75, "Herbstkatalog, erste Hälfte", VatCategory.REVERSE_CHARGE),
            Planned("2600.00", -46, "Herbstkatalog, zweite Hälfte", VatCategory.REVERSE_CHARGE),
        ),
        scenes=(
            *agreed(-89),
            *delivered(-62, "Druckdaten des Katalogs, 96 Seiten."),
            revision_asked(-61, "Seite 14: falsches Coverbild.", "Das Register fehlt."),
            *delivered_again(-57, "Druckdaten mit Register und richtigem Cover auf Seite 14."),
            accepted(-55, rating=4),
        ),
    ),
    Story(
        project="Fotostrecke Produktneuheiten",
        customer="xyz",
        description="Zwölf Produktfotos, freigestellt.",
        created=-70,
        service=(-66, -45),
        plan=(Planned("960.00", -44, "Zwölf Produktfotos mit Freistellung"),),
        scenes=(*agreed(-69), *delivered(-50, "Zwölf freigestellte Fotos in drei Größen.")),
    ),
    Story(
        project="Logo-Auffrischung",
        customer="xyz",
        description="Vorsichtige Überarbeitung der Wortmarke.",
        created=-48,
        service=(-46, -30),
        facts={"completion_rule": CompletionRule.ON_ACCEPTANCE, "required_deliveries": 1},
        plan=(Planned("780.00", None, "Überarbeitung der Wortmarke"),),
        scenes=(
            *agreed(-47),
            *delivered(-36, "Wortmarke in allen Formaten, dazu eine Seite Erläuterung."),
            accepted(-35, rating=5),
        ),
    ),
    Story(
        project="Hochzeitsfilm Falkenried",
        customer="falkenried",
        member="member2",
        description="Film von 20 Minuten, Trailer von zwei Minuten.",
        created=-60,
        service=(-55, -35),
        plan=(Planned("1450.00", -33, "Hochzeitsfilm und Trailer"),),
        scenes=(
            *agreed(-59),
            *delivered(-42, "Film und Trailer zum Ansehen und Herunterladen."),
            more_time_taken(-41, days=2),
            said(-40, CUSTOMER, "Wir sehen ihn am Wochenende mit der Familie an."),
            accepted(-38, rating=5),
        ),
    ),
    Story(
        project="Editorial Planning Workshop",
        customer="alpenwerk",
        member="member2",
        description="A workshop of one day for eight people, with documentation.",
        created=-55,
        service=(-48, -47),
        plan=(Planned("1800.00", -45, "Workshop of one day, with documentation", VatCategory.EXPORT),),
        scenes=(*agreed(-54), *delivered(-47, "Documentation of the workshop."), accepted(-45, rating=4)),
    ),
    Story(
        project="Notfall Serverumzug",
        customer="lindgruen",
        description="Umzug des Onlineshops nach einem Ausfall, am Telefon beauftragt.",
        created=-40,
        service=(-40, -38),
        facts={"skip_confirmation": True},
        plan=(Planned("640.00", -36, "Umzug des Onlineshops"),),
        scenes=(
            of_order(
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
            of_order(-12, MEMBER, "archive"),
        ),
    ),
)

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

ENDED = COMPLETED + CANCELED + REJECTED
