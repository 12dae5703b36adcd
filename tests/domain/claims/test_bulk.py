"""Many claims decided at once: each for itself, under the rules of one, with the budget of each in agreement."""

from uuid import UUID

import pytest

from domain.bulk.lifecycle import CLAIM_BULK
from domain.bulk.model import BulkOperation, BulkState
from domain.claims.model import Claim, ClaimStatus
from domain.commands import execute
from domain.engine.commands import Command
from tests.makers.claims import a_claim, a_payout, some_funds, submitted
from tests.makers.parties import FINANCE
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def decide(move: str, *claim_ids: UUID, **more: str) -> BulkOperation:
    wanted = CLAIM_BULK.moves[move].input
    assert wanted is not None
    command = Command(noun="claimBulk", move=move, input=wanted(claim_ids=claim_ids, **more))
    return await BulkOperation.get(id=(await execute(command, FINANCE)).subject_id)


async def test_many_claims_are_approved_and_one_that_is_decided_fails_alone() -> None:
    funds = await some_funds("595.00")
    waiting = [await submitted(funds, a_payout("50.00")) for _ in range(3)]
    _, paid = await a_claim(ClaimStatus.PAID)

    operation = await decide("approve", *(claim.id for claim in waiting), paid.id)

    assert (operation.state, operation.applied, operation.failed) == (BulkState.DONE, 3, 1)
    assert {(await Claim.get(id=claim.id)).status for claim in waiting} == {ClaimStatus.APPROVED}


async def test_many_rejected_claims_free_what_they_held() -> None:
    funds = await some_funds("595.00")
    waiting = [await submitted(funds, a_payout("50.00")) for _ in range(3)]
    assert await funds.available_cents() == 305_00

    await decide("reject", *(claim.id for claim in waiting), reason="Not now.")

    assert await funds.available_cents() == 455_00
