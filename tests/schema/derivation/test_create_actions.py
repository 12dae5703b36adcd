"""Create actions: the ones each role may begin with, and the data their forms need."""

from typing import Any

import pytest

from tests.makers.parties import ADMIN, FINANCE, STAFF, a_member, acting_for_member
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.database
BEGINNINGS = """query($mutation: String) { beginnings(mutation: $mutation) {
    name event mutation label explanation inputs { name label type isList required default fields { name required } }
} }"""


async def begun(side: SchemaClient, actor: Any) -> set[str]:
    return {each["mutation"] for each in (await side.ask(BEGINNINGS, actor))["beginnings"]}


async def test_each_role_begins_what_is_its_own(in_operations: SchemaClient) -> None:
    member = await begun(in_operations, acting_for_member(await a_member()))
    staff = await begun(in_operations, STAFF)

    assert {"orderCreate", "orderCreateFromTemplate", "customerCreate", "clientStatusBulkHide"} <= member
    assert {"statusTemplateCreate", "orderTemplateCreate", "pipelineCreate", "automationCreate"} <= staff
    of_both = {"clientStatusBulkSet", "clientStatusBulkHide", "orderBulkArchive", "orderBulkRestore"}
    of_both |= {"customerCreate", "accountInvite", "uploadCreate"}
    assert member & staff == of_both
    finance = await begun(in_operations, FINANCE)
    assert {"lineCreate", "lineBulkConfirm", "lineBulkHold", "invoiceBulkHold", "invoiceBulkRelease"} <= finance
    assert {"invoiceBulkSubmit", "invoiceBulkApprove"} <= finance - staff
    assert staff < await begun(in_operations, ADMIN)


async def test_what_is_made_out_of_something_else_is_in_its_menu_instead(in_operations: SchemaClient) -> None:
    member = await begun(in_operations, acting_for_member(await a_member()))

    assert {"deliveryCreate", "orderDuplicate", "bulkOperationRetry"} & member == set()


async def test_a_form_can_be_drawn_from_a_beginning(in_operations: SchemaClient) -> None:
    (begin,) = (await in_operations.ask(BEGINNINGS, STAFF, mutation="pipelineCreate"))["beginnings"]

    inputs = {each["name"]: each for each in begin["inputs"]}
    assert begin["label"] == "New pipeline"
    assert inputs["nameDe"]["required"]
    assert (inputs["stages"]["type"], inputs["stages"]["isList"]) == ("OBJECT", True)
    assert {"name": "nameEn", "required": True} in inputs["stages"]["fields"]


async def test_what_somebody_may_not_begin_is_not_told(in_operations: SchemaClient) -> None:
    member = acting_for_member(await a_member())

    assert (await in_operations.ask(BEGINNINGS, member, mutation="pipelineCreate"))["beginnings"] == []
