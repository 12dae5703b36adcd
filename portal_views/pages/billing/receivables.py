"""The pages of receivables for finance: the open items with what is overdue, and one with its entries."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id
from portal_views.forms.filters.receivables import AGES, TABS, receivable_list_filter
from portal_views.forms.options import options
from portal_views.forms.submission import SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

# The pause of reminders that is proposed.
PAUSE = timedelta(days=14)


async def receivable_list(context: PageContext) -> Response:
    """The receivables of one tab, those due first, that a text finds; with their sums."""
    query = context.request.query_params
    shown = receivable_list_filter(query)
    return await pagination.list_page(
        context,
        document="receivables",
        template="receivables/list.html",
        connection="receivables",
        variables={"where": shown.where, "searching": bool(shown.search)},
        tab=shown.tab,
        tabs=TABS,
        search=shown.search,
        age=shown.age,
        ages=AGES,
    )


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
    today = formats.today()
    return context.render(
        "receivables/receivable.html",
        data,
        submitted=submitted,
        receivable=shown,
        hidden=_out_of_place(shown),
        choices={"entryId": options(payments, payment_label)},
        prefill={
            "amount": formats.number_field_text(due["amount"], "0.00"),
            "receivedOn": today.isoformat(),
            "refundedOn": today.isoformat(),
            "until": (today + PAUSE).isoformat(),
        },
    )


def _out_of_place(receivable: JsonObject) -> Sequence[str]:
    """The actions that would only say that there is nothing to do."""
    needed = {
        "resolve": receivable["disputedAt"],
        "approveWriteOff": receivable["writeOffProposedAt"],
        "refuseWriteOff": receivable["writeOffProposedAt"],
        "remind": not receivable["reminderReasons"],
        "pauseReminders": receivable["nextReminderStep"],
        "resumeReminders": receivable["remindersPausedUntil"],
        "waiveCharges": receivable["charges"]["amount"] != "0.00",
    }
    return [name for name, is_needed in needed.items() if not is_needed]
