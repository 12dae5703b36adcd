"""Tables of the export say the same as CSV and as JSON, and no spreadsheet runs what customers are called."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

from domain.audit_export.tables import ExportTable

ROW = {
    "customer": "=1+1",
    "issued_on": date(2026, 4, 1),
    "allocated_at": datetime(2026, 4, 1, 8, tzinfo=UTC),
    "net": Decimal("-12.50"),
    "reverses": None,
}


async def test_both_forms_have_the_rows() -> None:
    table = ExportTable(tuple(ROW))
    for _ in range(2):
        table.add(ROW)
    as_csv = b"".join([each async for each in table.as_csv()]).decode()
    as_json = json.loads(b"".join([each async for each in table.as_json()]))
    table.close()

    first, second = csv.DictReader(io.StringIO(as_csv))
    assert first == second
    assert first == {
        "customer": "'=1+1",
        "issued_on": "2026-04-01",
        "allocated_at": "2026-04-01T08:00:00+00:00",
        "net": "-12.50",
        "reverses": "",
    }
    assert as_json[0] == {**first, "customer": "=1+1", "reverses": None}


async def test_a_table_without_rows_has_its_columns() -> None:
    table = ExportTable(("series", "reason"))
    as_csv = b"".join([each async for each in table.as_csv()])
    as_json = b"".join([each async for each in table.as_json()])
    table.close()

    assert (as_csv, json.loads(as_json)) == (b"series,reason\r\n", [])
