"""Which orders a form speaks of, ticked one by one or all that a list's filter finds, and where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, QueryParams

from portal_views.formats import Formats
from portal_views.orders import asked_list
from portal_views.reading import clean
from portal_views.things import ID

MOST_TICKED = 1000
LONGEST_FILTER = 1000
PLACES = re.compile(rf"/(board|board/off|orders(/{ID.pattern})?)(\?[^#\s]*)?")


@dataclass(frozen=True)
class Selection:
    """`filter` is the query of the order list when all that it finds are meant; else `ids` says which."""

    ids: tuple[str, ...] = ()
    filter: str | None = None

    def __bool__(self) -> bool:
        return bool(self.ids) or self.filter is not None

    @property
    def only(self) -> str | None:
        """The one order it speaks of, if it is one."""
        return self.ids[0] if self.filter is None and len(self.ids) == 1 else None

    def asked(self, formats: Formats) -> Mapping[str, Any]:
        """As the API's operations on many orders take it."""
        if self.filter is None:
            return {"orderIds": list(self.ids)}
        return {"where": dict(asked_list(QueryParams(self.filter), formats).where)}


def selected(form: FormData) -> Selection:
    """What was ticked; what cannot be an order is left out."""
    if form.get("all"):
        return Selection(filter=clean(form.get("filter", ""))[:LONGEST_FILTER])
    asked = dict.fromkeys(clean(each) for each in form.getlist("order"))
    return Selection(ids=tuple(each for each in asked if ID.fullmatch(each))[:MOST_TICKED])


def asked_from(form: FormData, otherwise: str) -> str:
    """The page of ours that the form stands on, as the form says."""
    said = clean(form.get("back", ""))
    return said if PLACES.fullmatch(said) else otherwise
