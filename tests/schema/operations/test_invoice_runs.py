"""Invoice runs through the API: the dry run, each step, what waits, and who may do it."""

from datetime import date
from typing import Any

import pytest

from domain.billing.inputs import InvoiceDate
from domain.billing.model import Invoice
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.kernel.ids import external
from settings import Settings
from tests.makers.billing import move_line, someone_in_finance, the_operator
from tests.makers.invoice_runs import a_composed_run, a_run, lines_for, lines_of_one
from tests.makers.parties import ADMIN, STAFF, acting_for_member
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient, operations_client

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

WHOLE = """{ id number status statusLabel isWorkedOn counts { total held inApproval ready printed posted }
    operation { kind state total done applied } customers { legalName } sources
    plannedInvoices { totalCount nodes { customer { legalName } invoiceOn lineCount net { amount } lines { text } } }
    exceptions { totalCount nodes { customerName line { text } invoice { provisionalNumber }
        errors { reason message remedy } } }
    invoices { nodes { number status } } openActions { name allowed } }"""
QUESTION = """query ($id: ID!) { invoiceRun(id: $id) { issuePreview { count numbers { count first last }
    sums { currency count net { amount } gross { amount } } issuedOn offPlan plannedFrom plannedUntil redated } } }"""
RUN = f"query ($id: ID!) {{ invoiceRun(id: $id) {WHOLE} }}"


@pytest.fixture
def in_operations(settings: Settings, database: str) -> SchemaClient:
    return operations_client(settings)


async def moved(side: SchemaClient, name: str, by: Actor, **input: Any) -> Any:
    payload = await side.move(f"invoiceRun{name}", by, input, entity=f"invoiceRun {WHOLE}")
    assert payload["errors"] == []
    return payload["invoiceRun"]


async def test_a_run_through_the_api_from_the_selection_to_issued_invoices(in_operations: SchemaClient) -> None:
    await the_operator()
    fay = await someone_in_finance()
    await lines_of_one(2)
    (held,) = await lines_for(1)
    await move_line(held, "hold")

    run = await moved(in_operations, "Create", fay, invoiceOnUntil="2026-04-30")
    assert (run["status"], run["statusLabel"], run["operation"]) == ("ON_HOLD", "Prepared", None)
    (planned,) = run["plannedInvoices"]["nodes"]
    assert (planned["lineCount"], planned["net"]["amount"], planned["invoiceOn"]) == (2, "200.00", "2026-04-01")
    (left,) = run["exceptions"]["nodes"]
    assert (left["customerName"], left["line"]["text"]) == ("Kunde 00", "Beratung")
    assert left["errors"][0] == {
        "reason": "line_not_confirmed",
        "message": "A line is not confirmed.",
        "remedy": "Confirm the line first.",
    }

    await moved(in_operations, "Compose", fay, id=run["id"])
    (composed,) = (await read(in_operations, fay, run["id"]))["invoices"]["nodes"]
    await moved(in_operations, "Print", fay, id=run["id"])
    printed = await read(in_operations, fay, run["id"])

    assert composed == {"number": None, "status": "READY_TO_PRINT"}
    assert (printed["status"], printed["isWorkedOn"]) == ("PRINTED", False)
    assert printed["counts"] == {"total": 1, "held": 0, "inApproval": 0, "ready": 0, "printed": 1, "posted": 0}
    assert printed["operation"] == {"kind": "INVOICE_PRINT", "state": "DONE", "total": 1, "done": 1, "applied": 1}
    assert printed["invoices"]["nodes"] == [{"number": "RE-2026-00001", "status": "PRINTED"}]
    assert printed["plannedInvoices"]["totalCount"] == 0


async def test_the_question_before_a_run_is_issued_counts_numbers_dates_and_sums(in_operations: SchemaClient) -> None:
    await the_operator()
    fay = await someone_in_finance()
    today, later, last_year = date(2026, 4, 1), date(2026, 4, 20), date(2025, 12, 31)
    await lines_for(2, invoice_on=today)
    await lines_for(2, invoice_on=later)
    run = await a_composed_run(fay, customers=0)
    dated: Any = await Invoice.filter(invoice_on=today).first()
    redate = Command(
        noun="invoice", move="redate", subject_id=dated.id, input=InvoiceDate(invoice_on=last_year, confirmed=True)
    )
    await execute(redate, fay)

    asked = await in_operations.ask(QUESTION, fay, id=external("ivr", run.id))

    assert asked["invoiceRun"]["issuePreview"] == {
        "count": 4,
        "numbers": [
            {"count": 1, "first": "RE-2025-00001", "last": "RE-2025-00001"},
            {"count": 3, "first": "RE-2026-00001", "last": "RE-2026-00003"},
        ],
        "sums": [{"currency": "EUR", "count": 4, "net": {"amount": "400.00"}, "gross": {"amount": "476.00"}}],
        "issuedOn": "2026-04-01",
        "offPlan": 2,
        "plannedFrom": "2026-04-20",
        "plannedUntil": "2026-04-20",
        "redated": 1,
    }


async def read(side: SchemaClient, by: Actor, run_id: str) -> Any:
    return (await side.ask(RUN, by, id=run_id))["invoiceRun"]


async def test_a_broken_rule_is_an_exception_with_its_remedy(in_operations: SchemaClient) -> None:
    await the_operator(contact_name="Bea Büro", phone="+49 30 123456")
    fay = await someone_in_finance()
    (line,) = await lines_for(1)
    run = await a_run(fay)
    await moved(in_operations, "Compose", fay, id=external("ivr", run.id))
    await in_operations.move(
        "customerAmend",
        ADMIN,
        {"id": external("cus", line.customer_id), "documentFormat": "XRECHNUNG_CII"},
        entity="customer { id }",
    )

    (broken,) = (await read(in_operations, fay, external("ivr", run.id)))["exceptions"]["nodes"]

    assert broken["invoice"]["provisionalNumber"] == (await Invoice.get()).provisional_number
    assert broken["errors"][0]["reason"] == "buyer_reference_missing"
    assert broken["errors"][0]["remedy"]


async def test_a_customer_that_does_not_exist_is_refused_at_its_place(in_operations: SchemaClient) -> None:
    fay = await someone_in_finance()
    (line,) = await lines_for(1)
    given = [external("cus", line.customer_id), external("cus", line.id)]

    payload = await in_operations.move(
        "invoiceRunCreate", fay, {"invoiceOnUntil": "2026-04-30", "customerIds": given}, entity="invoiceRun { id }"
    )

    (error,) = payload["errors"]
    assert (error["reason"], error["path"]) == ("customer_unknown", ["customerIds", "1"])


async def test_runs_do_not_exist_for_others(in_operations: SchemaClient) -> None:
    await the_operator()
    fay = await someone_in_finance()
    (line,) = await lines_for(1)
    run = await a_run(fay)
    member = acting_for_member(await line.member)

    for stranger in (STAFF, member):
        answer = await in_operations.ask(
            "query ($id: ID!) { invoiceRun(id: $id) { id } invoiceRuns { totalCount } }",
            stranger,
            id=external("ivr", run.id),
        )
        assert answer == {"invoiceRun": None, "invoiceRuns": {"totalCount": 0}}


async def test_the_open_actions_are_those_that_are_possible(in_operations: SchemaClient) -> None:
    await the_operator()
    fay = await someone_in_finance()
    await lines_for(1)
    run = await a_run(fay)
    before = await read(in_operations, fay, external("ivr", run.id))
    await execute(Command(noun="invoiceRun", move="compose", subject_id=run.id), fay)

    after = await read(in_operations, fay, external("ivr", run.id))

    assert allowed_moves(before) == {"amend", "compose", "delete"}
    assert allowed_moves(after) == {"print", "undo"}


def allowed_moves(run: Any) -> set[str]:
    return {action["name"] for action in run["openActions"] if action["allowed"]}
