"""Claims above the operator's limit on the pages of finance: one agrees, another one approves."""

from domain.claims.model import Claim, ClaimStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.operator.model import OperatorSettings
from tests.makers.accounts import a_session, an_account
from tests.makers.claims import some_funds, submitted
from tests.support.impersonation import follow, send, visit
from tests.support.site import Site


async def test_one_in_finance_agrees_and_another_one_approves(site: Site) -> None:
    claim = await submitted(await some_funds("595.00"))
    await OperatorSettings.all().update(claim_approval_limit_euros=50)
    path, key = f"/claims/{external('clm', claim.id)}", external("clm", claim.id)
    first, second = [await a_session(await an_account(Role.FINANCE)) for _ in range(2)]
    assert "Above €50.00 two people agree" in (await visit(site, first, f"{path}?lang=en")).text

    page = await follow(site, first, await send(site, first, path, subject=key, mutation="claimEndorse", key="one"))
    assert "agrees. Another person decides." in page.text
    assert "Zweite Person entscheidet" in (await visit(site, second, "/claims?tab=second_person&lang=de")).text
    await send(site, second, path, subject=key, mutation="claimApprove", key="two")

    assert (await Claim.get(id=claim.id)).status is ClaimStatus.APPROVED
