"""Claims above the operator's limit on the pages of finance: one agrees, another one approves."""

from domain.claims.model import Claim, ClaimStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.operator.model import OperatorSettings
from domain.orders.model import OrderStatus
from domain.parties.model import Member
from tests.makers.accounts import a_session, an_account
from tests.makers.claims import MEMBER_IBAN, OPERATOR_IBAN, Funds, move_claim, submitted
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


async def test_where_more_claims_wait_than_are_shown_the_form_says_so_and_pays_all_without_a_choice(site: Site) -> None:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    funds = Funds(await a_receivable("595.00", case=case))
    await Member.filter(id=case.member.id).update(iban=MEMBER_IBAN)
    await OperatorSettings.all().update(iban=OPERATOR_IBAN)
    claim = await move_claim(await submitted(funds), "approve")
    others = [Claim() for _ in range(100)]
    for number, other in enumerate(others):
        other.update_from_dict({name: getattr(claim, name) for name in claim._meta.db_fields - {"id"}})
        other.end_to_end_id = f"other{number}"
    await Claim.bulk_create(others)
    session = await a_session(await an_account(Role.FINANCE))

    page = (await visit(site, session, "/payment-files/new?lang=en")).text
    await send(site, session, "/payment-files/new", claimIds="", executeOn="2035-01-31", key="once")

    assert "101 approved claims wait; the newest 100 stand below." in page
    assert (page.count('name="claimIds" value="clm_'), " checked" in page) == (100, False)
    assert await Claim.filter(status=ClaimStatus.IN_PAYMENT).count() == 101
