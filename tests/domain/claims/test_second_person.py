"""Large claims: two people agree, and the first of them is not the second."""

from typing import Any

import pytest

from domain.claims.model import ClaimStatus
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.kernel.ids import external
from domain.operator.model import OperatorSettings
from tests.makers.billing import someone_in_finance, who_was_told
from tests.makers.claims import a_payout, move_claim, some_funds, submitted
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
WAITING = "{ claims(where: { awaitsSecondPerson: true }) { nodes { id endorsedAt endorsedBy { name } } } }"


async def a_claim_of(amount: str, *, limit_euros: int = 100) -> Any:
    """A submitted claim of this amount, while one person approves up to so many euros."""
    funds = await some_funds("595.00")
    await OperatorSettings.all().update(claim_approval_limit_euros=limit_euros)
    return await submitted(funds, a_payout(amount))


async def reasons(claim: Any, name: str, actor: Actor) -> list[str]:
    with pytest.raises(Refused) as refused:
        await move_claim(claim, name, actor=actor)
    return [each.reason for each in refused.value.refusals]


async def test_above_the_limit_one_person_agrees_and_another_one_approves() -> None:
    fay, felix = await someone_in_finance(), await someone_in_finance("Felix Finance")
    claim = await a_claim_of("100.01")
    assert await reasons(claim, "approve", fay) == ["claim_needs_second_person"]

    claim = await move_claim(claim, "endorse", actor=fay)

    assert (claim.status, claim.endorsed_by_id) == (ClaimStatus.SUBMITTED, fay.account_id)
    assert set(await who_was_told("claim.endorse")) == {"FINANCE"}
    assert await reasons(claim, "approve", fay) == ["endorser_cannot_approve_claim"]
    assert await reasons(claim, "endorse", felix) == ["claim_is_endorsed"]
    assert (await move_claim(claim, "approve", actor=felix)).status is ClaimStatus.APPROVED


async def test_up_to_the_limit_one_person_approves_alone() -> None:
    fay = await someone_in_finance()
    claim = await a_claim_of("100.00")

    assert await reasons(claim, "endorse", fay) == ["claim_needs_one_person"]
    assert (await move_claim(claim, "approve", actor=fay)).status is ClaimStatus.APPROVED


async def test_the_limit_that_holds_at_the_decision_counts() -> None:
    fay = await someone_in_finance()
    claim = await move_claim(await a_claim_of("100.01"), "endorse", actor=fay)

    await OperatorSettings.all().update(claim_approval_limit_euros=200)

    assert (await move_claim(claim, "approve", actor=fay)).status is ClaimStatus.APPROVED


async def test_finance_finds_what_waits_for_a_second_person_and_its_member_does_not(
    in_operations: SchemaClient,
) -> None:
    fay = await someone_in_finance()
    funds = await some_funds("595.00")
    await OperatorSettings.all().update(claim_approval_limit_euros=100)
    claim = await move_claim(await submitted(funds, a_payout("200.00")), "endorse", actor=fay)

    (found,) = (await in_operations.ask(WAITING, fay))["claims"]["nodes"]

    assert (found["id"], found["endorsedBy"]["name"]) == (external("clm", claim.id), "Fay Finance")
    assert (await in_operations.ask(WAITING, funds.member))["claims"]["nodes"] == []
