"""Files that cannot be imported: each fault is named by line and column with its remedy, and nothing is written."""

import base64
from typing import Any

import pytest

from domain.commands import execute
from domain.engine.commands import Command
from domain.imports.inputs import MAX_FILE_BYTES, ImportFile
from domain.imports.model import DataImport, ImportKind
from domain.kernel import i18n
from domain.kernel.errors import Refusal, Refused
from domain.orders.model import Order
from domain.parties.model import Customer, Member, MembershipStatus
from schema.shared.errors import ErrorContext, common_attributes
from tests.makers.imports import CUSTOMER, MEMBER, a_file, checked, imported
from tests.makers.parties import LIMITED_STAFF, STAFF, a_customer, a_member, working_together
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2025, 12, 1, 10))
MEMBERS, CUSTOMERS, ORDERS = ImportKind.MEMBERS, ImportKind.CUSTOMERS, ImportKind.ORDERS
Fault = tuple[str, str | None, str | None]


async def faults_of(kind: ImportKind, content: str | bytes) -> list[Fault]:
    """Reason, line and column of every fault; each has a sentence in both languages, and nothing is written."""
    with pytest.raises(Refused) as refused:
        await checked(kind, content)
    assert await DataImport.all().count() == 0
    for refusal in refused.value.refusals:
        for language in ("de", "en"):
            assert common_attributes(refusal, ErrorContext(language=language, zone="Europe/Berlin"))["message"]
    return [_fault(each) for each in refused.value.refusals]


def _fault(refusal: Refusal) -> Fault:
    line, column = (*refusal.path[1:], None, None)[:2]
    return refusal.reason, line, column


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


async def an_order_row(**cells: object) -> dict[str, object]:
    """A row of an active order that has nothing wrong with it."""
    member, customer = await a_member(), await a_customer(vat_id="DE136695976")
    await working_together(member, customer)
    return {
        "number": f"AF-{member.number:05}-0001",
        "status": "ACTIVE",
        "member_number": member.number,
        "customer_vat_id": customer.vat_id,
        "contact_email": "",
        "project": "Messestand",
        "service_from": "2025-11-01",
        "service_to": "2026-03-31",
        "offer_valid_until": "",
        "submitted_on": "2025-10-01",
        "offered_on": "",
        "activated_on": "10.10.2025",
        "completed_on": "",
        "confirmed_by": "Kim Kontakt",
        "skip_confirmation": "",
        "invoice_on": "2026-01-31",
        "text": "Stand",
        "unit_price": "1200,00",
        "invoiced_as": "",
    } | cells


async def test_an_order_without_faults_is_imported() -> None:
    await imported(ORDERS, a_file(await an_order_row()))

    assert (await Order.get()).net_cents == 120_000


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"status": "CANCELED"}, ("import_order_status", "2", "status")),
        ({"submitted_on": ""}, ("import_day_missing", "2", "submitted_on")),
        ({"activated_on": "2025-12-02"}, ("import_day_in_future", "2", "activated_on")),
        ({"activated_on": "2025-09-30"}, ("import_days_out_of_order", "2", "activated_on")),
        ({"confirmed_by": ""}, ("import_confirmed_by_missing", "2", "confirmed_by")),
        ({"invoice_on": "2025-11-30"}, ("import_past_invoice_open", "2", "invoiced_as")),
        ({"text": "", "unit_price": "", "invoice_on": ""}, ("billing_plan_empty", "2", None)),
        ({"unit_price": "-1"}, ("planned_invoice_below_zero", "2", None)),
        ({"unit_price": "1.200,00"}, ("import_no_decimal", "2", "unit_price")),
        ({"unit_price": "1,00001"}, ("price_with_more_than_four_decimals", "2", "unit_price")),
        ({"service_to": "2025-10-31"}, ("period_ends_before_it_starts", "2", "service_to")),
        ({"service_from": ""}, ("service_period_missing", "2", None)),
        ({"project": ""}, ("project_missing", "2", None)),
        ({"customer_vat_id": ""}, ("customer_missing", "2", None)),
        ({"customer_vat_id": "DE999999999"}, ("import_customers_found", "2", "customer_name")),
        ({"contact_email": "fremd@anderswo.example"}, ("contact_unknown", "2", "contact_email")),
        ({"member_number": "99999"}, ("member_unknown", "2", "member_number")),
        ({"number": "AF-00001-0001"}, ("import_number_of_another_member", "2", "number")),
        ({"status": "AWAITING_CUSTOMER", "offered_on": "2025-10-02"}, ("offer_end_missing", "2", None)),
        (
            {"status": "AWAITING_CUSTOMER", "offered_on": "2025-10-02", "offer_valid_until": "2025-11-30"},
            ("offer_end_is_past", "2", None),
        ),
        ({"status": "COMPLETED", "completed_on": "2025-11-30"}, ("completion_rule_does_not_hold", "2", None)),
        ({"status": "IN_REVIEW", "invoiced_as": "RE-1"}, ("import_invoiced_too_early", "2", "invoiced_as")),
    ],
)
async def test_what_the_lifecycle_demands_is_demanded_of_an_imported_order(cells: dict[str, Any], fault: Fault) -> None:
    assert fault in await faults_of(ORDERS, a_file(await an_order_row(**cells)))


async def test_a_number_that_is_taken_or_comes_back_later_is_named() -> None:
    row = await an_order_row()
    other = {**row, "number": "ALT-7"}
    await imported(ORDERS, a_file(other))

    with pytest.raises(Refused) as refused:
        await checked(ORDERS, a_file(other, row, {**row, "number": "ALT-8"}, row))

    assert [(each.reason, each.params["file_line"]) for each in refused.value.refusals] == [
        ("import_order_exists", 2),
        ("import_repeated", 5),
    ]


async def test_lines_of_one_order_may_not_contradict_each_other() -> None:
    row = await an_order_row()

    found = await faults_of(ORDERS, a_file(row, {**row, "project": "Anders"}))

    assert found == [("import_not_as_before", "3", "project")]


async def test_an_order_of_an_ended_membership_is_refused() -> None:
    row = await an_order_row()
    await Member.filter(number=row["member_number"]).update(status=MembershipStatus.ENDED)

    assert ("import_member_ended", "2", "member_number") in await faults_of(ORDERS, a_file(row))


async def test_an_employee_limited_to_assigned_orders_imports_nothing() -> None:
    with pytest.raises(Refused) as refused:
        await checked(MEMBERS, a_file(MEMBER), LIMITED_STAFF)

    assert [each.reason for each in refused.value.refusals] == ["needs_all_orders"]
    assert i18n.translate("en", "reason.needs_all_orders")
