"""Orders that are still to be agreed on: drafts, in review, and offers that wait for an answer."""

from domain.demo.scenes import CUSTOMER, MEMBER, STAFF, of_order, offered, said, shown, submitted
from domain.demo.story import Planned, Story
from domain.kernel.money import VatCategory
from domain.orders.model import CommentVisibility
from domain.orders.takes import ChangeMessage, OptionalReason, RequiredComment

DRAFTS = (
    Story(
        project="Schaufenster Advent",
        customer="lindgruen",
        created=-2,
        plan=(),
        facts={"internal_notes": "Preis erst nach dem Ortstermin.", "tags": ("saison",)},
    ),
    Story(
        project="Jahresbericht",
        customer="xyz",
        description="Gestaltung und Satz, etwa 40 Seiten.",
        created=-4,
        plan=(Planned("3200.00", 30, "Jahresbericht, erste Hälfte"), Planned("3200.00", 75, "zweite Hälfte")),
    ),
    Story(
        project="Intranet-Texte",
        customer="morgenseite",
        member="member2",
        description="Überarbeitung von 30 Seiten.",
        created=-9,
        plan=(Planned("1500.00", 25, "Überarbeitung von 30 Seiten", VatCategory.REVERSE_CHARGE),),
        scenes=(
            submitted(-8),
            of_order(-7, STAFF, "sendBack", RequiredComment(comment="Bitte den Leistungszeitraum genauer fassen.")),
        ),
    ),
    Story(
        project="Lesereise, Plakate",
        customer="morgenseite",
        description="Plakate für acht Städte.",
        created=-12,
        plan=(Planned("860.00", 18, "Plakate für acht Städte", VatCategory.REVERSE_CHARGE),),
        scenes=(
            *offered(-11),
            of_order(-6, MEMBER, "withdraw", OptionalReason(reason="Zwei Städte kommen noch dazu.")),
        ),
    ),
    Story(
        project="Rezeptkarten-Serie",
        customer="lindgruen",
        member="member2",
        description="24 Rezeptkarten mit Fotos.",
        created=-33,
        offer_until=-14,
        plan=(Planned("1680.00", 40, "24 Rezeptkarten"),),
        scenes=(*offered(-32), of_order(-10, MEMBER, "reopen")),
    ),
)

IN_REVIEW = (
    Story(
        project="Messe-Newsletter",
        customer="xyz",
        description="Vier Ausgaben, Text und Versand.",
        created=-2,
        plan=(Planned("1120.00", 22, "Newsletter, vier Ausgaben"),),
        scenes=(submitted(-1),),
    ),
    Story(
        project="Erklärfilm Wärmepumpe",
        customer="alpenwerk",
        member="member2",
        description="Erklärfilm von drei Minuten.",
        created=-4,
        plan=(Planned("2750.00", 35, "Erklärfilm von drei Minuten", VatCategory.EXPORT),),
        facts={"tags": ("film",)},
        scenes=(submitted(-3),),
    ),
    Story(
        project="Speisekarte Wintergarten",
        customer="lindgruen",
        description="Neue Karte, deutsch und englisch.",
        created=-8,
        plan=(Planned("540.00", 14, "Speisekarte, zweisprachig"),),
        scenes=(
            submitted(-7),
            said(-5, STAFF, "Umsatzsteuer der Übersetzung prüfen.", CommentVisibility.INTERNAL),
        ),
    ),
    Story(
        project="Familienchronik",
        customer="falkenried",
        description="Interviews, Text und Satz, etwa 80 Seiten.",
        created=-11,
        plan=(Planned("2400.00", 28, "Familienchronik"),),
        scenes=(
            *offered(-10),
            of_order(
                -5,
                CUSTOMER,
                "requestChanges",
                ChangeMessage(message="Bitte auch die Briefe der Großeltern aufnehmen."),
            ),
        ),
    ),
)

AWAITING = (
    Story(
        project="Imagebroschüre",
        customer="xyz",
        description="Broschüre von zwölf Seiten, Text und Gestaltung.",
        created=-6,
        service=(0, 40),
        plan=(Planned("1480.00", 41, "Imagebroschüre, zwölf Seiten"),),
        scenes=(
            *offered(-5),
            shown(-4, "Geplant", "Sobald Sie bestätigen, beginnen wir.", expected=40),
        ),
    ),
    Story(
        project="Fotobuch Norwegen",
        customer="falkenried",
        member="member2",
        description="Auswahl, Bearbeitung und Satz von 120 Fotos.",
        created=-5,
        service=(2, 30),
        plan=(Planned("680.00", 32, "Fotobuch mit 120 Fotos"),),
        scenes=offered(-4),
    ),
    Story(
        project="Etiketten Herbstsorten",
        customer="lindgruen",
        description="Sechs Etiketten, Druckdaten.",
        created=-16,
        offer_until=1,
        service=(3, 20),
        plan=(Planned("720.00", 21, "Sechs Etiketten"),),
        scenes=offered(-15),
    ),
    Story(
        project="Trade Fair Booth Texts",
        customer="alpenwerk",
        member="member2",
        description="Texts for five panels, in English and German.",
        created=-8,
        service=(1, 25),
        plan=(Planned("1250.00", 27, "Texts for five panels", VatCategory.EXPORT),),
        scenes=(*offered(-7), said(-6, CUSTOMER, "We will answer after our meeting on Thursday.")),
    ),
    Story(
        project="Buchtrailer Nordlicht",
        customer="morgenseite",
        description="Trailer von 90 Sekunden.",
        created=-9,
        service=(0, 35),
        plan=(Planned("1950.00", 36, "Trailer von 90 Sekunden", VatCategory.REVERSE_CHARGE),),
        scenes=offered(-8),
    ),
)

BEGUN = DRAFTS + IN_REVIEW + AWAITING
