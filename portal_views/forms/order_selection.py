"""Which orders a form speaks of, ticked one by one or all that a list's filter finds, and where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, QueryParams

from portal_views.forms.detail_page import ID_PATTERN
from portal_views.forms.form_parser import clean_text
from portal_views.pages.orders import order_list_filter
from portal_views.web.formats import Formats

MAX_SELECTED = 1000
MAX_FILTER_LENGTH = 1000
RETURN_PATHS = re.compile(rf"/(board|board/off|orders(/{ID_PATTERN.pattern})?)(\?[^#\s]*)?")


@dataclass(frozen=True)
class OrderSelection:
    """`filter` is the query of the order list when all that it finds are meant; else `ids` says which."""

    ids: tuple[str, ...] = ()
    filter: str | None = None

    def __bool__(self) -> bool:
        return bool(self.ids) or self.filter is not None

    @property
    def single_id(self) -> str | None:
        """The one order it speaks of, if it is one."""
        return self.ids[0] if self.filter is None and len(self.ids) == 1 else None

    def to_input(self, formats: Formats) -> Mapping[str, Any]:
        """As the API's operations on many orders take it."""
        if self.filter is None:
            return {"orderIds": list(self.ids)}
        return {"where": dict(order_list_filter(QueryParams(self.filter), formats).where)}


def posted_selection(form: FormData) -> OrderSelection:
    """What was ticked; what cannot be an order is left out."""
    if form.get("all"):
        return OrderSelection(filter=clean_text(form.get("filter", ""))[:MAX_FILTER_LENGTH])
    asked = dict.fromkeys(clean_text(each) for each in form.getlist("order"))
    return OrderSelection(ids=tuple(each for each in asked if ID_PATTERN.fullmatch(each))[:MAX_SELECTED])


def return_path(form: FormData, otherwise: str) -> str:
    """The page of ours that the form stands on, as the form says."""
    said = clean_text(form.get("back", ""))
    return said if RETURN_PATHS.fullmatch(said) else otherwise
