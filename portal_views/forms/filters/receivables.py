"""The filter of the list of receivables as its address writes it: a tab, an age and a text."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from portal_views.forms.filters.billing import MAX_SEARCH_LENGTH
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

FIRST_TAB = "open"
TABS: Mapping[str, JsonObject] = {
    FIRST_TAB: {"remains": True},
    "overdue": {"overdue": True},
    "remind": {"reminderDue": True},
    "paused": {"remindersPaused": True},
    "disputed": {"disputed": True},
    "decision": {"awaitsSecondPerson": True},
    "overpaid": {"overpaid": True},
    "written_off": {"writtenOff": True},
    "settled": {"remains": False},
    "all": {},
}
# Overdue for so many days, at least and at most.
AGES: Mapping[str, tuple[int, int | None]] = {"1-30": (1, 30), "31-60": (31, 60), "61-90": (61, 90), "91": (91, None)}


@dataclass(frozen=True, kw_only=True)
class ReceivableListFilter:
    """The filter as the page shows it, and as the API's `where`."""

    tab: str
    search: str
    age: str
    where: JsonObject

    @property
    def restricts_something(self) -> bool:
        """Whether anything is left out."""
        return bool(self.where)


def receivable_list_filter(query: QueryParams, _formats: Formats | None = None) -> ReceivableListFilter:
    """The filter that a query asks for; unknown tabs and ages are ignored."""
    tab = query.get("tab", "")
    tab = tab if tab in TABS else FIRST_TAB
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    age = query.get("age", "")
    age = age if age in AGES else ""
    of_search = {"search": search} if search else {}
    where = {**TABS[tab], **of_search, **_of_age(age)}
    return ReceivableListFilter(tab=tab, search=search, age=age, where=where)


def _of_age(age: str) -> JsonObject:
    if not age:
        return {}
    least, most = AGES[age]
    return {"overdueForDays": least} | ({} if most is None else {"overdueUpToDays": most})
