"""Files that cannot be imported: each fault is named by line and column with its remedy, and nothing is written."""

import base64

import pytest

from domain.commands import execute
from domain.engine.commands import Command
from domain.imports.inputs import MAX_FILE_BYTES, ImportFile
from domain.imports.model import ImportKind
from domain.kernel import i18n
from domain.kernel.errors import Refused
from domain.parties.model import Customer, Member
from schema.shared.errors import ErrorContext, common_attributes
from tests.domain.imports.faults import Fault, faults_of
from tests.makers.imports import CUSTOMER, MEMBER, a_file, checked, imported
from tests.makers.parties import LIMITED_STAFF, STAFF, a_customer
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2025, 12, 1, 10))
MEMBERS, CUSTOMERS = ImportKind.MEMBERS, ImportKind.CUSTOMERS


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", ("import_empty", None, None)),
        ("\r\n \r\n", ("import_empty", None, None)),
        ("number,name\n", ("import_without_rows", None, None)),
        ("number,name\n1,Eins\n2,Zwei,Drei\n", ("import_cell_count", "3", None)),
        ('number,name\n1,"Eins\n2,Zwei\n', ("import_quotes_malformed", "2", None)),
        ('number,name\n1,Eins\n2,"Zw"ei"\n', ("import_quotes_malformed", "3", None)),
        ("number,nmae\n1,Eins\n", ("import_column_misspelled", "1", "nmae")),
        ("number,name,number\n1,Eins,1\n", ("import_column_twice", "1", "number")),
        ("number\n1\n", ("import_column_missing", "1", "name")),
        ("number,name,blood_group\n1,Eins,A\n", ("import_column_unknown", "1", "blood_group")),
        ("number,name\n1,\n", ("import_cell_empty", "2", "name")),
        ("number,name\nzwölf,Eins\n", ("import_no_whole_number", "2", "number")),
        ("number,name\n100000,Eins\n", ("number_too_large", "2", "number")),
        ("number,name\n1,=cmd|' /C calc'!A0\n", ("import_formula", "2", "name")),
        ("number,name\n1,@SUM(1+1)*cmd\n", ("import_formula", "2", "name")),
        ("number,name\n1,Eins\n\n1,Zwei\n", ("import_repeated", "4", "number")),
        ("number,name,status\n1,Eins,WEG\n", ("import_no_choice", "2", "status")),
        ("number,name,country\n1,Eins,Deutschland\n", ("text_too_large", "2", "country")),
        ("number,name,iban\n1,Eins,DE00\n", ("iban_invalid", "2", "iban")),
        (f"number,name\n1,{'x' * 201}\n", ("text_too_large", "2", "name")),
        (b"number,name\n1,M\xfcller\n2,M\xc3\xbcller\n", ("import_two_encodings", "2", None)),
        (b"number,name\n1,M\x81ller\n", ("import_encoding_unknown", "2", None)),
        (b"PK\x03\x04\x00\x00workbook", ("import_not_text", None, None)),
    ],
)
async def test_a_faulty_file_is_refused_by_line_and_column(content: str | bytes, fault: Fault) -> None:
    assert fault in await faults_of(MEMBERS, content)


async def test_every_fault_is_named_at_once() -> None:
    found = await faults_of(MEMBERS, "number,name,country\n1,,DE\nx,Zwei,DE\n3,Drei,QQ\n")

    assert found == [
        ("import_cell_empty", "2", "name"),
        ("import_no_whole_number", "3", "number"),
        ("country_unknown", "4", "country"),
    ]


async def test_of_very_many_faults_the_first_hundred_are_named() -> None:
    found = await faults_of(MEMBERS, "number,name\n" + "x,\n" * 200)

    assert (len(found), found[-1]) == (101, ("import_more_faults", None, None))


async def test_a_sentence_names_line_column_and_remedy() -> None:
    with pytest.raises(Refused) as refused:
        await checked(MEMBERS, "number,name\n1,=1+1\n")

    found = common_attributes(refused.value.refusals[0], ErrorContext(language="en", zone="Europe/Berlin"))
    assert found["message"] == "Line 2, column name: This is a formula; a spreadsheet would run it."
    assert found["remedy"] == "Replace the formula by its value."


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        ("number,name\n1,Müller\n".encode("cp1252"), "Windows-1252", ","),
        ("\ufeffnumber;name\r\n1;Müller\r\n".encode(), "UTF-8", ";"),
        ("number\tname\n1\tMüller\n".encode("utf-16"), "UTF-16", "\t"),
        ('"number";"name"\n"1";"Müller"\n'.encode(), "UTF-8", ";"),
    ],
)
async def test_encoding_and_separator_are_recognised(content: bytes, encoding: str, delimiter: str) -> None:
    data_import = await imported(MEMBERS, content)

    assert (data_import.encoding, data_import.delimiter) == (encoding, delimiter)
    assert (await Member.get()).name == "Müller"


async def test_a_file_that_is_too_large_is_refused() -> None:
    content = base64.b64encode(b"x" * (MAX_FILE_BYTES + 1)).decode()
    entry = ImportFile(kind=MEMBERS, file_name="big.csv", content=content)

    with pytest.raises(Refused) as refused:
        await execute(Command(noun="dataImport", move="check", input=entry), STAFF)

    assert [each.reason for each in refused.value.refusals] == ["import_too_large"]


async def test_the_same_file_twice_names_what_exists() -> None:
    file = a_file(CUSTOMER, {**CUSTOMER, "legal_name": "Weber KG"})
    await imported(CUSTOMERS, file)

    with pytest.raises(Refused) as refused:
        await checked(CUSTOMERS, file)

    assert [(each.reason, each.params["file_line"]) for each in refused.value.refusals] == [
        ("import_customer_exists", 2),
        ("import_customer_exists", 3),
    ]
    assert await Customer.all().count() == 2


async def test_customers_are_the_same_by_number_or_by_name_and_postcode() -> None:
    await a_customer(legal_name="Kunde  XYZ ", vat_id="DE136695976")
    with_vat_id = {**CUSTOMER, "vat_id": ""}

    found = await faults_of(
        CUSTOMERS,
        a_file(
            with_vat_id,
            {**with_vat_id, "legal_name": "Andere", "vat_id": "de 136 695 976"},
            {**with_vat_id, "legal_name": "kunde xyz", "postcode": "10115"},
            {**with_vat_id, "legal_name": "MÜLLER  GmbH"},
        ),
    )

    assert found == [
        ("import_customer_exists", "3", "vat_id"),
        ("import_customer_exists", "4", "legal_name"),
        ("import_repeated", "5", "legal_name"),
    ]


async def test_an_employee_limited_to_assigned_orders_imports_nothing() -> None:
    with pytest.raises(Refused) as refused:
        await checked(MEMBERS, a_file(MEMBER), LIMITED_STAFF)

    assert [each.reason for each in refused.value.refusals] == ["needs_all_orders"]
    assert i18n.translate("en", "reason.needs_all_orders")
