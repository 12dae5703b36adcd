"""An automation is tried on the past: what it would have changed, and nothing else is touched."""

from datetime import date, datetime
from typing import Any

import pytest
from tortoise import connections

from domain.automations.inputs import RehearsalInput
from domain.automations.model import Automation, AutomationAction, ExpectedRule, Rehearsal
from domain.billing.model import InvoiceStatus
from domain.client_status.model import Visibility
from domain.kernel.errors import Refused
from domain.kernel.ids import external
from domain.orders.inputs import OptionalComment
from domain.orders.model import OrderStatus
from domain.status_templates.model import StatusTemplate
from settings import Settings
from tests.makers.automations import (
    an_automation,
    cancellation_is_requested,
    move_automation,
    sets_template,
    shown_from_template,
    the_template,
)
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import Case, an_order
from tests.makers.parties import FINANCE, STAFF
from tests.makers.pipelines import a_pipeline, enter, ids_of
from tests.makers.records import the_events_of
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import operations_client

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

MARCH = date(2026, 3, 1)
NOON = berlin(2026, 4, 10, 12)
UNTOUCHED = ("client_statuses", "client_status_changes", "orders", "automation_runs", "outbox")
REHEARSED = """query($id: ID!) { automation(id: $id) { rehearsedChanges rehearsal(first: 5) { totalCount nodes {
    at order { number } event { name } was { visibility visibilityLabel label expectedOn }
    wouldBe { visibility label expectedOn } } } } }"""


async def rehearsed(automation: Automation, since: date = MARCH) -> list[Rehearsal]:
    """What the automation would have changed, newest first."""
    await the_clock_shows(NOON)
    await move_automation(automation, "rehearse", RehearsalInput(since=since))
    return await Rehearsal.filter(automation_id=automation.id).order_by("-at", "-id")


async def canceling(at: datetime, case: Case | None = None) -> Case:
    """An order whose cancellation is requested at this instant."""
    case = case or await an_order(OrderStatus.ACTIVE)
    await the_clock_shows(at)
    await cancellation_is_requested(case)
    return case


async def contents() -> dict[str, Any]:
    connection = connections.get("default")
    digest = "SELECT count(*) AS rows, md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) AS digest FROM {} t"
    return {table: await connection.execute_query_dict(digest.format(table)) for table in UNTOUCHED}


async def test_it_tells_what_was_and_what_would_have_been() -> None:
    case = await shown_from_template("In progress", expected_on=date(2026, 4, 20))
    await canceling(berlin(2026, 4, 2, 9), case)
    automation = await sets_template("On hold", "order.requestCancellation")

    (change,) = await rehearsed(automation)

    assert (change.order_id, change.at) == (case.order.id, berlin(2026, 4, 2, 9))
    assert (change.was_visibility, change.was_label_de, change.was_label_en) == ("SHOWN", "In Arbeit", "In progress")
    assert (change.would_be_visibility, change.would_be_label_en) == ("SHOWN", "On hold")
    assert change.was_expected_on == change.would_be_expected_on == date(2026, 4, 20)


async def test_nothing_else_is_touched() -> None:
    await canceling(berlin(2026, 4, 2, 9), await shown_from_template())
    automation = await sets_template("On hold", "order.requestCancellation")
    before = await contents()

    await rehearsed(automation)

    assert await contents() == before
    assert await the_events_of(automation.id) == ["automation.create", "automation.rehearse"]
    assert (await Automation.get(id=automation.id)).version == 1


async def test_the_status_is_that_of_then_and_not_of_today() -> None:
    case = await canceling(berlin(2026, 4, 2, 9))
    await the_clock_shows(berlin(2026, 4, 3, 9))
    await shown_from_template("On hold", case)
    automation = await sets_template("On hold", "order.requestCancellation")

    (change,) = await rehearsed(automation)

    assert (change.was_visibility, change.was_label_en) == ("HIDDEN", "")


async def test_what_would_have_been_the_same_is_left_out() -> None:
    await canceling(berlin(2026, 4, 2, 9), await shown_from_template("On hold"))

    assert await rehearsed(await sets_template("On hold", "order.requestCancellation")) == []


async def test_it_begins_at_midnight_of_the_day_in_the_operators_zone() -> None:
    await canceling(berlin(2026, 4, 1, 23, 59))
    after = await canceling(berlin(2026, 4, 2))
    automation = await sets_template("On hold", "order.requestCancellation")

    assert [change.order_id for change in await rehearsed(automation, date(2026, 4, 2))] == [after.order.id]


async def test_conditions_hold_as_of_today_and_the_template_as_of_then() -> None:
    progress = await the_template("In progress")
    from_it = await canceling(berlin(2026, 4, 2, 9), await shown_from_template("In progress"))
    await canceling(berlin(2026, 4, 2, 9), await shown_from_template("In review"))
    await the_clock_shows(berlin(2026, 4, 3))
    await shown_from_template("Done", from_it)
    automation = await sets_template("On hold", "order.requestCancellation", from_template_id=progress.id)

    assert [change.order_id for change in await rehearsed(automation)] == [from_it.order.id]


async def test_tags_and_customers_are_conditions_too() -> None:
    wanted = await canceling(berlin(2026, 4, 2, 9), await an_order(OrderStatus.ACTIVE, tags=("web",)))
    await canceling(berlin(2026, 4, 2, 9))
    for_tag = await sets_template("On hold", "order.requestCancellation", name="Tag", tags=("web",))
    of_customer: dict[str, Any] = {"name": "Customer", "customer_id": wanted.customer.id}
    for_customer = await sets_template("On hold", "order.requestCancellation", **of_customer)

    for automation in (for_tag, for_customer):
        assert [change.order_id for change in await rehearsed(automation)] == [wanted.order.id]


async def test_placeholders_are_filled_and_what_has_no_value_would_have_changed_nothing() -> None:
    await StatusTemplate.filter(label_en="On hold").update(label_en="Held: {project}, due {due}")
    due = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 5, 4, 12))
    await an_order(OrderStatus.ACTIVE)
    template = await StatusTemplate.get(label_de="Pausiert")
    action: dict[str, Any] = {"action": AutomationAction.SET_TEMPLATE, "template_id": template.id}

    (change,) = await rehearsed(await an_automation("order.confirm", **action))

    assert (change.order_id, change.would_be_label_en) == (due.order.id, "Held: Projekt ABC, due 4 May 2026")
    assert change.would_be_visibility == Visibility.HIDDEN


async def test_showing_nothing_and_hiding_what_is_hidden_change_nothing() -> None:
    await canceling(berlin(2026, 4, 2, 9))

    for action in (AutomationAction.SHOW, AutomationAction.HIDE):
        automation = await an_automation("order.requestCancellation", name=action.value, action=action)
        assert await rehearsed(automation) == []


async def test_hiding_what_was_shown() -> None:
    await canceling(berlin(2026, 4, 2, 9), await shown_from_template())
    automation = await an_automation("order.requestCancellation", action=AutomationAction.HIDE)

    (change,) = await rehearsed(automation)

    assert (change.was_visibility, change.would_be_visibility) == ("SHOWN", "HIDDEN")


@pytest.mark.parametrize(
    ("rule", "days", "expected"),
    [
        (ExpectedRule.DAYS_AFTER, 3, date(2026, 4, 6)),
        (ExpectedRule.CLEARED, None, None),
    ],
)
async def test_expected_days_count_from_the_event(rule: ExpectedRule, days: int | None, expected: date | None) -> None:
    await canceling(berlin(2026, 4, 3, 0, 30), await shown_from_template(expected_on=date(2026, 4, 20)))
    facts: dict[str, Any] = {"expected_rule": rule, "expected_in_days": days}

    (change,) = await rehearsed(
        await an_automation("order.requestCancellation", action=AutomationAction.SET_EXPECTED, **facts)
    )

    assert (change.was_expected_on, change.would_be_expected_on) == (date(2026, 4, 20), expected)


async def told_by_its_day() -> Case:
    """An order whose client reads the day out of a template's text."""
    await StatusTemplate.filter(label_en="In progress").update(label_en="Done by {expected}")
    case = await shown_from_template("Done by {expected}", expected_on=date(2026, 4, 20))
    return await canceling(berlin(2026, 4, 3, 9), case)


async def test_a_text_that_says_the_day_would_have_said_the_new_one() -> None:
    await told_by_its_day()
    facts: dict[str, Any] = {"expected_rule": ExpectedRule.DAYS_AFTER, "expected_in_days": 3}

    (change,) = await rehearsed(
        await an_automation("order.requestCancellation", action=AutomationAction.SET_EXPECTED, **facts)
    )

    assert (change.was_label_en, change.would_be_label_en) == ("Done by 20 Apr 2026", "Done by 6 Apr 2026")


async def test_a_day_that_a_text_needs_would_not_have_been_cleared() -> None:
    await told_by_its_day()
    facts: dict[str, Any] = {"action": AutomationAction.SET_EXPECTED, "expected_rule": ExpectedRule.CLEARED}

    assert await rehearsed(await an_automation("order.requestCancellation", **facts)) == []


async def test_the_day_the_delivery_is_due() -> None:
    await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 5, 4, 0, 30))
    facts: dict[str, Any] = {"action": AutomationAction.SET_EXPECTED, "expected_rule": ExpectedRule.DELIVERY_DUE}

    (change,) = await rehearsed(await an_automation("order.confirm", **facts))

    assert (change.was_expected_on, change.would_be_expected_on) == (None, date(2026, 5, 4))


async def test_invoices_and_stages_of_the_past() -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    one, two = await ids_of(await a_pipeline("One", "Two"))
    await enter(billed.case, two)
    printed = await sets_template("Done", "invoice.print")
    entered = await sets_template("Planned", "order.enterStage", stage_id=two)
    not_entered = await sets_template("In review", "order.enterStage", stage_id=one)

    assert [change.order_id for change in await rehearsed(printed)] == [billed.case.order.id]
    assert [change.order_id for change in await rehearsed(entered)] == [billed.case.order.id]
    assert await rehearsed(not_entered) == []


async def test_a_new_rehearsal_replaces_the_last_one() -> None:
    await canceling(berlin(2026, 4, 2, 9))
    automation, other = await sets_template("On hold", "order.requestCancellation"), await sets_template("Done")

    await rehearsed(other)
    await rehearsed(automation)

    assert len(await rehearsed(automation)) == 1
    assert await Rehearsal.filter(automation_id=other.id).count() == 1


@pytest.mark.parametrize("since", [date(2025, 4, 9), date(2026, 4, 11)])
async def test_a_rehearsal_reaches_at_most_a_year_back(since: date) -> None:
    with pytest.raises(Refused, match="date_out_of_range"):
        await rehearsed(await an_automation(), since)


async def test_what_moves_cards_is_not_rehearsed() -> None:
    (stage,) = await ids_of(await a_pipeline("One"))
    automation = await an_automation(action=AutomationAction.ENTER_STAGE, target_stage_id=stage)

    with pytest.raises(Refused, match="moves_cards_only"):
        await rehearsed(automation)


async def test_finance_reads_rehearsals_and_does_not_begin_them(settings: Settings) -> None:
    case = await canceling(berlin(2026, 4, 2, 9), await shown_from_template())
    automation = await sets_template("On hold", "order.requestCancellation")
    with pytest.raises(Refused, match="not_your_move"):
        await move_automation(automation, "rehearse", RehearsalInput(since=MARCH), by=FINANCE)
    await rehearsed(automation)

    told = (await operations_client(settings).ask(REHEARSED, FINANCE, id=external("aut", automation.id)))["automation"]

    assert (told["rehearsedChanges"], told["rehearsal"]["totalCount"]) == (1, 1)
    (change,) = told["rehearsal"]["nodes"]
    assert (change["order"], change["event"]) == ({"number": case.order.number}, {"name": "order.requestCancellation"})
    assert change["was"] == {
        "visibility": "SHOWN",
        "visibilityLabel": "Shown",
        "label": "In progress",
        "expectedOn": None,
    }
    assert change["wouldBe"] == {"visibility": "SHOWN", "label": "On hold", "expectedOn": None}


async def test_what_the_move_itself_brought_about_is_what_was() -> None:
    case = await shown_from_template("In progress", await an_order(OrderStatus.CANCELLATION_REVIEW))
    await case.move("approveCancellation", STAFF, OptionalComment())
    automation = await an_automation("order.approveCancellation")

    (change,) = await rehearsed(automation)

    assert (change.was_visibility, change.would_be_visibility) == ("HIDDEN", "SHOWN")
