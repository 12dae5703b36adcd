"""A changed date is replaced in the sentence that a template filled with it."""

from datetime import date, timedelta

import pytest

from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, KeptUntil, StatusRules
from domain.commands import publish_due_changes
from tests.makers.automations import shown_from_template
from tests.makers.bulk import set_status
from tests.makers.client_status import move_client_status
from tests.makers.orders import Case
from tests.makers.templates import a_status_template
from tests.makers.time import berlin, the_clock_shows

TEN = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(TEN)
LATER = date(2026, 4, 20)


async def promised() -> Case:
    await a_status_template(label_de="Bis {expected}", label_en="Until {expected}")
    return await shown_from_template("Until {expected}", expected_on=date(2026, 4, 9))


async def told(case: Case) -> tuple[str, str, bool]:
    status = await ClientStatus.get(id=case.order.id)
    return status.label_de, status.label_en, status.edited_by_hand


async def test_the_day_is_changed_by_hand() -> None:
    case = await promised()

    await move_client_status(case, "update", StatusInput(expected_on=LATER))

    assert await told(case) == ("Bis 20.04.2026", "Until 20 Apr 2026", False)


async def test_a_form_that_repeats_the_text_changes_the_day() -> None:
    case = await promised()
    status = await ClientStatus.get(id=case.order.id)

    await move_client_status(
        case, "update", StatusInput(label=status.label_en, description=status.description_en, expected_on=LATER)
    )

    assert await told(case) == ("Bis 20.04.2026", "Until 20 Apr 2026", False)


async def test_a_text_by_hand_stays_as_it_was_written() -> None:
    case = await promised()
    await move_client_status(case, "update", StatusInput(label="Until Easter", expected_on=LATER))

    await move_client_status(case, "update", StatusInput(expected_on=date(2026, 4, 21)))

    assert await told(case) == ("Until Easter", "Until Easter", True)


async def test_a_hold_stays() -> None:
    case = await promised()
    await move_client_status(case, "update", StatusInput(expected_on=LATER, kept_until=KeptUntil.NEXT_MOVE))

    await move_client_status(case, "update", StatusInput(expected_on=date(2026, 4, 21)))

    assert (await ClientStatus.get(id=case.order.id)).kept_until is KeptUntil.NEXT_MOVE


async def test_what_waits_is_filled_anew() -> None:
    case = await promised()
    await StatusRules.all().update(quiet_minutes=15)
    await move_client_status(case, "update", StatusInput(expected_on=LATER))
    await move_client_status(case, "update", StatusInput(expected_on=date(2026, 4, 21)))

    await the_clock_shows(TEN + timedelta(minutes=15))
    await publish_due_changes()

    assert await told(case) == ("Bis 21.04.2026", "Until 21 Apr 2026", False)


async def test_the_day_is_changed_for_many() -> None:
    case = await promised()

    await set_status((case.order.id,), label=None, description=None, color=None, expected_on=LATER)

    assert await told(case) == ("Bis 20.04.2026", "Until 20 Apr 2026", False)
