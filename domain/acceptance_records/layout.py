"""The values that the page of an acceptance record shows, written as its language writes them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.acceptance_records.model import AcceptanceRecord
from domain.billing.documents.pdf.party_lines import buyer_lines, footer_columns, seller_lines
from domain.billing.e_invoices.parties import language_of
from domain.deliveries.model import AcceptedBy
from domain.kernel import i18n

PAGE = Path(__file__).parent / "acceptance.typ"
Contents = Mapping[str, Any]


def page_values(record: AcceptanceRecord) -> dict[str, Any]:
    """All values of the page but colour and logo, which are the operator's at the time of printing."""
    contents: Contents = record.contents
    language = language_of(contents)
    return {
        "lang": language,
        "title": _word(language, "title"),
        "number": contents["order"]["number"],
        "subject": contents["order"]["project"] or None,
        "seller": seller_lines(contents),
        "buyer": buyer_lines(contents),
        "facts": [*_facts(record, language)],
        "notes": [_statement(record, language)],
        "version": [*_version(contents, language)],
        "columns": [_word(language, "file"), _word(language, "bytes")],
        "files": [{**file, "size": i18n.format_value(file["size"], language)} for file in contents["files"]],
        "footer": footer_columns(contents),
        "words": {
            "what": _word(language, "what"),
            "files": _word(language, "files"),
            "no_files": _word(language, "no_files"),
            "made": _word(language, "made", operator=seller_lines(contents)["name"]),
            "page": i18n.translate(language, "document.page", page="{page}", pages="{pages}"),
        },
    }


def _facts(record: AcceptanceRecord, language: str) -> Iterator[dict[str, Any]]:
    order, member = record.contents["order"], record.contents["member"]
    position, zone = record.contents["position"], record.contents["zone"]
    values = {
        "order": order["number"],
        "delivery": str(position),
        "version": str(record.version_number),
        "member": member["name"],
        "accepted_at": _instant(record.accepted_at, language, zone),
        "accepted_by": record.person or _word(language, "silence"),
        "rating": _word(language, "rating_of", rating=str(record.rating)) if record.rating else "",
    }
    for name, value in values.items():
        if value:
            yield {"label": _word(language, name), "value": value, "strong": name == "accepted_at"}


def _statement(record: AcceptanceRecord, language: str) -> str:
    """The sentence that says what has happened."""
    contents: Contents = record.contents
    name = "by_hand" if record.accepted_by is AcceptedBy.CUSTOMER else "by_silence"
    return _word(
        language,
        name,
        person=record.person or "",
        customer=contents["buyer"]["legal_name"],
        member=contents["member"]["name"],
        version=str(record.version_number),
        at=_instant(record.accepted_at, language, contents["zone"]),
    )


def _version(contents: Contents, language: str) -> Iterator[dict[str, str]]:
    version = contents["version"]
    submitted_at = _instant(datetime.fromisoformat(version["submitted_at"]), language, contents["zone"])
    values = {"submitted_at": submitted_at, "description": version["description"], "link": version["link"]}
    for name, value in values.items():
        if value:
            yield {"label": _word(language, name), "value": value}


def _instant(instant: datetime, language: str, zone: str) -> str:
    return i18n.format_value(instant, language, zone=zone)


def _word(language: str, name: str, **values: str) -> str:
    return i18n.translate(language, f"acceptance_record.{name}", **values)
