"""The lists whose rows can be selected, and what their forms do to many of them, by the word that they post."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from starlette.datastructures import QueryParams

from portal_views.forms.filters.billing import invoice_list_filter, line_list_filter
from portal_views.forms.filters.claims import claim_list_filter
from portal_views.forms.filters.orders import order_list_filter
from portal_views.forms.filters.receivables import receivable_list_filter
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject


class ListFilter(Protocol):
    """The filter of a list, as its address writes it."""

    @property
    def where(self) -> JsonObject:
        """The filter as the API takes it."""

    @property
    def restricts_something(self) -> bool:
        """Whether it leaves anything out."""


@dataclass(frozen=True, kw_only=True)
class SelectableList:
    """A list of rows of one noun; `buttons` and `moves` are the mutations that its form starts."""

    noun: str
    plural: str
    read_filter: Callable[[QueryParams, Formats], ListFilter]
    moves: Mapping[str, str]
    buttons: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The page of the list."""
        return f"/{self.plural}"

    @property
    def ids_input(self) -> str:
        """The input that names rows one by one."""
        return f"{self.noun}Ids"

    @property
    def mutations(self) -> Mapping[str, str]:
        """Everything that its form starts."""
        return {**self.buttons, **self.moves}


ORDERS = SelectableList(
    noun="order",
    plural="orders",
    read_filter=order_list_filter,
    buttons={
        "approve": "orderBulkApprove",
        "set": "clientStatusBulkSet",
        "assign": "orderBulkAssign",
        "archive": "orderBulkArchive",
    },
    moves={
        "hide": "clientStatusBulkHide",
        "approve": "orderBulkApprove",
        "sendBack": "orderBulkSendBack",
        "reject": "orderBulkReject",
        "assign": "orderBulkAssign",
        "archive": "orderBulkArchive",
        "restore": "orderBulkRestore",
        "delete": "orderBulkDelete",
    },
)
LINES = SelectableList(
    noun="line",
    plural="lines",
    read_filter=line_list_filter,
    moves={"confirm": "lineBulkConfirm", "hold": "lineBulkHold", "cancel": "lineBulkCancel"},
)
INVOICES = SelectableList(
    noun="invoice",
    plural="invoices",
    read_filter=invoice_list_filter,
    moves={
        "hold": "invoiceBulkHold",
        "release": "invoiceBulkRelease",
        "submit": "invoiceBulkSubmit",
        "approve": "invoiceBulkApprove",
        "print": "invoiceBulkPrint",
        "post": "invoiceBulkPost",
    },
)
RECEIVABLES = SelectableList(
    noun="receivable",
    plural="receivables",
    read_filter=receivable_list_filter,
    moves={"remind": "receivableBulkRemind"},
)
CLAIMS = SelectableList(
    noun="claim",
    plural="claims",
    read_filter=claim_list_filter,
    moves={"approve": "claimBulkApprove", "reject": "claimBulkReject"},
)
LISTS: Mapping[str, SelectableList] = {each.noun: each for each in (ORDERS, LINES, INVOICES, RECEIVABLES, CLAIMS)}
