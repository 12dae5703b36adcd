"""A saved thing as the form of its amendment shows it, and typed rows as the API counts them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from portal_views.desk import Data
from portal_views.formats import Formats
from portal_views.reading import Input, clean, is_filled, row_numbers

Typed = Mapping[str, str]


def values_of(thing: Data, inputs: Sequence[Input], formats: Formats, prefix: str = "") -> Data:
    """What stands in each field, by its name in the form; rows of a nested list are `stages-0-name`."""
    values: Data = {}
    for item in inputs:
        name = item["name"]
        held = _held(thing, name)
        if item["type"] == "OBJECT":
            for number, row in enumerate(held or ()):
                values |= values_of(row, item["fields"], formats, f"{prefix}{name}-{number}-")
        else:
            values[prefix + name] = _typed(held, item, formats)
    return values


def rows_of(thing: Data, name: str) -> int:
    """How many rows of a nested list there are."""
    return len(thing.get(name) or ())


def in_order(form: FormData, item: Input, place: Callable[[Typed], float]) -> FormData:
    """Only rows that somebody typed into, by their place, numbered as the API numbers them: 0, 1, ..."""
    name, kept = item["name"], []
    for number in row_numbers(form, name):
        prefix = f"{name}-{number}-"
        if is_filled(form, prefix, item["fields"]):
            kept.append({key[len(prefix) :]: clean(text) for key, text in form.multi_items() if key.startswith(prefix)})
    rest = [(key, clean(text)) for key, text in form.multi_items() if not key.startswith(f"{name}-")]
    rows = enumerate(sorted(kept, key=place))
    return FormData([*rest, *((f"{name}-{number}-{key}", text) for number, row in rows for key, text in row.items())])


def as_typed(row: Typed) -> float:
    """Where rows have no place of their own, they stay as they were typed."""
    return 0


def with_chosen_contact(form: FormData) -> FormData:
    """One list offers customers with their contacts; the API takes the two apart."""
    customer, _, contact = clean(form.get("contact", "")).partition("|")
    rest = [(key, clean(text)) for key, text in form.multi_items() if key not in ("contact", "customerId", "contactId")]
    return FormData([*rest, ("customerId", customer), ("contactId", contact)])


def with_tags(form: FormData) -> FormData:
    """Tags are typed into one field, with commas between them."""
    rest = [(key, clean(text)) for key, text in form.multi_items() if key != "tags"]
    typed = ",".join(clean(text) for text in form.getlist("tags"))
    return FormData([*rest, *(("tags", tag.strip()) for tag in typed.split(",") if tag.strip())])


def _held(thing: Data, name: str) -> Any:
    """A fact of the thing; what a field identifies is read with its own identifier."""
    if name in thing or not name.endswith("Id"):
        return thing.get(name)
    return (thing.get(name.removesuffix("Id")) or {}).get("id")


def _typed(held: Any, item: Input, formats: Formats) -> Any:
    if held is None:
        return ""
    if item["type"] == "DECIMAL":
        is_money = isinstance(held, Mapping)
        return formats.typed_number(held["amount"], "0.00") if is_money else formats.typed_number(held)
    if item["type"] == "DATETIME":
        return formats.local_input(held)
    return ", ".join(held) if item["isList"] else held
