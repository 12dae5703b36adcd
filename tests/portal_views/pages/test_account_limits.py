"""Account pages without a browser: roles that have none, limits of requests, and answers that reveal nothing."""

import pytest
from httpx2 import AsyncClient

from api.auth.authentication import SESSION_COOKIE
from api.auth.rate_limits import RESETS_OF_ADDRESS, RESETS_OF_PAIR
from domain.access.model import Link
from domain.kernel.actors import Role
from domain.outbox.model import OutboxMessage
from tests.makers.accounts import a_session, an_account
from tests.support.site import OWN_SITE, Site

pytestmark = pytest.mark.database


async def status_of(client: AsyncClient, path: str, role: Role) -> int:
    session = await a_session(await an_account(role))
    return (await client.get(path, headers={"cookie": f"{SESSION_COOKIE}={session}"})).status_code


async def asks(client: AsyncClient, email: str) -> tuple[int, str]:
    answer = await client.post("/forgot-password?lang=en", data={"email": email}, headers={"origin": OWN_SITE})
    return answer.status_code, answer.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.FINANCE])
async def test_only_administrators_have_the_list_of_accounts(site: Site, role: Role) -> None:
    assert await status_of(site.client, "/accounts", role) == 404


async def test_an_employee_is_invited_by_administrators_only(site: Site) -> None:
    assert await status_of(site.client, "/accounts/invite", Role.ADMIN) == 200
    assert await status_of(site.client, "/accounts/invite", Role.STAFF) == 404
    assert await status_of(site.client, "/accounts/invite?member=nonsense", Role.STAFF) == 404


async def test_known_and_unknown_addresses_get_the_same_answer(site: Site) -> None:
    account = await an_account()

    assert await asks(site.client, account.email) == await asks(site.client, "nobody@werkstand.example")
    assert await OutboxMessage.filter(name="account.requestPasswordReset").count() == 1


async def test_an_address_is_not_flooded_with_mails_and_nobody_notices(site: Site) -> None:
    account = await an_account()

    answers = {await asks(site.client, account.email) for _ in range(RESETS_OF_PAIR.amount + 1)}

    assert {status for status, _ in answers} == {200}
    assert await Link.filter(account_id=account.id).count() == RESETS_OF_PAIR.amount


async def test_who_asks_for_many_addresses_is_told_to_wait(site: Site) -> None:
    statuses = [(await asks(site.client, f"p{n}@kunde.example"))[0] for n in range(RESETS_OF_ADDRESS.amount + 1)]

    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {200}


@pytest.mark.parametrize("path", ["/account", "/forgot-password", "/sign-in"])
async def test_a_form_of_another_site_is_refused(site: Site, path: str) -> None:
    answer = await site.client.post(path, data={"email": "x"}, headers={"origin": "https://evil.example"})

    assert answer.status_code == 403
