"""Orders that were completed, each in another way."""

from domain.demo.scenes import (
    CUSTOMER,
    MEMBER,
    accepted,
    agreed,
    approved,
    delivered,
    delivered_again,
    more_time_taken,
    of_order,
    revision_asked,
    said,
    shown,
    submitted,
)
from domain.demo.story import Planned, Story
from domain.kernel.money import VatCategory
from domain.orders.model import CompletionRule
from domain.orders.takes import EvidenceEntry

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
            shown(-89, "In Arbeit", "Wir bauen die Seiten auf.", expected=-70),
            *delivered(-70, "Die Website mit allen Unterseiten, bereit zur Veröffentlichung."),
            accepted(-68, rating=5),
            shown(-67, "Fertig", "Die Website ist online."),
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
