"""Amendments in both schemas: a field that is left out stays as it is, whatever the noun."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type, is_required_argument

from domain.accounts.model import Account
from domain.automations.model import AutomationAction, ExpectedRule
from domain.billing.model import LineSource
from domain.claims.model import ClaimStatus
from domain.client_status.model import StatusRules, Visibility
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import external
from domain.operator.model import OperatorSettings
from domain.order_templates.inputs import TemplateInvoiceEntry
from domain.parties.model import Contact, Customer, Member
from schema.compiler.graphql_types import input_object_type, object_type
from schema.derivation.input_types import UNCHANGED_WHEN_ABSENT
from schema.sdl_export import SCHEMAS
from tests.makers.accounts import an_account
from tests.makers.automations import an_automation
from tests.makers.billing import a_manual_line, someone_in_finance, the_operator
from tests.makers.claims import a_claim
from tests.makers.invoice_runs import a_run
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.pipelines import a_pipeline, a_stage, ids_of
from tests.makers.templates import a_status_template, an_order_template
from tests.makers.time import berlin
from tests.makers.webhooks import a_webhook_endpoint
from tests.support.graphql.schema_client import SchemaClient

# A status follows its template where texts are left out; only its expected day stays.
FOLLOW_TEMPLATES = {"clientStatusShow", "clientStatusUpdate"}
EVERY_MUTATION_TAKES = {"id", "expectedVersion", "idempotencyKey"}
# The event of the move is one of the records that the law keeps of an account.
CHANGES_WITH_EVERY_MOVE = {"version", "openActions", "keptRecords"}
DEEPEST = 2
DAY = date(2026, 5, 10)
Row = tuple[str, Any, Actor]


async def an_order_to_amend() -> Row:
    case = await an_order(description="Text", tags=("eilig",), internal_notes="Quietly.", required_deliveries=2)
    return "ord", case.order, case.by_member


async def a_claim_to_amend() -> Row:
    funds, claim = await a_claim(ClaimStatus.DRAFT)
    return "clm", claim, funds.member


async def a_line_to_amend() -> Row:
    return "lin", await a_manual_line(invoice_on=DAY, quantity=Decimal(2)), FINANCE


async def a_run_to_amend() -> Row:
    line, fay = await a_manual_line(invoice_on=DAY), await someone_in_finance()
    chosen = {"customer_ids": (line.customer_id,), "member_ids": (line.member_id,), "sources": (LineSource.MANUAL,)}
    return "ivr", await a_run(fay, **chosen), fay


async def a_customer_to_amend() -> Row:
    case = await an_order()
    await Customer.filter(id=case.customer.id).update(vat_id="DE123456788", buyer_reference="Einkauf")
    return "cus", case.customer, STAFF


async def a_contact_to_amend() -> Row:
    return "con", await Contact.get(customer_id=(await an_order()).customer.id), STAFF


async def a_member_to_amend() -> Row:
    member = (await an_order()).member
    await Member.filter(id=member.id).update(street="Weg 1", postcode="10115", city="Berlin", country="DE")
    return "mem", member, STAFF


async def an_automation_to_amend() -> Row:
    entered, _, _ = await ids_of(await a_pipeline())
    days = {"expected_rule": ExpectedRule.DAYS_AFTER, "expected_in_days": 5}
    facts: dict[str, Any] = {"stage_id": entered, "tags": ("eilig",), "action": AutomationAction.SET_EXPECTED} | days
    return "aut", await an_automation("order.enterStage", **facts), STAFF


async def a_pipeline_to_amend() -> Row:
    return "pip", await a_pipeline(a_stage("Neu", card_limit=3, advances=True), "Fertig"), STAFF


async def a_status_template_to_amend() -> Row:
    return "stt", await a_status_template(description_de="Für {customer}", description_en="For {customer}"), STAFF


async def an_order_template_to_amend() -> Row:
    status, (stage, _, _) = await a_status_template(), await ids_of(await a_pipeline())
    plan = (TemplateInvoiceEntry(text="Workshop", unit_price=Decimal(500), invoice_days=7),)
    texts = {"project": "Projekt", "description": "Text", "internal_notes": "Quietly.", "tags": ("eilig",)}
    days = {"offer_days": 14, "service_days": 30, "delivery_days": 20, "stage_id": stage, "invoices": plan}
    shown = {"status_template_id": status.id, "status_visibility": Visibility.SHOWN}
    return "ort", await an_order_template(**texts, **days, **shown), STAFF


async def a_webhook_to_amend() -> Row:
    return "whe", await a_webhook_endpoint("https://example.com/hooks", "order.confirm"), ADMIN


async def the_status_rules() -> Row:
    return "sru", await StatusRules.get(), ADMIN


async def the_settings() -> Row:
    await the_operator(support_contact="030 7654321")
    await an_account(Role.ADMIN)
    return "opr", await OperatorSettings.get(), ADMIN


async def an_account_with_limit() -> Row:
    employee = await an_account(Role.FINANCE)
    await Account.filter(id=employee.id).update(approval_limit_cents=50_000)
    return "acc", employee, ADMIN


class Amendment(NamedTuple):
    """The row that a mutation may change, and the one field that is given."""

    row: Callable[[], Awaitable[Row]]
    field: str
    value: Any


AMENDMENTS = {
    "orderAmend": Amendment(an_order_to_amend, "project", "Another"),
    "claimAmend": Amendment(a_claim_to_amend, "purpose", "Another"),
    "lineAmend": Amendment(a_line_to_amend, "text", "Another"),
    "invoiceRunAmend": Amendment(a_run_to_amend, "invoiceOnUntil", "2026-06-30"),
    "customerAmend": Amendment(a_customer_to_amend, "city", "Anderswo"),
    "contactAmend": Amendment(a_contact_to_amend, "name", "Kim Anders"),
    "memberAmend": Amendment(a_member_to_amend, "name", "Mara Anders"),
    "automationAmend": Amendment(an_automation_to_amend, "position", 77),
    "pipelineAmend": Amendment(a_pipeline_to_amend, "position", 77),
    "statusTemplateAmend": Amendment(a_status_template_to_amend, "position", 77),
    "orderTemplateAmend": Amendment(an_order_template_to_amend, "position", 77),
    "statusRulesAmend": Amendment(the_status_rules, "quietMinutes", 17),
    "webhookEndpointAmend": Amendment(a_webhook_to_amend, "description", "Another"),
    "accountSetApprovalLimit": Amendment(an_account_with_limit, "approvalLimit", "99.50"),
    "operatorAmend": Amendment(the_settings, "city", "Anderswo"),
    "operatorSetRules": Amendment(the_settings, "paymentDays", 17),
    "operatorSetNumberFormats": Amendment(the_settings, "orderPrefix", "OR"),
    "operatorSetReminders": Amendment(the_settings, "friendlyReminderDays", 6),
    "operatorSetLedger": Amendment(the_settings, "ledgerConsultant", 29_098),
    "operatorSetLegalTexts": Amendment(the_settings, "supportContact", "030 1234567"),
    "operatorSetBranding": Amendment(the_settings, "accentColor", "#0f766e"),
}


def mutations(schema: GraphQLSchema) -> Mapping[str, GraphQLField]:
    assert schema.mutation_type is not None
    fields: Mapping[str, GraphQLField] = schema.mutation_type.fields
    return fields


def own_fields(mutation: GraphQLField) -> dict[str, str]:
    """What the input of a mutation says of each field that not every mutation takes."""
    fields = input_object_type(mutation.args["input"].type).fields if "input" in mutation.args else {}
    return {name: field.description or "" for name, field in fields.items() if name not in EVERY_MUTATION_TAKES}


def amends(name: str, mutation: GraphQLField) -> bool:
    if name in FOLLOW_TEMPLATES:
        return False
    return name.endswith("Amend") or any(UNCHANGED_WHEN_ABSENT in said for said in own_fields(mutation).values())


def everything_of(gtype: GraphQLObjectType, depth: int = 1) -> str:
    """All that can be read of an object without arguments, and of what it holds; no lists in pages."""
    chosen = []
    for name, field in gtype.fields.items():
        named = get_named_type(field.type)
        if name in CHANGES_WITH_EVERY_MOVE or any(map(is_required_argument, field.args.values())):
            continue
        if is_leaf_type(named):
            chosen.append(name)
        elif isinstance(named, GraphQLObjectType) and depth < DEEPEST and "pageInfo" not in named.fields:
            chosen.append(f"{name} {{ __typename {everything_of(named, depth + 1)} }}")
    return " ".join(chosen)


@pytest.mark.parametrize("side", ["operations", "portal"])
def test_no_amendment_empties_what_is_left_out(side: str) -> None:
    found = {name: each for name, each in mutations(SCHEMAS[side]._schema).items() if amends(name, each)}

    assert set(found) == (set(AMENDMENTS) if side == "operations" else set())
    for mutation in found.values():
        assert all(said.endswith(UNCHANGED_WHEN_ABSENT) for said in own_fields(mutation).values()), mutation


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
@pytest.mark.parametrize("name", AMENDMENTS)
async def test_one_field_alone_leaves_everything_else_that_can_be_read(in_operations: SchemaClient, name: str) -> None:
    amendment = AMENDMENTS[name]
    prefix, row, actor = await amendment.row()
    query, identifier = everything_that(name), external(prefix, row.id)
    before = (await in_operations.slowly(query, actor, id=identifier))["node"]

    answer = await in_operations.move(name, actor, {"id": identifier, amendment.field: amendment.value})

    after = (await in_operations.slowly(query, actor, id=identifier))["node"]
    assert answer["errors"] == []
    assert {each for each in before if before[each] != after[each]} == {amendment.field}
    assert read_value(after[amendment.field]) == amendment.value


def read_value(read: Any) -> Any:
    """What was read of a field, in the form in which mutations take it: of money its amount."""
    return read["amount"] if isinstance(read, dict) else read


def everything_that(name: str) -> str:
    """The query for all of what this mutation amends."""
    payload = object_type(mutations(SCHEMAS["operations"]._schema)[name].type)
    gtype = next(object_type(each.type) for key, each in payload.fields.items() if key not in ("errors", "replayed"))
    return f"query($id: ID!) {{ node(id: $id) {{ ... on {gtype.name} {{ {everything_of(gtype)} }} }} }}"


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
@pytest.mark.parametrize(
    ("name", "emptied", "refused"),
    [
        ("orderTemplateAmend", {"tags": [], "invoices": [], "deliveryDays": None, "project": ""}, "name"),
        ("automationAmend", {"tags": []}, "trigger"),
        ("pipelineAmend", {"showsClientStatus": True}, "stages"),
        ("statusRulesAmend", {"staleAfterDays": None}, "quietMinutes"),
    ],
)
async def test_null_empties_a_fact_and_is_refused_where_it_always_has_a_value(
    in_operations: SchemaClient, name: str, emptied: dict[str, Any], refused: str
) -> None:
    prefix, row, actor = await AMENDMENTS[name].row()
    query, identifier = everything_that(name), external(prefix, row.id)

    answer = await in_operations.move(name, actor, {"id": identifier, **dict.fromkeys(emptied)})
    wrong = await in_operations.move(name, actor, {"id": identifier, refused: None})

    after = (await in_operations.slowly(query, actor, id=identifier))["node"]
    assert (answer["errors"], {each: after[each] for each in emptied}) == ([], emptied)
    (error,) = wrong["errors"]
    assert (error["reason"], error["path"]) == ("cannot_be_empty", [refused])
