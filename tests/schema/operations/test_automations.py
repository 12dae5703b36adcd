"""Automations read through the API: in the reader's language by the operator's people, not at all by others."""

from dataclasses import replace

import pytest

from domain.accounts.model import OrderAccess
from domain.automations.model import AutomationAction
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.model import Assignment, OrderStatus
from domain.pipelines.inputs import StageEntry
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.automations import an_automation, sets_template, the_template
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member
from tests.makers.pipelines import a_pipeline, ids_of
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient, operations_client

pytestmark = pytest.mark.database

SENTENCES = "{ automations(first: 10) { nodes { name sentence } } }"
EXCEPTIONS = """{ automationExceptions(first: 10) { totalCount nodes {
    outcome outcomeLabel error automation { name } order { number } event { name at }
    reasons { reason message } openActions { name allowed } } } }"""
OF_ORDER = """query($id: ID!) { order(id: $id) {
    automationRuns(first: 10) { nodes { outcome automation { name } event { name } } }
    clientStatus { automation { name } }
    clientStatusHistory(first: 10) { nodes { label actorName automation { name } } } } }"""


@pytest.fixture
async def side(settings: Settings, database: str) -> SchemaClient:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    return operations_client(settings)


async def the_sentences(side: SchemaClient, actor: Actor = STAFF) -> list[str]:
    answer = await side.ask(SENTENCES, actor)
    return [each["sentence"] for each in answer["automations"]["nodes"]]


def in_language(actor: Actor, language: str) -> Actor:
    return Actor(kind=actor.kind, role=actor.role, account_id=actor.account_id, language=language)


async def test_an_automation_is_told_in_one_sentence(side: SchemaClient) -> None:
    await sets_template("In review", "delivery.submit", tags=("web",))

    assert await the_sentences(side) == ["After “Delivered”, for orders tagged web: show “In review”."]
    assert await the_sentences(side, in_language(STAFF, "de")) == [
        "Nach „Geliefert“, bei Aufträgen mit den Schlagwörtern web: „In Prüfung“ zeigen."
    ]


async def test_every_condition_is_in_the_sentence(side: SchemaClient) -> None:
    pipeline, customer, member = await a_pipeline("One", "Two"), await a_customer(), await a_member()
    one, two = await ids_of(pipeline)
    await an_automation(
        "order.enterStage",
        stage_id=one,
        customer_id=customer.id,
        member_id=member.id,
        pipeline_id=pipeline.id,
        from_template_id=(await the_template("Done")).id,
        action=AutomationAction.ENTER_STAGE,
        target_stage_id=two,
    )

    assert await the_sentences(side) == [
        "After “Moved to a stage: One (Werkstatt)”, for orders of Kunde XYZ, of the member Mara Member, "
        "on the board Werkstatt and whose client status came from “Done”: move to “Two” (Werkstatt)."
    ]


async def test_who_sees_assigned_orders_only_is_not_told_of_other_customers(side: SchemaClient) -> None:
    await an_automation(customer_id=(await a_customer("Geheim GmbH")).id)
    assigned_only = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, language="en")

    (told,) = await the_sentences(side, assigned_only)

    assert "Geheim" not in told


async def test_automations_are_listed_in_the_order_in_which_they_run(side: SchemaClient) -> None:
    for name, position in (("Second", 2), ("Third", 3), ("First", 1)):
        await an_automation(name=name, position=position)

    answer = await side.ask(SENTENCES, FINANCE)

    assert [each["name"] for each in answer["automations"]["nodes"]] == ["First", "Second", "Third"]


async def test_members_read_nothing_of_automations(side: SchemaClient) -> None:
    automation = await sets_template("In progress")
    case = await an_order(OrderStatus.ACTIVE)

    answer = await side.ask(OF_ORDER, case.by_member, id=external("ord", case.order.id))

    assert answer["order"]["automationRuns"]["nodes"] == []
    assert answer["order"]["clientStatus"]["automation"] is None
    assert await the_sentences(side, case.by_member) == []
    one = "query($id: ID!) { automation(id: $id) { name } automationRuns(first: 1) { totalCount } }"
    found = await side.ask(one, case.by_member, id=external("aut", automation.id))
    assert found == {"automation": None, "automationRuns": {"totalCount": 0}}


async def test_the_order_tells_what_did_it(side: SchemaClient) -> None:
    await sets_template("In progress")
    case = await an_order(OrderStatus.ACTIVE)

    answer = await side.ask(OF_ORDER, STAFF, id=external("ord", case.order.id))

    assert answer["order"]["automationRuns"]["nodes"] == [
        {"outcome": "APPLIED", "automation": {"name": "In progress"}, "event": {"name": "order.confirm"}}
    ]
    assert answer["order"]["clientStatus"]["automation"] == {"name": "In progress"}
    (change,) = answer["order"]["clientStatusHistory"]["nodes"]
    assert change == {"label": "In progress", "actorName": "In progress", "automation": {"name": "In progress"}}


async def test_exceptions_say_why_and_what_can_be_done(side: SchemaClient) -> None:
    await an_automation("order.confirm", action=AutomationAction.SHOW)
    await an_automation("order.confirm", name="Hide", action=AutomationAction.HIDE)
    case = await an_order(OrderStatus.ACTIVE)

    (told,) = (await side.ask(EXCEPTIONS, STAFF))["automationExceptions"]["nodes"]

    assert (told["outcome"], told["outcomeLabel"], told["error"]) == ("FAILED", "Not possible", None)
    assert (told["automation"], told["order"]) == ({"name": "Rule"}, {"number": case.order.number})
    assert told["event"] == {"name": "order.confirm", "at": "2026-04-01T08:00:00Z"}
    assert [reason["reason"] for reason in told["reasons"]] == ["label_missing"]
    assert [action["name"] for action in told["openActions"]] == ["dismiss", "retry"]


async def test_exceptions_of_orders_out_of_sight_are_none(side: SchemaClient) -> None:
    account = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    assigned_only = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account.id, language="en")
    await an_automation("order.confirm", action=AutomationAction.SHOW)
    ours, _ = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.ACTIVE)
    await Assignment.create(order=ours.order, account=account)

    told = (await side.ask(EXCEPTIONS, assigned_only))["automationExceptions"]

    assert told["totalCount"] == 1
    assert told["nodes"][0]["order"] == {"number": ours.order.number}


async def test_the_triggers_are_told_in_the_readers_language(side: SchemaClient) -> None:
    triggers = "{ automationTriggers { name label } }"

    english = (await side.ask(triggers, STAFF))["automationTriggers"]
    german = (await side.ask(triggers, in_language(ADMIN, "de")))["automationTriggers"]

    assert {"name": "delivery.submit", "label": "Delivered"} in english
    assert {"name": "delivery.submit", "label": "Geliefert"} in german
    names = {each["name"] for each in english}
    assert {"order.enterStage", "invoice.print", "order.expire"} <= names
    assert names.isdisjoint({"order.delete", "line.confirm", "clientStatus.show"})


async def test_an_automation_is_written_by_a_mutation_and_shown_on_its_stage(side: SchemaClient) -> None:
    pipeline = await a_pipeline(StageEntry(name_de="Eins", name_en="One"))
    (one,) = await ids_of(pipeline)
    template = await the_template("Planned")
    given = {
        "name": "Rule",
        "position": 1,
        "trigger": "order.enterStage",
        "stageId": external("stg", one),
        "action": "SET_TEMPLATE",
        "templateId": external("stt", template.id),
        "visibility": "SHOWN",
    }

    payload = await side.move("automationCreate", STAFF, given, entity="automation { name stage { name } }")

    assert payload["errors"] == []
    assert payload["automation"] == {"name": "Rule", "stage": {"name": "One"}}
    german = await side.ask("{ automations(first: 1) { nodes { sentence } } }", replace(STAFF, language="de"))
    assert ": Eins (Werkstatt)" in german["automations"]["nodes"][0]["sentence"]
    board = "query($id: ID!) { pipeline(id: $id) { stages { automations { name sentence template { label } } } } }"
    (stage,) = (await side.ask(board, STAFF, id=external("pip", pipeline.id)))["pipeline"]["stages"]
    assert [each["template"]["label"] for each in stage["automations"]] == ["Planned"]
