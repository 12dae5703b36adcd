"""Bank files are read in both versions, as XML or ZIP; broken ones are refused with line and reason."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from domain.bank.camt.archive import MAX_DOCUMENTS, MAX_UNPACKED_BYTES
from domain.bank.camt.faults import BrokenBankFile
from domain.bank.camt.reader import read_bank_file
from domain.bank.camt.values import Bounds
from tests.makers.bank_files import ACCOUNT, PAYER, Entry, camt, document, statement, zipped

OTHER_ACCOUNT = "DE02100500000024290661"
LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&lol2;</Document>"""
EXTERNAL = b"""<?xml version="1.0"?>
<!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&xxe;</Document>"""
REMOTE = b"""<?xml version="1.0"?>

<!DOCTYPE Document SYSTEM "http://bank.example/camt.dtd">
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>"""


def bomb() -> bytes:
    return zipped(b"<a>" + b" " * (MAX_UNPACKED_BYTES + 1))


def encrypted() -> bytes:
    content = bytearray(zipped(camt()))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def without_statements() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return file.getvalue()


def changed(old: str, new: str, **more: str) -> bytes:
    content = camt(Entry(), **more)
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


def twice() -> bytes:
    content = camt(Entry(), Entry(day="2026-04-02"))
    return content.replace(b"<Ntry>", b"<Ntry><NtryRef>7</NtryRef>")


BOUNDS = Bounds(accounts=frozenset({ACCOUNT}), last_day=date(2026, 4, 8))
BROKEN: dict[str, tuple[Callable[[], bytes], str, int | None]] = {
    "empty": (lambda: b" \n ", "bank_file_empty", None),
    "not XML": (lambda: b"Buchungstag;Betrag\n01.04.2026;595,00", "bank_file_not_xml", 1),
    "truncated": (lambda: camt(Entry())[:-60], "bank_file_not_xml", 13),
    "binary": (lambda: b"\x00\x01\x02", "bank_file_encoding", None),
    "UTF-16": (lambda: camt(Entry()).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "bank_file_encoding", None),
    "invalid bytes": (
        lambda: changed("Kunde XYZ", "Kunde X").replace(b"Kunde X", b"Kunde \xff\xfe"),
        "bank_file_not_xml",
        12,
    ),
    "billion laughs": (lambda: LAUGHS, "bank_file_with_document_type", 2),
    "external entity": (lambda: EXTERNAL, "bank_file_with_document_type", 2),
    "remote document type": (lambda: REMOTE, "bank_file_with_document_type", 3),
    "undeclared entity": (lambda: changed("Kunde XYZ", "&xyz;"), "bank_file_not_xml", 12),
    "too deep": (lambda: b"<a>" * 100_000, "bank_file_not_xml", 1),
    "other kind of document": (lambda: changed("camt.053.001.08", "camt.052.001.08"), "bank_file_of_other_kind", 2),
    "unknown version": (lambda: changed("camt.053.001.08", "camt.053.001.13"), "bank_file_of_other_kind", 2),
    "without statements": (lambda: document(), "bank_file_without_statements", 2),
    "account missing": (lambda: changed(f"<IBAN>{ACCOUNT}</IBAN>", "<Othr/>"), "bank_account_missing", 4),
    "account mistyped": (lambda: changed(ACCOUNT, "DE03120300000000202051"), "bank_account_missing", 4),
    "wrong total": (lambda: camt(Entry(), closing="1595.01"), "bank_totals_wrong", 4),
    "balance missing": (lambda: changed("CLBD", "CLAV"), "bank_balances_missing", 4),
    "wrong currency": (lambda: camt(Entry(currency="USD")), "bank_currency_wrong", 8),
    "amount in words": (lambda: changed(">595.00<", ">many<"), "bank_amount_malformed", 8),
    "amount with three decimals": (lambda: changed(">595.00<", ">595.001<"), "bank_amount_malformed", 8),
    "amount below zero": (lambda: changed(">595.00<", ">-595.00<"), "bank_amount_malformed", 8),
    "amount beyond measure": (lambda: changed(">595.00<", ">1e30<"), "bank_amount_malformed", 8),
    "amount is no number": (lambda: changed(">595.00<", ">NaN<"), "bank_amount_malformed", 8),
    "direction unknown": (lambda: camt(Entry(direction="BOTH")), "bank_direction_missing", 9),
    "day impossible": (lambda: camt(Entry(day="2026-02-30")), "bank_day_missing", 10),
    "batch does not add up": (
        lambda: camt(Entry(details=(("500.00", "a"), ("94.00", "b")))),
        "bank_batch_total_wrong",
        8,
    ),
    "batch counts wrong": (
        lambda: camt(Entry(details=(("500.00", "a"), ("95.00", "b")), batch_count=3)),
        "bank_batch_count_wrong",
        11,
    ),
    "statement twice": (lambda: document(statement(Entry()), statement(Entry())), "bank_statement_twice", 13),
    "ZIP bomb": (bomb, "bank_file_too_large", None),
    "ZIP truncated": (lambda: zipped(camt(Entry()))[:-30], "bank_archive_unreadable", None),
    "ZIP encrypted": (encrypted, "bank_archive_encrypted", None),
    "ZIP without statements": (without_statements, "bank_archive_without_statements", None),
    "ZIP with too many": (lambda: zipped(*[camt()] * (MAX_DOCUMENTS + 1)), "bank_archive_too_many", None),
    "ZIP that is empty": (lambda: zipped(), "bank_archive_without_statements", None),
    "ZIP in a ZIP": (lambda: zipped(zipped(camt(Entry()))), "bank_file_encoding", None),
    "statement twice in a ZIP": (lambda: zipped(camt(Entry()), camt(Entry())), "bank_statement_twice", 4),
    "a hundred megabytes": (lambda: b"<" * 100_000_000, "bank_file_too_large", None),
    "HTML": (lambda: b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", "bank_file_with_document_type", 1),
    "XHTML": (lambda: b"<html><body>Sign in</body></html>", "bank_file_of_other_kind", 1),
    "entry twice": (twice, "bank_entry_twice", 13),
    "reversal in the wrong direction": (
        lambda: changed("<Sts>", "<RvslInd>true</RvslInd><Sts>").replace(
            b"CRDT</CdtDbtInd><Rvsl", b"DBIT</CdtDbtInd><Rvsl"
        ),
        "bank_totals_wrong",
        4,
    ),
    "account of another firm": (lambda: camt(Entry(), account=OTHER_ACCOUNT), "bank_account_unknown", 4),
    "day to come": (lambda: camt(Entry(day="2026-04-09")), "bank_day_to_come", 8),
    "ZIP with a broken one": (lambda: zipped(camt(Entry()), b"<a>"), "bank_file_not_xml", 1),
}


@pytest.mark.parametrize(("make", "reason", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_line_and_reason(
    make: Callable[[], bytes], reason: str, line: int | None
) -> None:
    content = make()

    with pytest.raises(BrokenBankFile) as broken:
        read_bank_file(content, BOUNDS)

    assert (broken.value.reason, broken.value.line) == (reason, line)


@pytest.mark.parametrize("version", ["02", "08"])
def test_both_versions_say_the_same(version: str) -> None:
    read = read_bank_file(camt(Entry(charges="1.50"), Entry(direction="DBIT", amount="20.00"), version=version))

    (found,) = read.statements
    income, expense = found.bookings
    assert (read.format, found.account_iban, found.currency) == (f"camt.053.001.{version}", ACCOUNT, "EUR")
    assert (income.amount_cents, income.charges_cents, income.booked_on) == (595_00, 1_50, date(2026, 4, 1))
    assert (income.counterparty_name, income.counterparty_iban) == ("Kunde XYZ", PAYER)
    assert (income.reference, income.end_to_end_id, income.bank_reference) == ("RE-2026-00001", "", "4711")
    assert expense.amount_cents == -20_00


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_collective_entry_is_one_booking_each(version: str) -> None:
    batch = Entry(details=(("500.00", "RE-1"), ("95.00", "RE-2")), batch_count=2)

    (found,) = read_bank_file(camt(batch, version=version)).statements

    assert [(each.amount_cents, each.reference) for each in found.bookings] == [(500_00, "RE-1"), (95_00, "RE-2")]


def test_an_archive_holds_several_accounts() -> None:
    archive = zipped(camt(Entry()), camt(Entry(), account=OTHER_ACCOUNT, opening="-30.00", closing="565.00"))

    read = read_bank_file(archive)

    assert [each.account_iban for each in read.statements] == [ACCOUNT, OTHER_ACCOUNT]


def test_what_is_only_announced_is_left_out() -> None:
    (found,) = read_bank_file(camt(Entry(status="PDNG"), Entry())).statements

    assert len(found.bookings) == 1


def test_references_that_say_nothing_may_come_again() -> None:
    content = camt(Entry(), Entry(day="2026-04-02")).replace(b"<Ntry>", b"<Ntry><NtryRef>NONREF</NtryRef>")

    (found,) = read_bank_file(content, BOUNDS).statements

    assert len(found.bookings) == 2


def test_a_payment_that_the_bank_took_back_went_out() -> None:
    reversal = camt(Entry(direction="DBIT")).replace(b"<Sts>", b"<RvslInd>true</RvslInd><Sts>")

    (found,) = read_bank_file(reversal, BOUNDS).statements

    assert [each.amount_cents for each in found.bookings] == [-595_00]
