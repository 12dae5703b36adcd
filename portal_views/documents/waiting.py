"""Lists that wait for a role, by document and tab, and their counts, with which the titles of pages begin."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from portal_views.web.roles import FINANCE_ROLES, STAFF_ROLES

ADMIN_ROLES, MEMBER_ROLES = ("ADMIN",), ("MEMBER",)
Count = Mapping[str, Any]

# The roles for which the rows of a list wait, by the document that lists them and the tab.
WAITS_FOR: Mapping[tuple[str, str], Collection[str]] = {
    ("orders", "in-review"): STAFF_ROLES,
    ("orders", "cancellation-review"): STAFF_ROLES,
    ("orders", "drafts"): MEMBER_ROLES,
    ("customers", "proposed"): STAFF_ROLES,
    ("customers", "duplicates"): STAFF_ROLES,
    ("automation_exceptions", ""): STAFF_ROLES,
    ("invoices", "submit"): FINANCE_ROLES,
    ("invoices", "approve"): FINANCE_ROLES,
    ("invoices", "attention"): FINANCE_ROLES,
    ("invoices", "today"): FINANCE_ROLES,
    ("lines", "held"): FINANCE_ROLES,
    ("lines", "proposed"): FINANCE_ROLES,
    ("dunning_run", ""): FINANCE_ROLES,
    ("receivables", "remind"): FINANCE_ROLES,
    ("receivables", "disputed"): FINANCE_ROLES,
    ("receivables", "decision"): FINANCE_ROLES,
    ("bank_transactions", "open"): FINANCE_ROLES,
    ("claims", "to_decide"): FINANCE_ROLES,
    ("claims", "second_person"): FINANCE_ROLES,
    ("claims", "to_pay"): FINANCE_ROLES,
    ("messages", "failed"): FINANCE_ROLES,
    ("deadlines_late", "late"): ADMIN_ROLES,
    ("deadlines_failed", "failed"): ADMIN_ROLES,
}


def waiting_in(role: str, document: str, tab: str, count: Count) -> Count | None:
    """The count of a list, if its rows wait for this role."""
    return count if role in WAITS_FOR.get((document, tab), ()) else None


def waiting_in_all(data: Mapping[str, Any], lists: Iterable[str]) -> Count:
    """How many rows these lists have together."""
    return total(data[name]["boundedCount"] for name in lists)


def total(counts: Iterable[Count]) -> Count:
    """The sum, which is exact if each count is."""
    found = list(counts)
    return {"number": sum(each["number"] for each in found), "isExact": all(each["isExact"] for each in found)}
