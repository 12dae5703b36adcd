"""Claims above the operator's limit on the pages of finance: one agrees, another one approves."""

from domain.claims.model import Claim, ClaimStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.operator.model import OperatorSettings
from domain.orders.model import OrderStatus
from domain.parties.model import Member
from tests.makers.accounts import a_session, an_account
from tests.makers.claims import MEMBER_IBAN, Funds, submitted
from tests.makers.orders import an_order
from tests.makers.receivables import a_receivable
from tests.support.impersonation import follow, send, visit
from tests.support.people import FAR
from tests.support.site import Site


async def test_one_in_finance_agrees_and_another_one_approves(site: Site) -> None:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    funds = Funds(await a_receivable("595.00", case=case))
    await Member.filter(id=case.member.id).update(iban=MEMBER_IBAN)
    await OperatorSettings.all().update(claim_approval_limit_euros=50)
    claim = await submitted(funds)
    path, key = f"/claims/{external('clm', claim.id)}", external("clm", claim.id)
    first, second = [await a_session(await an_account(Role.FINANCE)) for _ in range(2)]
    assert "Above €50.00 two people agree" in (await visit(site, first, f"{path}?lang=en")).text

    page = await follow(site, first, await send(site, first, path, subject=key, mutation="claimEndorse", key="one"))
    assert "agrees. Another person decides." in page.text
    assert "Payout for April" in (await visit(site, second, "/claims?tab=second_person")).text
    await send(site, second, path, subject=key, mutation="claimApprove", key="two")

    assert (await Claim.get(id=claim.id)).status is ClaimStatus.APPROVED
