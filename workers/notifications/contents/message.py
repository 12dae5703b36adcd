"""Contents of a message and what it is composed for, with the values that many contents have in common.

Both schemas use the same field names, so one function serves all readers: a field that a reader's document does
not read is None, and a paragraph that needs it is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.kernel import i18n
from domain.kernel.actors import Role

Data = Mapping[str, Any]
Placeholders = dict[str, object]

AUDIENCES = {Role.MEMBER: "member", Role.CUSTOMER: "customer", Role.ACCOUNT: "account"}
OPERATOR_AUDIENCE = "operator"


@dataclass(frozen=True, kw_only=True)
class MessageContents:
    """The placeholder values of a message, the names of those shown as a table, and the page it links to."""

    placeholders: Placeholders
    facts: Sequence[str]
    path: str = ""
    table: Sequence[tuple[str, str]] = field(default=())
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageContext:
    """The language, audience and zone of a message, the event it is about, and the operator's name."""

    language: str
    audience: str
    event_id: str | None
    zone: str = i18n.DEFAULT_ZONE
    operator: str = ""


def audience_of(role: Role) -> str:
    """Return the audience whose words a role reads; all roles of the operator share one."""
    return AUDIENCES.get(role, OPERATOR_AUDIENCE)


def paragraphs(language: str, key: str, *, zone: str, placeholders: Mapping[str, object]) -> Iterator[str]:
    """Return the paragraphs of a body; a paragraph with a placeholder whose value is None is left out."""
    return fill_paragraphs(language, i18n.catalogue(language)[key], zone=zone, placeholders=placeholders)


def fill_paragraphs(language: str, text: str, *, zone: str, placeholders: Mapping[str, object]) -> Iterator[str]:
    """Yield the paragraphs of a text in the same way."""
    for paragraph in text.strip().replace("\r\n", "\n").split("\n\n"):
        if all(placeholders[place] is not None for place in i18n.placeholders_of(paragraph)):
            yield i18n.fill_placeholders(language, paragraph, zone=zone, **placeholders)


def value_at(data: Data, *names: str) -> Any:
    """Return the value at a path; None when a part of the path is missing or null."""
    value: Any = data
    for name in names:
        value = value.get(name) if value else None
    return value


def parse_instant(text: str | None) -> datetime | None:
    """Parse an instant of the API."""
    return datetime.fromisoformat(text) if text else None


def parse_date(text: str | None) -> date | None:
    """Parse a date of the API."""
    return date.fromisoformat(text) if text else None


def format_period(first: str | None, last: str | None, language: str) -> str | None:
    """Return a period as text, or its one day; None when an end is missing."""
    if not first or not last:
        return None
    if first == last:
        return i18n.format_value(parse_date(first), language)
    return i18n.translate(language, "message.period", first=parse_date(first), last=parse_date(last))


def order_placeholders(order: Data, context: MessageContext) -> Placeholders:
    """Return the values that messages about an order and what belongs to it have in common."""
    number, project = order["number"], order.get("project")
    return {
        "number": number,
        "project": project,
        "title": i18n.translate(context.language, "message.title", number=number, project=project)
        if project
        else number,
        "customer": value_at(order, "customer", "legalName"),
        "member": value_at(order, "member", "name"),
        "provider": order.get("providerName") or value_at(order, "member", "name"),
        "net": value_at(order, "net", "formatted"),
        "vat": value_at(order, "vat", "formatted"),
        "gross": value_at(order, "gross", "formatted"),
        "budget_inflow": value_at(order, "budgetInflow", "formatted"),
    }


def event_of(data: Data, context: MessageContext) -> Data:
    """Return the event the message is about; empty when it is not visible to the reader."""
    found = (value_at(data, "events", "nodes") or []) + (value_at(data, "timeline", "nodes") or [])
    return next((event for event in found if event["id"] == context.event_id), {})
