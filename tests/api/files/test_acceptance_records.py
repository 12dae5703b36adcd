"""Downloads of acceptance records: signed for one viewer, and nothing for everybody else."""

import pytest
from httpx2 import Response

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.model import Account
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.uploads.signed_links import record_url
from tests.makers.accounts import a_customer_account, a_member_account, a_session, actor_of_session, an_account
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.parties import a_customer, a_member
from tests.makers.time import berlin
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def download(site: Site, case: DeliveryCase, account: Account, *, signed_for: Account | None = None) -> Response:
    """Download the record with the session of one account and a link that was signed for it or another one."""
    secret = await a_session(account)
    signer = await actor_of_session(await a_session(signed_for) if signed_for else secret)
    assert signer is not None
    return await site.client.get(record_url(case.id, signer), headers={"cookie": f"{SESSION_COOKIE}={secret}"})


async def test_those_who_see_the_delivery_get_the_stored_bytes(site: Site) -> None:
    case = await a_delivery(DeliveryStatus.ACCEPTED)
    accounts = (
        await a_member_account(case.around.member),
        await a_customer_account(case.around.customer),
        await an_account(Role.STAFF),
    )

    answers = [await download(site, case, account) for account in accounts]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["content-type"] == "application/pdf"
    assert answers[0].headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_others_and_links_of_others_get_what_does_not_exist(site: Site) -> None:
    case = await a_delivery(DeliveryStatus.ACCEPTED)
    stranger, other_member = await a_customer_account(await a_customer()), await a_member_account(await a_member())
    owner = await a_customer_account(case.around.customer)

    answers = [await download(site, case, each) for each in (stranger, other_member)]
    answers.append(await download(site, case, stranger, signed_for=owner))
    answers.append(await site.client.get(f"/files/acceptances/{external('del', case.id)}"))

    assert {answer.status_code for answer in answers} == {404}


async def test_what_is_not_accepted_has_no_record(site: Site) -> None:
    case = await a_delivery(DeliveryStatus.DELIVERED)

    assert (await download(site, case, await a_member_account(case.around.member))).status_code == 404
