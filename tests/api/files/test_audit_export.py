"""The export for auditors: documents, register, events and proof of a period, for finance and administrators."""

import csv
import io
import json
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from domain.bank.model import BankTransactionStatus
from domain.billing.documents.model import InvoiceDocument
from domain.billing.inputs import Reversal
from domain.billing.model import Invoice, InvoiceStatus
from domain.database.anchors import anchor_finished_days
from domain.database.model import AuditEntry
from domain.kernel.actors import Role
from domain.parties.model import Customer
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.bank_files import a_transaction
from tests.makers.billing import Billed, an_invoice, the_operator
from tests.makers.parties import a_customer, a_member
from tests.makers.time import berlin, the_clock_shows
from tests.support.account_client import Target
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 3, 31, 10))

APRIL = "/files/audit-export?from=2026-04-01&until=2026-04-30"


@pytest.fixture
def target(site: Site) -> Target:
    return Target(site.dependencies, site.client)


@pytest.fixture
async def april(database: str) -> Billed:
    """One invoice of March, and in April one that is reversed the next day; days that are over are anchored."""
    await the_operator()
    await an_invoice(InvoiceStatus.PRINTED)
    await the_clock_shows(berlin(2026, 4, 1, 10))
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await the_clock_shows(berlin(2026, 4, 2, 10))
    await billed.move("reverse", takes=Reversal(reason="Typo"))
    await the_clock_shows(berlin(2026, 4, 3, 10))
    await anchor_finished_days()
    return billed


async def archive(target: Target, path: str = APRIL) -> zipfile.ZipFile:
    answer = await target.get(path, await an_account(Role.FINANCE))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(answer.content))


def table(opened: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    """A table of the archive, once both forms agree."""
    rows = list(csv.DictReader(io.StringIO(opened.read(f"{name}.csv").decode())))
    read: list[dict[str, Any]] = json.loads(opened.read(f"{name}.json"))
    assert [{key: str(value or "") for key, value in row.items()} for row in read] == [
        {key: value if value != "0" else "" for key, value in row.items()} for row in rows
    ]
    return read


def lines(opened: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in opened.read(name).decode().splitlines()]


async def test_it_holds_the_documents_of_the_period_by_number(target: Target, april: Billed) -> None:
    opened = await archive(target)

    documents = [name for name in opened.namelist() if name.startswith("documents/")]
    assert documents == ["documents/RE-2026-00002.pdf", "documents/ST-2026-00001.pdf"]
    stored = await InvoiceDocument.get(invoice_id=april.invoice.id)
    assert sha256(opened.read("documents/RE-2026-00002.pdf")).hexdigest() == stored.sha256


async def test_the_index_names_every_file_with_its_hash(target: Target, april: Billed) -> None:
    opened = await archive(target)

    index = {row["path"]: row for row in table(opened, "index")}
    assert {*index} | {"index.csv", "index.json"} == {*opened.namelist()}
    for path, row in index.items():
        content = opened.read(path)
        assert (row["size"], row["sha256"], row["state"]) == (len(content), sha256(content).hexdigest(), "INTACT")


async def test_the_register_says_who_gave_which_number_and_what_reverses_it(target: Target, april: Billed) -> None:
    invoice, reversal = table(await archive(target), "register")

    customer = (await Customer.get(id=april.invoice.customer_id)).legal_name
    assert (invoice["number"], invoice["series"], invoice["sequence"]) == ("RE-2026-00002", "RE-2026", 2)
    assert (invoice["customer"], invoice["net"], invoice["gross"]) == (customer, "500.00", "595.00")
    assert (invoice["reversed_by"], reversal["reverses"]) == ("ST-2026-00001", "RE-2026-00002")
    assert (reversal["kind"], reversal["gross"]) == ("CANCELLATION", "-595.00")
    assert (invoice["actor_role"], invoice["issued_on"]) == ("FINANCE", "2026-04-01")


async def test_the_hashes_of_the_events_can_be_computed_from_what_it_says(target: Target, april: Billed) -> None:
    events = lines(await archive(target), "events.jsonl")

    assert {event["name"] for event in events} >= {"invoice.print", "invoice.reverse"}
    assert all(event["at"] >= "2026-03-31T22:00" for event in events)
    for event in events:
        computed = sha256(bytes.fromhex(event["previous_hash"]) + event["hashed"].encode()).hexdigest()
        assert computed == event["hash"]


async def test_anchors_and_seals_can_be_computed_from_what_it_says(target: Target, april: Billed) -> None:
    opened = await archive(target)

    heads = lines(opened, "proof/heads.jsonl")
    for anchor in table(opened, "proof/anchors"):
        of_day = b"".join(bytes.fromhex(head["hash"]) for head in heads if head["day"] == anchor["day"])
        computed = sha256(bytes.fromhex(anchor["previous_hash"] or "") + of_day).hexdigest()
        assert (computed, of_day != b"") == (anchor["hash"], True)
    seals = lines(opened, "proof/seals.jsonl")
    assert {seal["table"] for seal in seals} == {"invoices", "document_numbers", "invoice_documents"}
    assert all(sha256(seal["hashed"].encode()).hexdigest() == seal["hash"] for seal in seals)
    assert opened.read("proof/anchor.txt").startswith(b"werkstand-anchor-1 ")


async def test_a_file_that_was_changed_or_removed_is_named_and_the_rest_is_there(
    target: Target, april: Billed, site: Site
) -> None:
    folder = Path(site.dependencies.settings.storage_url.removeprefix("file://"))
    reversal = await Invoice.get(number="ST-2026-00001")
    (folder / (await InvoiceDocument.get(invoice_id=april.invoice.id)).key).write_bytes(b"forged")
    (folder / (await InvoiceDocument.get(invoice_id=reversal.id)).key).unlink()

    index = {row["path"]: row["state"] for row in table(await archive(target), "index")}

    assert index["documents/RE-2026-00002.pdf"] == "CHANGED"
    assert index["documents/ST-2026-00001.pdf"] == "MISSING"
    assert {state for path, state in index.items() if not path.startswith("documents/")} == {"INTACT"}


@pytest.mark.parametrize("portion", [1, 2])
async def test_pages_go_on_where_the_last_one_ended(
    target: Target, april: Billed, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (await archive(target)).namelist()
    monkeypatch.setattr("domain.audit_export.documents.PORTION", portion)
    monkeypatch.setattr("domain.audit_export.proof.PAGE", portion)

    assert (await archive(target)).namelist() == whole


async def test_the_audit_trail_names_who_exported_which_period(target: Target, april: Billed) -> None:
    administrator = await an_account(Role.ADMIN)

    await target.get(APRIL, administrator)

    entry = await AuditEntry.get(action="register.export")
    assert entry.account_id == administrator.id
    assert entry.detail == {"first_day": str(date(2026, 4, 1)), "last_day": str(date(2026, 4, 30))}


async def test_for_all_others_it_does_not_exist(target: Target, april: Billed) -> None:
    others = [
        await an_account(Role.STAFF),
        await a_member_account(await a_member()),
        await a_customer_account(await a_customer()),
    ]

    answers = [await target.get(APRIL, each) for each in others]
    answers.append(await target.client.get(APRIL))

    assert {answer.status_code for answer in answers} == {404}
    assert await AuditEntry.filter(action="register.export").count() == 0


@pytest.mark.parametrize("period", ["", "from=2026-04-01", "from=x&until=y", "from=2026-05-01&until=2026-04-30"])
async def test_what_is_no_period_is_refused(target: Target, april: Billed, period: str) -> None:
    answer = await target.get(f"/files/audit-export?{period}", await an_account(Role.FINANCE))

    assert answer.status_code == 400


async def test_open_items_and_what_the_bank_stated_of_the_period_are_there(target: Target, april: Billed) -> None:
    owed, _, transaction = await a_transaction(BankTransactionStatus.BOOKED)

    opened = await archive(target)

    number = owed.billed.invoice.number
    (receivable,) = table(opened, "receivables")
    assert (receivable["number"], receivable["status"], receivable["paid"]) == (number, "PAID", "595.00")
    (entry,) = table(opened, "receivable_entries")
    assert (entry["number"], entry["kind"], entry["amount"]) == (number, "PAYMENT", "-595.00")
    assert entry["bank_transaction_id"] == str(transaction.id)
    (file,) = table(opened, "bank_files")
    (stated,) = table(opened, "bank_transactions")
    assert (stated["file_id"], stated["amount"], stated["status"]) == (file["id"], "595.00", "BOOKED")
    names = {event["name"] for event in lines(opened, "events.jsonl")}
    assert {"receivable.open", "bankFile.import", "bankTransaction.book"} <= names
