"""What both schemas tell of a delivery: its record, its defects and their answers, its day and how late it is."""

from datetime import date
from typing import Any

import pytest

from domain.deliveries.inputs import DefectAnswer, DefectAnswers, DeliveryDraft, PlacedDefect, RevisionRequest
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Actor
from domain.kernel.ids import external
from domain.orders.inputs import DueProposal
from tests.makers.deliveries import DeliveryCase, a_delivery, an_active_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

DEFECTS = (
    "query ($id: ID!) { delivery(id: $id) { versions { defects { number text fileName page corrected answer } } } }"
)
RECORD = """query ($id: ID!) { delivery(id: $id) { acceptanceRecord { versionNumber acceptedBy person rating
    document { path size sha256 } } } }"""
LATENESS = (
    "query ($where: OrderWhere) { orders(where: $where) { nodes { late lateness dueProposal { dueOn reason } } } }"
)
PROPOSAL = (
    "query ($id: ID!) { order(id: $id) { dueProposal { dueOn reason } nextSteps { step } openActions { name } } }"
)


async def the_defect(client: SchemaClient, case: DeliveryCase, actor: Actor) -> dict[str, Any]:
    answer = await client.ask(DEFECTS, actor, id=external("del", case.id))
    (defect,) = answer["delivery"]["versions"][0]["defects"]
    return dict(defect)


async def test_the_customer_reads_answers_with_the_next_version_and_not_before(
    in_operations: SchemaClient, in_portal: SchemaClient
) -> None:
    case = await a_delivery()
    placed = PlacedDefect(text="Wrong logo.", page=3)
    await case.move("requestRevision", RevisionRequest(placed_defects=(placed,)))
    answers = (DefectAnswer(number=1, corrected=True, answer="It is the new one."),)
    await case.move("answerDefects", DefectAnswers(answers=answers))
    around = case.around

    own = await the_defect(in_operations, case, around.by_member)
    early = await the_defect(in_portal, case, around.by_customer)
    await case.move("describe", DeliveryDraft(description="Again", link="https://files.example/2"))
    await case.move("resubmit")
    later = await the_defect(in_portal, case, around.by_customer)

    named = {"number": 1, "text": "Wrong logo.", "fileName": None, "page": 3}
    assert own == named | {"corrected": True, "answer": "It is the new one."}
    assert early == named | {"corrected": False, "answer": None}
    assert later["corrected"] is True


async def test_both_sides_see_the_record_of_an_acceptance(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    case = await a_delivery(DeliveryStatus.ACCEPTED)
    given = external("del", case.id)

    for client, actor in ((in_operations, case.around.by_member), (in_portal, case.around.by_customer)):
        record = (await client.ask(RECORD, actor, id=given))["delivery"]["acceptanceRecord"]
        assert (record["versionNumber"], record["acceptedBy"], record["rating"]) == (1, "CUSTOMER", None)
        assert record["document"]["path"].startswith(f"/files/acceptances/{given}?until=")


async def test_a_delivery_that_is_not_accepted_has_no_record(in_portal: SchemaClient) -> None:
    case = await a_delivery()

    answer = await in_portal.ask(RECORD, case.around.by_customer, id=external("del", case.id))

    assert answer["delivery"]["acceptanceRecord"] is None


@pytest.mark.parametrize(("wanted", "count"), [("VERY_LATE", 1), ("LATE", 0), ("ON_TIME", 0)])
async def test_orders_are_filtered_by_how_late_they_are(in_operations: SchemaClient, wanted: str, count: int) -> None:
    await an_active_order(delivery_due_at=berlin(2026, 4, 10, 15))
    await the_clock_shows(berlin(2026, 4, 20))

    answer = await in_operations.ask(LATENESS, STAFF, where={"lateness": {"eq": wanted}})

    assert len(answer["orders"]["nodes"]) == count


async def test_a_proposed_day_is_the_customers_next_step(in_portal: SchemaClient) -> None:
    case = await an_active_order(delivery_due_at=berlin(2026, 4, 10, 15))
    await case.move("proposeDue", case.by_member, DueProposal(due_on=date(2026, 4, 20), reason="Paper is late."))

    order = (await in_portal.ask(PROPOSAL, case.by_customer, id=external("ord", case.order.id)))["order"]

    assert order["dueProposal"] == {"dueOn": "2026-04-20", "reason": "Paper is late."}
    assert "answer_the_due_day" in [step["step"] for step in order["nextSteps"]]
    assert {"acceptDue", "declineDue"} <= {action["name"] for action in order["openActions"]}
