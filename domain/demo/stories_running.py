"""Orders at work: being made, delivered, reviewed, and some whose cancellation is being looked at."""

from domain.demo.scenes import (
    CUSTOMER,
    MEMBER,
    STAFF,
    accepted,
    agreed,
    cancellation_asked,
    delivered,
    delivered_again,
    drafted,
    hidden,
    revision_asked,
    said,
    shown,
)
from domain.demo.story import Planned, Story
from domain.kernel.money import VatCategory
from domain.orders.model import CommentVisibility, ReviewUnit

PROJECT_ABC = Story(
    project="Projekt ABC",
    customer="xyz",
    description="Konzept und Texte für die Kampagne ABC.",
    created=-20,
    service=(-16, 8),
    due=2,
    facts={"tags": ("kampagne",), "internal_notes": "Ansprechperson ist freitags nicht da."},
    plan=(Planned("500.00", 10, "Konzept und Texte für die Kampagne ABC"),),
    scenes=(
        *agreed(-19),
        shown(-15, "In Arbeit", "Wir schreiben an den Texten.", expected=2),
        said(-9, MEMBER, "Der zweite Entwurf ist fast fertig."),
        *delivered(-1, "Konzept auf vier Seiten und alle Texte der Kampagne."),
    ),
)

AT_WORK = (
    Story(
        project="Onlineshop, Produkttexte",
        customer="lindgruen",
        description="Texte für 60 Produkte.",
        created=-18,
        service=(-14, 20),
        due=12,
        plan=(Planned("1740.00", 22, "Texte für 60 Produkte"),),
        scenes=(*agreed(-17), shown(-13, "In Arbeit", "40 von 60 Texten sind fertig.", expected=12)),
    ),
    Story(
        project="Kundenmagazin Winter",
        customer="xyz",
        member="member2",
        description="Redaktion und Satz, 24 Seiten.",
        created=-30,
        service=(-26, 10),
        due=-3,
        plan=(Planned("2980.00", 14, "Kundenmagazin, 24 Seiten"),),
        scenes=(
            *agreed(-29),
            shown(-25, "Pausiert", "Wir warten auf die Fotos aus Ihrem Haus.", expected=6),
            said(-2, STAFF, "Überfällig, bitte Termin klären.", CommentVisibility.MEMBER),
        ),
    ),
    Story(
        project="Schulungsunterlagen",
        customer="alpenwerk",
        description="Three chapters with exercises.",
        created=-22,
        service=(-18, 15),
        plan=(Planned("2100.00", 16, "Training material, three chapters", VatCategory.EXPORT),),
        scenes=(*agreed(-21), *drafted(-2, "Chapters one and two, not proofread yet.")),
    ),
    Story(
        project="Autorenporträts",
        customer="morgenseite",
        description="Porträts von sechs Autorinnen und Autoren.",
        created=-15,
        service=(-11, 12),
        plan=(Planned("1320.00", 13, "Sechs Porträts", VatCategory.REVERSE_CHARGE),),
        scenes=(*agreed(-14), shown(-10, "Geplant", "Die Termine stehen.", expected=9), hidden(-3)),
    ),
)

IN_CUSTOMERS_HANDS = (
    Story(
        project="Ahnentafel",
        customer="falkenried",
        member="member2",
        description="Gezeichnete Ahnentafel über fünf Generationen.",
        created=-24,
        service=(-20, 4),
        plan=(Planned("590.00", 12, "Ahnentafel, gezeichnet"),),
        scenes=(
            *agreed(-23),
            shown(-19, "In Prüfung", "Bitte sehen Sie sich die Zeichnung an.", expected=3),
            *delivered(-1, "Die Ahnentafel als Druckdatei und als Bild."),
        ),
    ),
    Story(
        project="Verpackung Pralinen",
        customer="lindgruen",
        description="Drei Schachteln, Druckdaten.",
        created=-25,
        service=(-21, 9),
        plan=(Planned("1260.00", 15, "Verpackung, drei Schachteln"),),
        scenes=(
            *agreed(-24),
            *delivered(-5, "Druckdaten der drei Schachteln."),
            revision_asked(-3, "Die Zutatenliste ist veraltet.", "Das Grün ist zu dunkel."),
        ),
    ),
    Story(
        project="Vorschau Frühjahrsprogramm",
        customer="morgenseite",
        member="member2",
        description="Vorschau von 48 Seiten.",
        created=-28,
        service=(-24, 6),
        facts={"review_length": 5, "review_unit": ReviewUnit.WORKING_DAYS},
        plan=(Planned("3450.00", 18, "Vorschau, 48 Seiten", VatCategory.REVERSE_CHARGE),),
        scenes=(
            *agreed(-27),
            *delivered(-9, "Vorschau, erster Umbruch."),
            revision_asked(-7, "Die Preise fehlen noch."),
            *delivered_again(-2, "Vorschau mit Preisen."),
        ),
    ),
    Story(
        project="Mitgliederumfrage",
        customer="xyz",
        description="Fragebogen, Auswertung, Bericht.",
        created=-35,
        service=(-31, 25),
        plan=(Planned("2250.00", 26, "Mitgliederumfrage mit Bericht"),),
        scenes=(
            *agreed(-34),
            *delivered(-20, "Der Fragebogen."),
            accepted(-19, rating=4),
            shown(-18, "In Arbeit", "Die Umfrage läuft.", expected=20),
            *delivered(-8, "Die Auswertung in Tabellen.", nth=2),
            said(-6, CUSTOMER, "Danke, das reicht uns so."),
        ),
    ),
)

CANCELLATION_ASKED = (
    Story(
        project="Plakatserie Weihnachtsmarkt",
        customer="xyz",
        member="member2",
        description="Fünf Plakate.",
        created=-17,
        service=(-13, 20),
        plan=(Planned("1150.00", 21, "Fünf Plakate"),),
        scenes=(
            *agreed(-16),
            *delivered(-2, "Drei von fünf Plakaten."),
            cancellation_asked(-1, "Der Markt wurde abgesagt, die übrigen Plakate entfallen."),
        ),
    ),
    Story(
        project="Gastbeiträge Fachblog",
        customer="lindgruen",
        description="Vier Beiträge.",
        created=-32,
        service=(-28, 3),
        plan=(Planned("880.00", 3, "Vier Beiträge für den Fachblog"),),
        scenes=(
            *agreed(-31),
            cancellation_asked(-2, "Der Blog wird zum Monatsende eingestellt."),
        ),
    ),
)

RUNNING = (PROJECT_ABC, *AT_WORK, *IN_CUSTOMERS_HANDS, *CANCELLATION_ASKED)
