"""The pages of receivables for finance: the open items with what is overdue, and one with its entries."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.billing_list_filter import MAX_SEARCH_LENGTH
from portal_views.forms.detail_page import detail_page, path_id
from portal_views.forms.options import options
from portal_views.forms.submission import SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

FIRST_TAB = "open"
TABS: Mapping[str, JsonObject] = {
    FIRST_TAB: {"remains": True},
    "overdue": {"overdue": True},
    "disputed": {"disputed": True},
    "decision": {"awaitsSecondPerson": True},
    "overpaid": {"overpaid": True},
    "written_off": {"writtenOff": True},
    "settled": {"remains": False},
    "all": {},
}
# Overdue for so many days, at least and at most.
AGES: Mapping[str, tuple[int, int | None]] = {"1-30": (1, 30), "31-60": (31, 60), "61-90": (61, 90), "91": (91, None)}


async def receivable_list(context: PageContext) -> Response:
    """The receivables of one tab, those due first, that a text finds; with their sums."""
    query = context.request.query_params
    tab = query.get("tab") if query.get("tab") in TABS else FIRST_TAB
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    age = query.get("age") if query.get("age") in AGES else ""
    where = {**TABS[str(tab)], **({"search": search} if search else {}), **_of_age(age)}
    return await pagination.list_page(
        context,
        document="receivables",
        template="receivables/list.html",
        connection="receivables",
        variables={"where": where},
        tab=tab,
        tabs=TABS,
        search=search,
        age=age,
        ages=AGES,
        keep=_kept(query),
    )


def _of_age(age: str | None) -> JsonObject:
    if not age:
        return {}
    least, most = AGES[age]
    return {"overdueForDays": least} | ({} if most is None else {"overdueUpToDays": most})


def _kept(query: QueryParams) -> str:
    """What another tab keeps of the address."""
    kept = QueryParams({name: query[name] for name in ("search", "age") if query.get(name)})
    return f"&{kept}" if kept else ""


async def receivable(context: PageContext) -> Response:
    """One receivable with its entries, and what finance can do."""
    return await detail_page(
        context, document="receivable", noun="receivable", subject_id=path_id(context), render=_render
    )


def _render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    shown, formats = data["receivable"], context.formats(data)
    payments = [each for each in shown["entries"] if each["kind"] == "PAYMENT" and not each["reversed"]]

    def payment_label(entry: JsonObject) -> str:
        return f"{formats.day(entry['bookedOn'])} · {formats.money(entry['amount'])} {entry['note']}".strip()

    due: Any = shown["overpaid"] if shown["overpaid"]["amount"] != "0.00" else shown["remaining"]
    today = formats.today().isoformat()
    return context.render(
        "receivables/receivable.html",
        data,
        submitted=submitted,
        receivable=shown,
        choices={"entryId": options(payments, payment_label)},
        prefill={"amount": formats.number_field_text(due["amount"], "0.00"), "receivedOn": today, "refundedOn": today},
    )
