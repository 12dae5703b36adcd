"""The pages to draw, in which sizes and colours, and those of them that stand in the README."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LANGUAGES = ("de", "en")


@dataclass(frozen=True, kw_only=True)
class View:
    """A page of one role; `link` selects a link on the page at `path` that leads there, if it has no address yet."""

    name: str
    role: str
    path: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A window and its colours."""

    name: str
    width: int
    height: int
    colors: Literal["light", "dark"] = "light"


FIRST_ROW = ".rows td.first a"
VIEWS = (
    View(name="sign-in", role="", path="/sign-in"),
    View(name="member-home", role="member", path="/"),
    View(name="member-orders", role="member", path="/orders?tab=all"),
    View(name="member-order", role="member", path="/orders", link=FIRST_ROW),
    View(name="member-draft", role="member", path="/orders/new"),
    View(name="customer-home", role="customer", path="/"),
    View(name="customer-orders", role="customer", path="/orders"),
    View(name="customer-order", role="customer", path="/orders", link=FIRST_ROW),
    View(name="staff-home", role="staff", path="/"),
    View(name="staff-orders", role="staff", path="/orders?tab=all"),
    View(name="staff-order", role="staff", path="/orders", link=FIRST_ROW),
    View(name="staff-board", role="staff", path="/board"),
    View(name="staff-setup", role="staff", path="/setup"),
    View(name="finance-home", role="finance", path="/"),
    View(name="finance-invoices", role="finance", path="/invoices"),
    View(name="finance-invoice", role="finance", path="/invoices", link=FIRST_ROW),
    View(name="finance-receivables", role="finance", path="/receivables"),
    View(name="admin-home", role="admin", path="/"),
)
VARIANTS = (
    Variant(name="light", width=1440, height=900),
    Variant(name="dark", width=1440, height=900, colors="dark"),
    Variant(name="phone", width=390, height=844),
)
# The file of the README, without its ending, by view, language and variant.
README: Mapping[tuple[str, str, str], str] = {
    ("staff-orders", "en", "light"): "orders",
    ("staff-order", "en", "light"): "order",
    ("staff-board", "en", "dark"): "board",
    ("customer-home", "en", "light"): "customer",
    ("finance-invoices", "de", "light"): "invoices",
    ("customer-order", "en", "phone"): "phone",
}
