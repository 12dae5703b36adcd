"""Subjects of bulk operations: the nouns whose rows they change, with the input field that names these rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.billing.lifecycle.invoices import INVOICES
from domain.billing.lifecycle.lines import LINES
from domain.bulk.model import BulkSubject
from domain.claims.lifecycle import CLAIMS
from domain.engine.lifecycle import Lifecycle
from domain.orders.lifecycle import ORDERS
from domain.receivables.lifecycle import RECEIVABLES


@dataclass(frozen=True, kw_only=True)
class SubjectNoun:
    """A noun with its lifecycle; `all_of` is SQL over a row `t` that says whether it belongs to all of them."""

    lifecycle: Lifecycle
    plural: str
    all_of: str = "TRUE"

    @property
    def ids_field(self) -> str:
        """The field of an input that names rows one by one: `order_ids`."""
        return f"{self.lifecycle.noun}_ids"


SUBJECTS: Mapping[BulkSubject, SubjectNoun] = {
    BulkSubject.ORDER: SubjectNoun(lifecycle=ORDERS, plural="orders", all_of="t.archived_at IS NULL"),
    BulkSubject.LINE: SubjectNoun(lifecycle=LINES, plural="lines"),
    BulkSubject.INVOICE: SubjectNoun(lifecycle=INVOICES, plural="invoices"),
    BulkSubject.RECEIVABLE: SubjectNoun(lifecycle=RECEIVABLES, plural="receivables"),
    BulkSubject.CLAIM: SubjectNoun(lifecycle=CLAIMS, plural="claims"),
}
