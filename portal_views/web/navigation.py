"""The places that each role reaches from the masthead, alone or grouped in a menu."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page in the navigation; its words are `place.<name>`."""

    name: str
    path: str
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class PlaceGroup:
    """Places behind one menu; its words are `place_group.<name>`."""

    name: str
    places: tuple[Place, ...]

    @property
    def is_current(self) -> bool:
        """Whether the current page is in this group."""
        return any(place.is_current for place in self.places)


HOME = Place(name="home", path="/")
ORDERS = Place(name="orders", path="/orders")
BOARD = Place(name="board", path="/board")
INVOICES = Place(name="invoices", path="/invoices")
RECEIVABLES = Place(name="receivables", path="/receivables")
BANK = Place(name="bank", path="/bank")
BUDGET = Place(name="budget", path="/budget")
CLAIMS = Place(name="claims", path="/claims")
BUDGETS = Place(name="budgets", path="/budgets")
POSTINGS = Place(name="postings", path="/postings")
REGISTER = Place(name="register", path="/register")
LINES = Place(name="lines", path="/lines")
RUNS = Place(name="runs", path="/runs")
CUSTOMERS = Place(name="customers", path="/customers")
MEMBERS = Place(name="members", path="/members")
IMPORTS = Place(name="imports", path="/imports")
MEMBERSHIP = Place(name="membership", path="/membership")
ACCOUNTS = Place(name="accounts", path="/accounts")
OPERATOR_SETTINGS = Place(name="operator_settings", path="/settings/operator")
SETUP = Place(name="setup", path="/setup")
DEADLINES = Place(name="deadlines", path="/deadlines")
OUTBOX = Place(name="outbox", path="/mails")
AUDIT = Place(name="audit", path="/audit")
WEBHOOKS = Place(name="webhooks", path="/settings/webhooks")
HEALTH = Place(name="health", path="/health-overview")
BILLING = PlaceGroup(
    name="billing", places=(INVOICES, RECEIVABLES, BANK, BUDGETS, CLAIMS, LINES, RUNS, POSTINGS, REGISTER)
)

NAVIGATION: Mapping[str, tuple[Place | PlaceGroup, ...]] = {
    "CUSTOMER": (HOME, ORDERS, INVOICES, Place(name="mails", path="/settings")),
    "MEMBER": (
        HOME,
        ORDERS,
        INVOICES,
        CUSTOMERS,
        PlaceGroup(name="membership", places=(BUDGET, CLAIMS, MEMBERSHIP)),
    ),
    "STAFF": (HOME, ORDERS, BOARD, PlaceGroup(name="people", places=(CUSTOMERS, MEMBERS, IMPORTS)), SETUP),
    "FINANCE": (HOME, BILLING, ORDERS, CUSTOMERS, OUTBOX),
    "ADMIN": (
        HOME,
        ORDERS,
        BOARD,
        BILLING,
        PlaceGroup(name="people", places=(CUSTOMERS, MEMBERS, ACCOUNTS, IMPORTS)),
        PlaceGroup(name="system", places=(SETUP, OPERATOR_SETTINGS, DEADLINES, OUTBOX, WEBHOOKS, AUDIT, HEALTH)),
    ),
}


def navigation(role: str, current_path: str) -> list[Place | PlaceGroup]:
    """The navigation of a role, with the place that `current_path` belongs to marked as current."""
    return [_marked(entry, current_path) for entry in NAVIGATION[role]]


def _marked(entry: Place | PlaceGroup, current_path: str) -> Place | PlaceGroup:
    if isinstance(entry, Place):
        return replace(entry, is_current=_contains(entry, current_path))
    places = tuple(replace(place, is_current=_contains(place, current_path)) for place in entry.places)
    return replace(entry, places=places)


def _contains(place: Place, path: str) -> bool:
    return path == place.path or (place.path != "/" and path.startswith(f"{place.path}/"))
