"""What new customers, lines and invoices take, described like the inputs of the API's menus.

A thing that does not exist yet has no menu to ask; labels are the words `field.<name>` of the pages.
"""

from typing import Any

from portal_views.desk import Data
from portal_views.words import say

VAT = ("STANDARD", "REDUCED", "EXEMPT", "REVERSE_CHARGE", "INTRA_COMMUNITY", "EXPORT")
NEUTRAL: Data = {
    "type": "STRING",
    "isList": False,
    "required": True,
    "multiline": False,
    "hint": None,
    "default": None,
    "shortest": None,
    "longest": None,
    "least": None,
    "most": None,
    "idKind": None,
    "options": [],
    "fields": [],
}


def new_customer(language: str) -> Data:
    """A customer with the person who is asked first."""
    contact = [
        _input(language, "name"),
        _input(language, "email"),
        _choice(language, "language", ("de", "en")),
    ]
    return _action(
        "customerCreate",
        _input(language, "legalName"),
        _choice(language, "kind", ("BUSINESS", "CONSUMER")),
        _input(language, "street"),
        _input(language, "postcode"),
        _input(language, "city"),
        _input(language, "country", default='"DE"', longest=2),
        _input(language, "vatId", required=False),
        _input(language, "invoiceEmail"),
        _input(language, "contact", type="OBJECT", fields=contact),
    )


def new_line(language: str) -> Data:
    """A billable line by hand."""
    return _action(
        "lineCreate",
        _input(language, "memberId", type="ID"),
        _input(language, "customerId", type="ID"),
        _input(language, "text"),
        _input(language, "quantity", type="DECIMAL", default='"1"'),
        _input(language, "unitPrice", type="DECIMAL"),
        _choice(language, "vatCategory", VAT),
        _input(language, "serviceFrom", type="DATE"),
        _input(language, "serviceTo", type="DATE"),
        _input(language, "invoiceOn", type="DATE", required=False),
    )


def new_invoice(language: str) -> Data:
    """An invoice of confirmed lines."""
    return _action("invoiceCompose", _input(language, "lineIds", type="ID", isList=True))


def _action(mutation: str, *inputs: Data) -> Data:
    """An entry as the menus have them; the noun of its event is where the payload keeps what was made."""
    noun = mutation.partition("C")[0]
    return {
        "name": "create",
        "mutation": mutation,
        "event": f"{noun}.create",
        "label": "",
        "subjectId": "",
        "inputs": inputs,
    }


def _input(language: str, name: str, **more: Any) -> Data:
    return NEUTRAL | {"name": name, "label": say(language, f"field.{name}")} | more


def _choice(language: str, name: str, values: tuple[str, ...]) -> Data:
    options = [{"value": value, "label": say(language, f"choice.{name}.{value}")} for value in values]
    return _input(language, name, type="ENUM", options=options, default=f'"{values[0]}"')
