"""The values of an edit form: those of a saved row, and typed rows in the shape that the API takes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from portal_views.forms.form_parser import ActionInput, clean_text, is_filled, row_numbers
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

RowValues = Mapping[str, str]


def form_values(thing: JsonObject, inputs: Sequence[ActionInput], formats: Formats, prefix: str = "") -> JsonObject:
    """The text of each field by its name in the form; fields of a nested list are named `stages-0-name`."""
    values: JsonObject = {}
    for item in inputs:
        name = item["name"]
        stored = _stored_value(thing, name)
        if item["type"] == "OBJECT":
            for number, row in enumerate(stored or ()):
                values |= form_values(row, item["fields"], formats, f"{prefix}{name}-{number}-")
        else:
            values[prefix + name] = _field_text(stored, item, formats)
    return values


def row_count(thing: JsonObject, name: str) -> int:
    """The number of rows in a nested list."""
    return len(thing.get(name) or ())


def with_sorted_rows(form: FormData, item: ActionInput, sort_key: Callable[[RowValues], float]) -> FormData:
    """The form without empty rows of a nested list, the others sorted and numbered 0, 1, ... as in the API."""
    name, filled = item["name"], []
    for number in row_numbers(form, name):
        prefix = f"{name}-{number}-"
        if is_filled(form, prefix, item["fields"]):
            filled.append(
                {key[len(prefix) :]: clean_text(text) for key, text in form.multi_items() if key.startswith(prefix)}
            )
    rest = [(key, clean_text(text)) for key, text in form.multi_items() if not key.startswith(f"{name}-")]
    rows = enumerate(sorted(filled, key=sort_key))
    return FormData([*rest, *((f"{name}-{number}-{key}", text) for number, row in rows for key, text in row.items())])


def typed_order(row: RowValues) -> float:
    """A sort key that leaves rows as they were typed."""
    return 0


def with_split_contact(form: FormData) -> FormData:
    """The form with customer and contact, which one list offers together, in the two fields that the API takes."""
    customer, _, contact = clean_text(form.get("contact", "")).partition("|")
    rest = [(key, clean_text(text)) for key, text in form.multi_items() if key not in ("customerId", "contactId")]
    return FormData([*rest, ("customerId", customer), ("contactId", contact)])


def with_split_tags(form: FormData) -> FormData:
    """The form with the tags of one field, which are separated by commas, as a list."""
    rest = [(key, clean_text(text)) for key, text in form.multi_items() if key != "tags"]
    typed = ",".join(clean_text(text) for text in form.getlist("tags"))
    return FormData([*rest, *(("tags", tag.strip()) for tag in typed.split(",") if tag.strip())])


def _stored_value(thing: JsonObject, name: str) -> Any:
    """The value that a row holds for an input; `customerId` is read from the id of `customer`."""
    if name in thing or not name.endswith("Id"):
        return thing.get(name)
    return (thing.get(name.removesuffix("Id")) or {}).get("id")


def _field_text(stored: Any, item: ActionInput, formats: Formats) -> Any:
    if stored is None:
        return ""
    if item["type"] == "DECIMAL":
        is_money = isinstance(stored, Mapping)
        return formats.number_field_text(stored["amount"], "0.00##") if is_money else formats.number_field_text(stored)
    if item["type"] == "DATETIME":
        return formats.datetime_field_text(stored)
    return ", ".join(stored) if item["isList"] else stored
