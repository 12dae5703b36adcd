"""A person's exported data in the words of their language: each section with its rows, each value with its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise import connections

from domain.database.audit_details import detail_lines
from domain.kernel import i18n
from domain.kernel.money import Money

SELECT_OPERATOR = "SELECT zone, app_now() AS now FROM operator_settings"
# The words of a value, by the name of its field; those of `status` depend on the section.
WORDS_OF_FIELD = {
    "roles": "role",
    "active_role": "role",
    "actor_role": "role",
    "order_access": "orderAccess",
    "status_mails": "statusMails",
    "unwanted_mails": "mailGroup",
    "state": "message",
    "scope": "tokenScope",
    "purpose": "linkPurpose",
    "end": "linkEnd",
}
WORDS_OF_STATUS = {
    "account": "account",
    "memberships": "membership",
    "contacts": "contact",
    "asked_about_orders": "order",
}
NAMES = ("name", "action")
NAMED_SECTIONS = frozenset({"mails", "events_made", "audit_trail"})
NAME_KEYS = ("mail", "happened", "deadline", "audit.action")


@dataclass(frozen=True, kw_only=True)
class DataLine:
    """One value with its name."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DataSection:
    """One kind of data: its rows, each as its lines."""

    title: str
    rows: Sequence[Sequence[DataLine]]


@dataclass(frozen=True, kw_only=True)
class ReadableData:
    """The whole export as a page shows it."""

    language: str
    made_at: str
    sections: Sequence[DataSection]


async def readable(document: Mapping[str, Any], fallback: str) -> ReadableData:
    """The export in the person's language, `fallback` where none is stored, with instants in the operator's zone."""
    (operator,) = await connections.get("default").execute_query_dict(SELECT_OPERATOR)
    language, zone = _language(document) or fallback, operator["zone"]
    sections = [
        DataSection(
            title=i18n.translate(language, f"data_section.{name}"),
            rows=[[*_lines(name, row, language, zone)] for row in rows],
        )
        for name, rows in document.items()
    ]
    return ReadableData(
        language=language, made_at=i18n.format_value(operator["now"], language, zone=zone), sections=sections
    )


def _language(document: Mapping[str, Any]) -> str | None:
    people = [*document["account"], *document["contacts"]]
    return people[0]["language"] if people else None


def _lines(section: str, row: Mapping[str, Any], language: str, zone: str) -> Iterator[DataLine]:
    """The values of a row that are not empty; an event's body and an audit row's detail line by line."""
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from (DataLine(label=each.label, text=each.after) for each in detail_lines(value, language))
        elif value not in (None, "", []):
            label = i18n.translate(language, f"data_field.{name}")
            yield DataLine(label=label, text=_text(section, name, value, language, zone))


def _text(section: str, name: str, value: Any, language: str, zone: str) -> str:
    if isinstance(value, list):
        return ", ".join(_text(section, name, each, language, zone) for each in value)
    if name.endswith("_cents"):
        return i18n.format_value(Money(value, "EUR"), language)
    if name.endswith("_at") or name == "at":
        return i18n.format_value(datetime.fromisoformat(value), language, zone=zone)
    keys = [f"{kind}.{value}" for kind in NAME_KEYS] if name in NAMES and section in NAMED_SECTIONS else []
    words = WORDS_OF_STATUS.get(section) if name == "status" else WORDS_OF_FIELD.get(name)
    keys += [f"status.{words}.{value}"] if words else []
    found = (i18n.translate(language, key) for key in keys if i18n.has_translation(language, key))
    return next(found, str(value))
