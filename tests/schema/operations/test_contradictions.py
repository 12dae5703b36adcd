"""Contradictions through the API: the field with the template that fits, the filter, and the rules as a list."""

import pytest

from domain.status_templates.model import StatusTemplate
from tests.makers.automations import shown_from_template
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.parties import FINANCE, STAFF
from tests.makers.time import berlin
from tests.support.board import listed
from tests.support.graphql.schema_client import SchemaClient, outside

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

QUERY = """query($id: ID!) { order(id: $id) { clientStatus { kind contradiction {
    kind phase phaseLabel explanation template { label } } } } }"""


async def test_a_contradicting_status_names_the_template_that_fits(in_operations: SchemaClient) -> None:
    case = await shown_from_template("In progress", await an_active_order())
    before = await in_operations.slowly(QUERY, STAFF, id=outside(case.order.id))
    await a_delivery(around=case)

    after = await in_operations.slowly(QUERY, STAFF, id=outside(case.order.id))

    assert before["order"]["clientStatus"] == {"kind": "IN_PROGRESS", "contradiction": None}
    assert after["order"]["clientStatus"]["contradiction"] == {
        "kind": "IN_PROGRESS",
        "phase": "DELIVERED",
        "phaseLabel": "Delivered",
        "explanation": "Everything has been delivered and waits for the customer.",
        "template": {"label": "In review"},
    }


async def test_without_an_active_template_of_that_kind_none_is_offered(in_operations: SchemaClient) -> None:
    case = await shown_from_template("In progress", await an_active_order())
    await a_delivery(around=case)
    await StatusTemplate.filter(label_en="In review").update(state="RETIRED")

    found = await in_operations.slowly(QUERY, STAFF, id=outside(case.order.id))

    assert found["order"]["clientStatus"]["contradiction"]["template"] is None


async def test_orders_are_narrowed_to_those_whose_status_contradicts(in_operations: SchemaClient) -> None:
    contradicting = await shown_from_template("In progress", await an_active_order())
    await a_delivery(around=contradicting)
    fitting = await shown_from_template("In progress", await an_active_order())
    silent = await an_active_order()

    assert await listed(in_operations, contradicts=True) == {outside(contradicting.order.id)}
    assert await listed(in_operations, contradicts=False) == {outside(fitting.order.id), outside(silent.order.id)}


async def test_the_rules_are_listed(in_operations: SchemaClient) -> None:
    query = "{ contradictionRules { phase fits fittingKind } statusRules { appliesFittingStatus } }"

    found = await in_operations.slowly(query, FINANCE)

    rules = {rule["phase"]: rule for rule in found["contradictionRules"]}
    assert len(rules) == 8
    assert rules["DELIVERED"] == {
        "phase": "DELIVERED",
        "fits": ["ON_HOLD", "IN_REVIEW", "DONE"],
        "fittingKind": "IN_REVIEW",
    }
    assert rules["ENDED"] == {"phase": "ENDED", "fits": [], "fittingKind": None}
    assert found["statusRules"] == {"appliesFittingStatus": False}
