"""Lines that may share an invoice, together: those of one member, customer, currency, terms and date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal_views.web.page_context import JsonObject


@dataclass(frozen=True, kw_only=True)
class LineGroup:
    """Lines that may become one invoice, as the API lists them; what they share is that of the first."""

    lines: Sequence[JsonObject]

    @property
    def shared(self) -> JsonObject:
        return self.lines[0]

    @property
    def net(self) -> JsonObject:
        """The sum of their net amounts, as the API writes amounts."""
        return _sum(self.lines)


@dataclass(frozen=True, kw_only=True)
class CustomerLines:
    """What one customer can be invoiced, group by group."""

    name: str
    groups: Sequence[LineGroup]

    @property
    def sums(self) -> Sequence[JsonObject]:
        """What all of it comes to, one for each currency."""
        lines = [line for group in self.groups for line in group.lines]
        currencies = dict.fromkeys(line["net"]["currency"] for line in lines)
        return [_sum(line for line in lines if line["net"]["currency"] == each) for each in currencies]


def lines_by_customer(lines: Iterable[JsonObject]) -> Sequence[CustomerLines]:
    """The groups of each customer, by name; within a group the lines keep their order."""
    customers: dict[str, dict[tuple[object, ...], list[JsonObject]]] = {}
    names: dict[str, str] = {}
    for line in lines:
        customer = line["customer"] or {"id": "", "legalName": ""}
        names[customer["id"]] = customer["legalName"]
        shared = (line["member"]["name"], line["invoiceOn"] or "", line["net"]["currency"], line["paymentDays"])
        key = (*shared, line["member"]["id"])
        customers.setdefault(customer["id"], {}).setdefault(key, []).append(line)
    found = [
        CustomerLines(name=names[each], groups=[LineGroup(lines=groups[key]) for key in sorted(groups)])
        for each, groups in customers.items()
    ]
    return sorted(found, key=lambda each: each.name.casefold())


def _sum(lines: Iterable[JsonObject]) -> JsonObject:
    amounts = [line["net"] for line in lines]
    return {"amount": str(sum(Decimal(each["amount"]) for each in amounts)), "currency": amounts[0]["currency"]}
