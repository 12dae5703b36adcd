"""Contradictions: a shown status that no longer fits is told of once, or replaced; what claims nothing never is."""

from datetime import date
from typing import Any

import pytest
from tortoise import connections

from domain.client_status.contradictions.index import MAY_CONTRADICT
from domain.client_status.contradictions.rules import CONTRADICTS, RULES
from domain.client_status.inputs import StatusInput, StatusRulesInput
from domain.client_status.model import ClientStatus, KeptUntil, StatusRules, Visibility
from domain.commands import execute, fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.engine.commands import Command
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.orders.phase import PHASE, Phase
from domain.status_templates.kinds import StatusKind
from tests.makers.accounts import an_account
from tests.makers.automations import sets_template, shown_from_template, told_of
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import Case, an_order
from tests.makers.parties import ADMIN, STAFF
from tests.makers.records import the_events_of, the_messages
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

FAR = date(2035, 1, 31)
SELECT = f"""SELECT {CONTRADICTS.replace("{t}", "s").replace("{o}", "o")} AS contradicts,
    {PHASE.replace("{o}", "o")} AS phase, {MAY_CONTRADICT} AS may_contradict,
    EXISTS (SELECT 1 FROM contradicting_statuses n WHERE n.id = s.id) AS is_noted
    FROM client_statuses s JOIN orders o ON o.id = s.id WHERE s.id = $1"""


async def facts_of(case: Case) -> tuple[str, bool]:
    (row,) = await connections.get("default").execute_query_dict(SELECT, [case.order.id])
    assert row["is_noted"] is row["may_contradict"]
    return row["phase"], row["contradicts"]


async def fitting_status_is_applied() -> None:
    entry = StatusRulesInput(quiet_minutes=0, stale_after_days=14, digest_hour=7, applies_fitting_status=True)
    rules: Any = await StatusRules.get()
    await execute(Command(noun="statusRules", move="amend", subject_id=rules.id, input=entry), ADMIN)


async def test_in_progress_contradicts_a_delivery_and_staff_is_told_once() -> None:
    await an_account(Role.STAFF)
    case = await shown_from_template("In progress", await an_active_order())

    await a_delivery(around=case)

    assert await facts_of(case) == ("DELIVERED", True)
    assert await the_messages("clientStatus.contradict") == ["STAFF"]
    assert (await the_events_of(case.order.id)).count("clientStatus.contradict") == 1


async def test_the_database_notes_them_by_the_rules_that_hold_now(database: str) -> None:
    select = "SELECT prosrc FROM pg_proc WHERE proname = 'note_contradictions'"

    (row,) = await connections.get("default").execute_query_dict(select)

    assert row["prosrc"].count(MAY_CONTRADICT) == 2


async def test_the_next_phase_is_told_anew() -> None:
    await an_account(Role.STAFF)
    case = await shown_from_template("In progress", await an_active_order())
    delivery = await a_delivery(around=case)

    await delivery.move("accept")

    assert await facts_of(case) == ("ACCEPTED", True)
    assert await the_messages("clientStatus.contradict") == ["STAFF", "STAFF"]


async def test_only_all_required_deliveries_make_an_order_delivered() -> None:
    case = await shown_from_template("In progress", await an_active_order(required_deliveries=2))

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)
    first = await facts_of(case)
    await a_delivery(around=case)

    assert first == ("UNDER_WAY", False)
    assert await facts_of(case) == ("DELIVERED", True)


@pytest.mark.parametrize(
    ("label", "status", "contradicts"),
    [
        ("Done", None, True),
        ("Planned", None, False),
        ("Planned", DeliveryStatus.DELIVERED, True),
        ("In review", DeliveryStatus.DELIVERED, False),
        ("Done", DeliveryStatus.DELIVERED, False),
        ("In progress", DeliveryStatus.REVISION_REQUESTED, False),
        ("Done", DeliveryStatus.REVISION_REQUESTED, True),
        ("In progress", DeliveryStatus.ACCEPTED, True),
        ("Done", DeliveryStatus.ACCEPTED, False),
        ("On hold", DeliveryStatus.ACCEPTED, False),
    ],
)
async def test_which_status_fits_which_facts(label: str, status: DeliveryStatus | None, contradicts: bool) -> None:
    case = await an_active_order()
    if status:
        await a_delivery(status, around=case)

    await shown_from_template(label, case)

    assert (await facts_of(case))[1] is contradicts


async def test_a_revision_or_a_further_delivery_lets_work_go_on() -> None:
    case = await an_active_order()
    await a_delivery(DeliveryStatus.ACCEPTED, around=case)
    await a_delivery(DeliveryStatus.DRAFT, around=case)

    await shown_from_template("In progress", case)

    assert await facts_of(case) == ("CONTINUED", False)


async def test_a_text_by_hand_contradicts_only_where_it_names_a_kind() -> None:
    silent = await a_client_status(await an_active_order())
    claiming = await a_client_status(await an_active_order(), kind=StatusKind.IN_PROGRESS)

    await a_delivery(around=silent)
    await a_delivery(around=claiming)

    assert (await facts_of(silent))[1] is False
    assert (await facts_of(claiming))[1] is True


async def test_an_own_label_over_a_template_keeps_its_kind_and_a_later_one_by_hand_claims_nothing() -> None:
    case = await shown_from_template("In progress", await an_active_order(), label="We are at it")
    before = (await ClientStatus.get(id=case.order.id)).kind

    await move_client_status(case, "update", StatusInput(label="Something else"))

    assert before is StatusKind.IN_PROGRESS
    assert (await ClientStatus.get(id=case.order.id)).kind is None


async def test_a_hidden_status_contradicts_nothing() -> None:
    case = await shown_from_template("In progress", await an_active_order())
    await move_client_status(case, "hide")

    await a_delivery(around=case)

    assert (await facts_of(case))[1] is False
    assert await the_messages("clientStatus.contradict") == []


async def test_an_automation_that_sets_the_fitting_status_leaves_nothing_to_tell() -> None:
    await an_account(Role.STAFF)
    await sets_template("In review", "delivery.submit")
    case = await shown_from_template("In progress", await an_active_order())

    await a_delivery(around=case)

    assert await told_of(case.order.id) == ("SHOWN", "In review")
    assert await the_messages("clientStatus.contradict") == []


async def test_with_the_setting_the_fitting_template_is_shown_by_itself() -> None:
    await fitting_status_is_applied()
    case = await shown_from_template("In progress", await an_active_order())

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await told_of(case.order.id) == ("SHOWN", "Done")
    assert await the_messages("clientStatus.contradict") == []


async def test_with_the_setting_a_text_by_hand_stays_and_staff_is_told() -> None:
    await an_account(Role.STAFF)
    await fitting_status_is_applied()
    kept = StatusInput(label="Nearly there", kind=StatusKind.IN_PROGRESS, kept_until=KeptUntil.CLEARED)
    case = await an_active_order()
    await move_client_status(case, "show", kept)

    await a_delivery(around=case)

    assert await told_of(case.order.id) == ("SHOWN", "Nearly there")
    assert await the_messages("clientStatus.contradict") == ["STAFF"]


@pytest.mark.parametrize(("applies", "shown", "told"), [(False, "Done", ["STAFF"]), (True, "Planned", [])])
async def test_a_status_that_an_approval_reveals_is_judged_too(applies: bool, shown: str, told: list[str]) -> None:
    await an_account(Role.STAFF)
    if applies:
        await fitting_status_is_applied()
    case = await shown_from_template("Done", await an_order(OrderStatus.IN_REVIEW, offer_valid_until=FAR))

    await case.move("approve", STAFF)

    assert await told_of(case.order.id) == ("SHOWN", shown)
    assert await the_messages("clientStatus.contradict") == told


async def test_an_expired_offer_leaves_no_status_true() -> None:
    await fitting_status_is_applied()
    case = await shown_from_template(
        "Planned", await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=berlin(2026, 6, 2).date())
    )
    await the_clock_shows(berlin(2026, 6, 3))

    await fire_due_deadlines()

    assert (await told_of(case.order.id))[0] == Visibility.HIDDEN


async def test_a_canceled_order_whose_status_is_shown_again_contradicts() -> None:
    case = await an_order(OrderStatus.CANCELED, offer_valid_until=FAR, service_to=FAR)

    await shown_from_template("In progress", case)

    assert await facts_of(case) == ("ENDED", True)


def test_every_phase_has_a_rule_whose_fitting_kind_fits() -> None:
    assert {*RULES} == {*Phase}
    assert all(rule.fitting_kind in rule.fits for rule in RULES.values() if rule.fitting_kind)


async def test_a_contradiction_that_was_over_meanwhile_is_told_anew() -> None:
    await an_account(Role.STAFF)
    case = await shown_from_template("In progress", await an_active_order())
    delivery = await a_delivery(around=case)
    await delivery.move("requestRevision")
    await delivery.move("describe")

    await delivery.move("resubmit")

    assert await facts_of(case) == ("DELIVERED", True)
    assert await the_messages("clientStatus.contradict") == ["STAFF", "STAFF"]
