"""The rules for client statuses: only administrators change them."""

from typing import Any

import pytest

from domain.client_status.inputs import StatusRulesInput
from domain.client_status.model import StatusRules
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_member, acting_for_member
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def amend(actor: Actor = ADMIN, **changes: Any) -> StatusRules:
    """Change some rules and leave the others as they are at first."""
    rules = await StatusRules.get()
    entry = StatusRulesInput(**{"quiet_minutes": 0, "stale_after_days": 14, "digest_hour": 7} | changes)
    await execute(Command(noun="statusRules", move="amend", subject_id=rules.id, input=entry), actor)
    return await StatusRules.get()


async def test_an_administrator_changes_the_rules_and_the_event_says_what_became_what() -> None:
    rules = await amend(quiet_minutes=15, digest_hour=18)

    assert (rules.quiet_minutes, rules.stale_after_days, rules.digest_hour, rules.version) == (15, 14, 18, 2)
    event = await Event.get(subject_id=rules.id, name="statusRules.amend")
    assert event.body == {"digest_hour": {"from": 7, "to": 18}, "quiet_minutes": {"from": 0, "to": 15}}
    assert "CUSTOMER" not in event.audience


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_minutes": -1},
        {"quiet_minutes": 1441},
        {"stale_after_days": 0},
        {"stale_after_days": 366},
        {"digest_hour": 24},
    ],
)
async def test_what_is_out_of_bounds_is_refused_by_its_field(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        await amend(**wrong)

    assert [refusal.path for refusal in refused.value.refusals] == [tuple(wrong)]


async def test_nobody_but_administrators_changes_the_rules() -> None:
    for actor in (STAFF, FINANCE, acting_for_member(await a_member())):
        with pytest.raises(Refused) as refused:
            await amend(actor)
        assert [refusal.reason for refusal in refused.value.refusals] == ["not_your_move"]
