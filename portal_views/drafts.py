"""The form of a draft: a new one, or one that is amended as a whole."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.datastructures import FormData

from portal_views.desk import Data, Visit
from portal_views.entries import Entry
from portal_views.filled import as_typed, in_order, with_chosen_contact, with_tags
from portal_views.things import formats_of

ROWS = "plannedInvoices"
OFFER_DAYS = 14


def _blank(visit: Visit, data: Data) -> Data:
    until = formats_of(visit, data).today() + timedelta(days=OFFER_DAYS)
    return {"offerValidUntil": until.isoformat()}


def _arranged(form: FormData, inputs: Sequence[Data]) -> FormData:
    (rows,) = (item for item in inputs if item["name"] == ROWS)
    return with_chosen_contact(with_tags(in_order(form, rows, as_typed)))


def _facts(visit: Visit, data: Data) -> Data:
    """A draft may be saved however little of it is filled in."""
    return {"marks_optional": False}


DRAFT = Entry(
    noun="order",
    document="draft",
    template="orders/draft.html",
    place="/orders",
    rows=ROWS,
    first_rows=1,
    blank=_blank,
    arranged=_arranged,
    facts=_facts,
)
