"""Form parser: typed text becomes mutation input, or a sentence beside the field."""

from typing import Any

import pytest
from starlette.datastructures import FormData

from portal_views.forms.form_parser import FormParser
from portal_views.web.formats import Formats

GERMAN = Formats.of("de", "Europe/Berlin", "2026-03-27T17:00:00Z")


def an_input(kind: str, *, name: str = "field", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "isList": False, "required": False, "default": None, "fields": []} | more


def read(given: dict[str, Any], *typed: tuple[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    reading = FormParser(FormData([*typed]), GERMAN)
    return reading.parse([given]), reading.errors


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("DECIMAL", "1.234,50", "1234.50"),
        ("DECIMAL", "12.50", "12.50"),
        ("DECIMAL", "500", "500"),
        ("INT", " 3 ", 3),
        ("DATE", "2026-05-10", "2026-05-10"),
        ("DATE", "10.5.2026", "2026-05-10"),
        ("DATE", "10/05/26", "2026-05-10"),
        ("DATE", "10052026", "2026-05-10"),
        ("DATETIME", "2026-03-30T18:00", "2026-03-30T16:00:00+00:00"),
        ("DATETIME", "2026-03-30T16:00:00+00:00", "2026-03-30T16:00:00+00:00"),
        ("DATETIME", "30.03.2026, 18:00", "2026-03-30T16:00:00+00:00"),
        ("DATETIME", "30/3/26 8:05", "2026-03-30T06:05:00+00:00"),
        ("STRING", "two\r\nlines\0", "two\nlines"),
    ],
)
def test_what_was_typed_is_understood(kind: str, typed: str, value: object) -> None:
    assert read(an_input(kind), ("field", typed)) == ({"field": value}, {})


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("DECIMAL", "viel"),
        ("DECIMAL", "NaN"),
        ("INT", "99999999999"),
        ("DATE", "31.2.2026"),
        ("DATETIME", "später"),
        ("DATETIME", "30.3.2026"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(kind: str, typed: str) -> None:
    given, unread = read(an_input(kind), ("field", typed))

    assert given == {}
    assert list(unread) == ["field"]


def test_all_that_is_missing_is_named_with_what_cannot_be_read() -> None:
    parser = FormParser(FormData([("price", "viel")]), GERMAN)

    parser.parse([an_input("STRING", name="text", required=True, shortest=1), an_input("DECIMAL", name="price")])

    assert (list(parser.errors), list(parser.faults)) == (["price"], ["text", "price"])


def test_an_empty_field_is_left_out_and_an_empty_required_day_is_missed() -> None:
    assert read(an_input("STRING"), ("field", "  ")) == ({}, {})
    assert read(an_input("DATE", required=True), ("field", "")) == (
        {},
        {"field": "Bitte füllen Sie dieses Feld aus."},
    )


def test_an_empty_field_is_null_where_leaving_it_out_would_change_nothing() -> None:
    assert read(an_input("STRING", unchangedWhenAbsent=True), ("field", "  ")) == ({"field": None}, {})
    assert read(an_input("STRING", unchangedWhenAbsent=True, isList=True)) == ({"field": None}, {})


def test_a_list_keeps_what_is_not_empty() -> None:
    defects = an_input("STRING", isList=True)

    assert read(defects, ("field", "one"), ("field", " "), ("field", "two")) == ({"field": ["one", "two"]}, {})


def test_empty_rows_do_not_count() -> None:
    row = [an_input("STRING", name="text"), an_input("DECIMAL", name="quantity", default="1")]
    rows = an_input("OBJECT", isList=True, fields=row)

    given, _ = read(
        rows, ("field-0-text", "Work"), ("field-0-quantity", "2"), ("field-1-text", ""), ("field-1-quantity", "1")
    )

    assert given == {"field": [{"text": "Work", "quantity": "2"}]}
