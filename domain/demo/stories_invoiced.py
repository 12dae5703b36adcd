"""Running orders whose invoices stand at every point of their way."""

from domain.billing.takes import ChangeRequest
from domain.demo.scenes import (
    FINANCE,
    MEMBER,
    accepted,
    agreed,
    composed_by_finance,
    delivered,
    of_invoice,
    of_line,
    shown,
)
from domain.demo.story import Planned, Story
from domain.kernel.money import VatCategory

INVOICED = (
    Story(
        project="Wartungsvertrag Website",
        customer="lindgruen",
        description="Pflege der Website, monatlich.",
        created=-75,
        service=(-70, 50),
        plan=(
            Planned("240.00", -40, "Pflege der Website, erster Monat"),
            Planned("240.00", -10, "Pflege der Website, zweiter Monat"),
            Planned("240.00", 20, "Pflege der Website, dritter Monat"),
        ),
        scenes=(*agreed(-74), shown(-60, "In Arbeit", "Ihre Website wird laufend gepflegt.")),
    ),
    Story(
        project="Suchmaschinen-Check",
        customer="xyz",
        description="Prüfung von 200 Seiten mit Empfehlungen.",
        created=-29,
        service=(-25, -5),
        plan=(Planned("1090.00", -2, "Suchmaschinen-Check, 200 Seiten"),),
        invoice_mail_bounces=True,
        scenes=(
            *agreed(-28),
            *delivered(-12, "Bericht mit Empfehlungen."),
            accepted(-10, rating=5),
            shown(-9, "Fertig", "Der Bericht liegt vor."),
        ),
    ),
    Story(
        project="Kochkurs-Videos",
        customer="lindgruen",
        member="member2",
        description="Acht kurze Videos.",
        created=-31,
        service=(-27, 2),
        plan=(Planned("3360.00", 4, "Acht Videos"),),
        scenes=(*agreed(-30), *delivered(-7, "Acht Videos, geschnitten."), accepted(-6, rating=5)),
    ),
    Story(
        project="Hörbuch-Cover",
        customer="morgenseite",
        description="Vier Cover.",
        created=-27,
        service=(-23, 3),
        plan=(Planned("1020.00", 5, "Vier Cover", VatCategory.REVERSE_CHARGE),),
        scenes=(
            *agreed(-26),
            of_invoice(-1, MEMBER, "requestChanges", ChangeRequest(message="Es sind fünf Cover geworden.")),
        ),
    ),
    Story(
        project="Zaunbanner",
        customer="xyz",
        description="Zwei Banner, Druckdaten.",
        created=-14,
        service=(-10, 10),
        plan=(Planned("460.00", 19, "Zwei Banner"),),
        scenes=(*agreed(-13), composed_by_finance(-1)),
    ),
    Story(
        project="Übersetzung Hausordnung",
        customer="xyz",
        member="member2",
        description="Deutsch, Englisch, Polnisch.",
        created=-13,
        service=(-9, 11),
        plan=(Planned("390.00", 21, "Übersetzung in zwei Sprachen"),),
        scenes=(*agreed(-12), composed_by_finance(-1), of_invoice(-1, FINANCE, "submit")),
    ),
    Story(
        project="Bildarchiv ordnen",
        customer="lindgruen",
        description="Sichtung und Verschlagwortung von 5000 Bildern.",
        created=-36,
        service=(-32, 30),
        plan=(
            Planned("800.00", -1, "Bildarchiv, erster Teil"),
            Planned("800.00", 31, "Bildarchiv, zweiter Teil"),
        ),
        scenes=(*agreed(-35), of_invoice(-4, FINANCE, "cancel"), of_line(-3, "hold", nth=2)),
    ),
)
