"""Status templates and rules read through the API: visible rows and open actions by role."""

from typing import Any

import pytest

from domain.client_status.inputs import StatusInput
from domain.client_status.model import StatusRules
from domain.kernel.actors import Actor, ActorKind
from domain.kernel.ids import external
from tests.makers.automations import an_automation
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_member, acting_for_member
from tests.makers.templates import (
    a_status_entry,
    a_status_template,
    an_order_from,
    an_order_template,
    move_order_template,
    move_status_template,
)
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient, operations_client, outside

ONE = """query($id: ID!) { statusTemplate(id: $id) { label labelDe labelEn description color state stateLabel version
    edition position placeholders notification notificationLabel orders { number isExact }
    outdatedOrders { number isExact } usedBy
    openActions { mutation allowed reasons { reason message } } } }"""
ALL = """query($where: StatusTemplateWhere) { statusTemplates(first: 20, where: $where) {
    totalCount nodes { label state } } }"""
OF_ORDER = """query($id: ID!) { order(id: $id) {
    clientStatus { template { label edition } }
    clientStatusHistory(first: 5) { nodes { template { label } } }
    orderTemplate { name stage { name } statusTemplate { label } usedBy
        invoices { text unitPrice { formatted } } } } }"""
ORDER_TEMPLATES = """query($where: OrderTemplateWhere) { orderTemplates(first: 5, where: $where) {
    nodes { name state openActions { mutation } } } }"""
RULES = """{ statusRules { quietMinutes staleAfterDays digestHour version openActions { mutation allowed } } }"""

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.fixture
def in_operations(settings: Any, database: str) -> SchemaClient:
    return operations_client(settings)


async def mutations_of(side: SchemaClient, actor: Actor, template_id: str) -> dict[str, bool]:
    """What the menu of a status template offers, and whether it is open."""
    data = await side.ask(ONE, actor, id=template_id)
    return {action["mutation"]: action["allowed"] for action in data["statusTemplate"]["openActions"]}


async def test_a_template_tells_its_texts_in_the_viewers_language(in_operations: SchemaClient) -> None:
    template = await a_status_template(
        label_de="Übergabe {due}", label_en="Handover {due}", description_en="For {customer}, {due}"
    )

    told = (await in_operations.ask(ONE, STAFF, id=external("stt", template.id)))["statusTemplate"]

    assert (told["label"], told["labelDe"], told["labelEn"]) == ("Handover {due}", "Übergabe {due}", "Handover {due}")
    assert told["placeholders"] == ["due", "customer"]
    assert (told["stateLabel"], told["notificationLabel"]) == ("In use", "At once")


def exactly(number: int) -> dict[str, Any]:
    return {"number": number, "isExact": True}


async def test_the_preview_counts_older_editions_that_nobody_edited(in_operations: SchemaClient) -> None:
    entry = a_status_entry()
    template = await a_status_template(**vars(entry))
    cases = [await a_client_status(shown=False) for _ in range(3)]
    for case in cases:
        await move_client_status(case, "show", StatusInput(template_id=template.id))
    await move_client_status(cases[0], "update", StatusInput(label="By hand"))
    before = (await in_operations.ask(ONE, STAFF, id=external("stt", template.id)))["statusTemplate"]

    await move_status_template(template.id, "amend", a_status_entry(label_en="Newest"))

    after = (await in_operations.ask(ONE, STAFF, id=external("stt", template.id)))["statusTemplate"]
    assert (before["orders"], before["outdatedOrders"]) == (exactly(3), exactly(0))
    assert (after["orders"], after["outdatedOrders"], after["edition"]) == (exactly(3), exactly(2), 2)


async def test_members_read_templates_but_no_counts_and_no_names_of_automations(in_operations: SchemaClient) -> None:
    template = await a_status_template()
    await an_automation(name="Geheim", from_template_id=template.id)
    template_id = external("stt", template.id)

    member = (await in_operations.ask(ONE, acting_for_member(await a_member()), id=template_id))["statusTemplate"]
    staff = (await in_operations.ask(ONE, STAFF, id=template_id))["statusTemplate"]

    assert (member["orders"], member["outdatedOrders"], member["usedBy"]) == (None, None, None)
    assert member["openActions"] == []
    assert staff["usedBy"] == ["Geheim"]
    retire = next(action for action in staff["openActions"] if action["mutation"] == "statusTemplateRetire")
    assert retire["reasons"] == [{"reason": "template_in_use", "message": "Still working with the template: Geheim."}]


async def test_the_menu_is_for_staff_and_administrators(in_operations: SchemaClient) -> None:
    template_id = external("stt", (await a_status_template()).id)

    staff = await mutations_of(in_operations, STAFF, template_id)

    assert staff["statusTemplateAmend"]
    assert staff["statusTemplateRetire"]
    assert await mutations_of(in_operations, ADMIN, template_id) == staff
    assert await mutations_of(in_operations, FINANCE, template_id) == {}


async def test_who_sees_assigned_orders_only_is_told_no_counts(in_operations: SchemaClient) -> None:
    template_id = external("stt", (await a_status_template()).id)
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=STAFF.role, account_id=None, name="Ann", language="en")

    told = (await in_operations.ask(ONE, limited, id=template_id))["statusTemplate"]

    assert (told["orders"], told["usedBy"]) == (None, [])


async def test_retired_templates_are_listed_only_for_those_who_ask(in_operations: SchemaClient) -> None:
    template = await a_status_template(label_en="Old one")
    await move_status_template(template.id, "retire")

    usual = (await in_operations.ask(ALL, STAFF))["statusTemplates"]
    null = (await in_operations.ask(ALL, STAFF, where={"state": None}))["statusTemplates"]
    retired = (await in_operations.ask(ALL, STAFF, where={"state": {"eq": "RETIRED"}}))["statusTemplates"]

    assert [each["label"] for each in usual["nodes"]] == ["Planned", "On hold", "In progress", "In review", "Done"]
    assert usual == null
    assert usual["totalCount"] == 5
    assert retired == {"totalCount": 1, "nodes": [{"label": "Old one", "state": "RETIRED"}]}


async def test_templates_are_listed_by_position(in_operations: SchemaClient) -> None:
    await a_status_template(label_en="First of two", position=3)

    nodes = (await in_operations.ask(ALL, STAFF))["statusTemplates"]["nodes"]

    assert [each["label"] for each in nodes][2:4] == ["In progress", "First of two"]


async def test_an_order_tells_from_which_templates_it_came(in_operations: SchemaClient) -> None:
    status = await a_status_template(label_en="Planned thing")
    template = await an_order_template(name="Website", status_template_id=status.id)
    case = await an_order_from(template)

    told = (await in_operations.ask(OF_ORDER, case.by_member, id=outside(case.order.id)))["order"]

    assert told["clientStatus"]["template"] == {"label": "Planned thing", "edition": 1}
    assert told["clientStatusHistory"]["nodes"] == [{"template": {"label": "Planned thing"}}]
    assert told["orderTemplate"] == {
        "name": "Website",
        "stage": None,
        "statusTemplate": {"label": "Planned thing"},
        "usedBy": None,
        "invoices": [],
    }


async def test_members_choose_among_order_templates_in_use(in_operations: SchemaClient) -> None:
    await an_order_template(name="Website", position=1)
    old = await an_order_template(name="Old", position=2)
    await move_order_template(old.id, "retire")
    member = acting_for_member(await a_member())

    chosen = (await in_operations.ask(ORDER_TEMPLATES, member))["orderTemplates"]["nodes"]
    asked = await in_operations.ask(ORDER_TEMPLATES, member, where={"state": {"eq": "RETIRED"}})
    by_staff = await in_operations.ask(ORDER_TEMPLATES, STAFF, where={"state": {"eq": "RETIRED"}})

    assert chosen == [{"name": "Website", "state": "ACTIVE", "openActions": []}]
    assert asked["orderTemplates"]["nodes"] == []
    assert [each["name"] for each in by_staff["orderTemplates"]["nodes"]] == ["Old"]


async def test_the_rules_are_read_by_all_and_changed_by_administrators(in_operations: SchemaClient) -> None:
    rules = external("sru", (await StatusRules.get()).id)
    change = {"id": rules, "quietMinutes": 15, "digestHour": 8}

    payload = await in_operations.move(
        "statusRulesAmend", ADMIN, change, entity="statusRules { quietMinutes staleAfterDays version }"
    )

    assert payload["statusRules"] == {"quietMinutes": 15, "staleAfterDays": 14, "version": 2}
    read = (await in_operations.ask(RULES, acting_for_member(await a_member())))["statusRules"]
    assert (read["digestHour"], read["openActions"]) == (8, [])
    offered = (await in_operations.ask(RULES, ADMIN))["statusRules"]["openActions"]
    assert offered == [{"mutation": "statusRulesAmend", "allowed": True}]


async def test_a_mistake_in_a_text_is_told_with_its_field(in_operations: SchemaClient) -> None:
    given = {"position": 9, "labelDe": "Für {kundin}", "labelEn": "For {customer}"}

    payload = await in_operations.move("statusTemplateCreate", STAFF, given, entity="statusTemplate { id }")

    assert payload["statusTemplate"] is None
    (error,) = payload["errors"]
    assert (error["reason"], error["path"]) == ("placeholder_unknown", ["labelDe"])
    assert error["message"] == "“{kundin}” is no placeholder."
    assert "{provider} and {customer}" in error["remedy"]


async def test_a_member_begins_an_order_by_mutation(in_operations: SchemaClient) -> None:
    template = await an_order_template(name="Website", project="Website")
    member = acting_for_member(await a_member())

    payload = await in_operations.move(
        "orderCreateFromTemplate",
        member,
        {"templateId": external("ort", template.id), "startsOn": "2026-05-04"},
        entity="order { project status orderTemplate { name } }",
    )

    assert payload["errors"] == []
    assert payload["order"] == {"project": "Website", "status": "DRAFT", "orderTemplate": {"name": "Website"}}
