"""Client statuses: what the customer reads about an order, and when it disappears."""

from dataclasses import replace
from datetime import date

import pytest
from tortoise import connections

from domain.access.scoped_table import ScopedTable
from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, ClientStatusChange, StatusOrigin, Visibility
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE, CLIENT_STATUSES_SCOPE
from domain.engine.model import Event
from domain.kernel.actors import Actor, ActorKind
from domain.kernel.errors import Refused
from domain.operator.model import CustomerAccess, OperatorSettings
from domain.orders.inputs import OptionalComment, Restoration
from domain.orders.model import OrderStatus
from domain.registry import REGISTRY
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, acting_for_customer
from tests.makers.records import the_messages
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

IN_REVIEW = StatusInput(label="In review", color="#9333EA")


async def sees(actor: Actor, case: Case, source: ScopedTable = CLIENT_STATUSES_SCOPE) -> int:
    """How many rows of the order this actor finds in a source."""
    scope, values = source.bound_predicate(actor, "t", first=2)
    statement = f"SELECT count(*) AS found FROM {source.table} t WHERE t.order_id = $1 AND ({scope})"
    rows = await connections.get("default").execute_query_dict(statement, [case.order.id, *values])
    return int(rows[0]["found"])


async def test_a_client_status_is_hidden_until_somebody_shows_it() -> None:
    case = await a_client_status(shown=False)

    status = await ClientStatus.get(id=case.order.id)
    assert status.visibility is Visibility.HIDDEN
    assert await sees(case.by_customer, case) == 0


async def test_a_shown_status_is_seen_under_the_orders_project_name() -> None:
    case = await a_client_status()

    status = await ClientStatus.get(id=case.order.id)
    assert (status.name, status.label_de, status.visibility) == ("Projekt ABC", "In progress", Visibility.SHOWN)
    assert status.shown_since == berlin(2026, 4, 1, 10)
    assert await sees(case.by_customer, case) == 1
    assert await the_messages("clientStatus.show") == ["CUSTOMER"]


async def test_a_name_given_once_stays_when_the_status_is_shown_again() -> None:
    case = await a_client_status(name="Ihre Website")
    await move_client_status(case, "hide")

    status = await move_client_status(case, "show", IN_REVIEW)

    assert (status.name, status.label_de, status.color) == ("Ihre Website", "In review", "#9333ea")


async def test_the_expected_day_stays_where_it_is_left_out_and_goes_where_it_is_null() -> None:
    case = await a_client_status()
    given = await move_client_status(case, "update", StatusInput(expected_on=date(2026, 5, 4)))

    left_out = await move_client_status(case, "update", IN_REVIEW)
    emptied = await move_client_status(case, "update", StatusInput(expected_on=None))

    assert (given.expected_on, left_out.expected_on) == (date(2026, 5, 4), date(2026, 5, 4))
    assert (left_out.label_en, emptied.expected_on) == ("In review", None)


async def test_hiding_takes_it_from_the_customer_at_once_with_its_history() -> None:
    case = await a_client_status()
    await move_client_status(case, "update", IN_REVIEW)
    before = await sees(case.by_customer, case, CLIENT_STATUS_CHANGES_SCOPE)

    await move_client_status(case, "hide")

    assert before == 2
    assert await sees(case.by_customer, case) == 0
    assert await sees(case.by_customer, case, CLIENT_STATUS_CHANGES_SCOPE) == 0
    assert await sees(STAFF, case, CLIENT_STATUS_CHANGES_SCOPE) == 3


async def test_a_hidden_status_can_be_prepared_without_a_word_to_the_customer() -> None:
    case = await a_client_status(shown=False)

    status = await move_client_status(case, "update", IN_PROGRESS)

    assert (status.visibility, status.label_de) == (Visibility.HIDDEN, "In progress")
    assert await the_messages("clientStatus.update") == []


async def test_an_update_is_told_to_the_customer_only_when_something_changed() -> None:
    case = await a_client_status()

    await move_client_status(case, "update", IN_PROGRESS)
    unchanged = await the_messages("clientStatus.update")
    await move_client_status(case, "update", IN_REVIEW)

    assert unchanged == []
    assert await the_messages("clientStatus.update") == ["CUSTOMER"]


async def test_every_change_is_in_the_dated_history_with_its_author() -> None:
    case = await a_client_status()
    await the_clock_shows(berlin(2026, 4, 2, 9))
    await move_client_status(case, "hide", actor=case.by_member)

    history = await ClientStatusChange.filter(order_id=case.order.id).order_by("id")
    assert [(change.visibility, change.actor_name) for change in history] == [
        (Visibility.SHOWN, "Sam Staff"),
        (Visibility.HIDDEN, "Mara Member"),
    ]
    assert history[1].changed_at == berlin(2026, 4, 2, 9)


async def test_archiving_hides_it_and_restoring_leaves_it_hidden() -> None:
    case = await a_client_status()

    await case.move("archive", STAFF)
    archived = await sees(case.by_customer, case)
    await case.move("restore", STAFF)

    status = await ClientStatus.get(id=case.order.id)
    change = await ClientStatusChange.filter(order_id=case.order.id).order_by("-id").first()
    assert (archived, status.visibility) == (0, Visibility.HIDDEN)
    assert change is not None
    assert change.origin is StatusOrigin.AUTOMATION


async def test_whoever_restores_an_order_may_ask_for_its_status_to_be_shown_again() -> None:
    case = await a_client_status()
    await case.move("archive", STAFF)

    await case.move("restore", case.by_member, Restoration(show_client_status=True))

    status = await ClientStatus.get(id=case.order.id)
    assert (status.visibility, status.label_en, status.origin) == (
        Visibility.SHOWN,
        "In progress",
        StatusOrigin.MANUAL,
    )
    assert await sees(case.by_customer, case) == 1


async def test_a_status_that_says_nothing_is_not_shown_again() -> None:
    case = await a_client_status(shown=False)
    await case.move("archive", STAFF)

    with pytest.raises(Refused) as refused:
        await case.move("restore", STAFF, Restoration(show_client_status=True))

    assert [(each.reason, each.path) for each in refused.value.refusals] == [("label_missing", ("show_client_status",))]


async def test_an_archived_order_shows_nothing_new() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await case.move("archive", STAFF)

    with pytest.raises(Refused) as refused:
        await move_client_status(case, "show", IN_PROGRESS)

    assert [refusal.reason for refusal in refused.value.refusals] == ["order_is_archived"]


async def test_a_canceled_order_hides_its_status() -> None:
    case = await an_order(OrderStatus.CANCELLATION_REVIEW)
    await a_client_status(case)

    await case.move("approveCancellation", STAFF, OptionalComment())

    assert await sees(case.by_customer, case) == 0


@pytest.mark.parametrize("status", [OrderStatus.DRAFT, OrderStatus.IN_REVIEW, OrderStatus.REJECTED])
async def test_what_the_customer_may_not_see_yet_has_no_visible_status(status: OrderStatus) -> None:
    case = await a_client_status(await an_order(status))

    assert await sees(case.by_customer, case) == 0
    assert await the_messages("clientStatus.show") == []


async def test_a_deleted_draft_takes_its_status_with_it() -> None:
    case = await a_client_status(await an_order())

    await case.move("delete", case.by_member)

    for actor in (STAFF, ADMIN, case.by_member, case.by_customer):
        assert await sees(actor, case) == 0


@pytest.mark.parametrize(
    ("status", "seen"), [(OrderStatus.DRAFT, 0), (OrderStatus.IN_REVIEW, 1), (OrderStatus.ACTIVE, 1)]
)
async def test_with_status_only_access_the_status_is_what_is_left(status: OrderStatus, seen: int) -> None:
    await OperatorSettings.all().update(customer_access=CustomerAccess.STATUS_ONLY)
    case = await a_client_status(await an_order(status))

    assert await sees(case.by_customer, case) == seen
    assert await sees(case.by_customer, case, REGISTRY.lifecycles["delivery"].scope) == 0


async def test_another_customer_sees_nothing() -> None:
    case = await a_client_status()

    assert await sees(acting_for_customer(await a_customer("Andere GmbH")), case) == 0


async def test_a_link_sees_the_status_of_its_own_order_only() -> None:
    mine, other = await a_client_status(), await a_client_status()
    holder = replace(mine.by_customer, kind=ActorKind.LINK, order_id=mine.order.id)

    assert (await sees(holder, mine), await sees(holder, other)) == (1, 0)


async def test_finance_looks_on_and_the_customer_changes_nothing() -> None:
    case = await a_client_status()

    for actor in (FINANCE, case.by_customer):
        with pytest.raises(Refused) as refused:
            await move_client_status(case, "hide", actor=actor)
        assert [refusal.reason for refusal in refused.value.refusals] == ["not_your_move"]


async def test_the_portals_timeline_never_speaks_of_a_client_status() -> None:
    case = await a_client_status()

    event = await Event.get(subject_id=case.order.id, name="clientStatus.show")

    assert "CUSTOMER" not in event.audience


async def test_the_orders_version_does_not_count_its_client_status() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    before = case.order.version

    await a_client_status(case)

    await case.order.refresh_from_db()
    status = await ClientStatus.get(id=case.order.id)
    assert (case.order.version, status.version) == (before, 2)


@pytest.mark.parametrize("color", ["#12345", "red    ", "#12345g"])
async def test_a_color_is_six_digits_behind_a_hash(color: str) -> None:
    case = await a_client_status(shown=False)

    with pytest.raises(Refused):
        await move_client_status(case, "show", replace(IN_PROGRESS, color=color))
