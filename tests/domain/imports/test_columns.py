"""Columns: each is explained in both languages, and the examples and the guide name all that they should."""

from pathlib import Path

import pytest
from tortoise import connections

from domain.imports.examination import RECIPES
from domain.imports.model import ImportKind
from domain.imports.sheet import read_sheet
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES
from domain.parties.duplicates import NAME_KEY, VAT_KEY
from domain.parties.model import Customer
from tests.makers.imports import the_example
from tests.makers.parties import a_customer

GUIDE = Path("docs/import.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ImportKind)
def test_every_column_is_explained_and_documented(kind: ImportKind) -> None:
    section = GUIDE.split(f"## {kind.capitalize().replace('_', ' ')}\n")[1].split("\n## ")[0]
    for column in RECIPES[kind].columns:
        assert all(i18n.has_translation(each, f"import_column.{kind.lower()}.{column.name}") for each in LANGUAGES)
        assert f"| `{column.name}` |" in section, column.name


@pytest.mark.parametrize("kind", ImportKind)
def test_every_example_has_all_required_columns(kind: ImportKind) -> None:
    rows = read_sheet(the_example(kind).decode(), RECIPES[kind].columns).rows

    assert {column.name for column in RECIPES[kind].columns if column.required} <= rows[0].cells.keys()


@pytest.mark.database
async def test_files_are_compared_by_the_same_keys_as_customers() -> None:
    customer = await a_customer(legal_name="  Kunde \t XYZ ", vat_id="de 13-66.95976")
    keys = ", ".join(each.replace("{t}", "c") for each in (VAT_KEY, NAME_KEY))
    sql = f"SELECT (c.vat_key, c.name_key) = ({keys}) AS same, c.vat_key FROM customers c WHERE c.id = $1"

    (row,) = await connections.get("default").execute_query_dict(sql, [customer.id])

    assert row == {"same": True, "vat_key": "DE136695976"}
    assert await Customer.all().count() == 1
