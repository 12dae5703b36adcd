"""Bearer tokens that only read, at every way into the API, and tokens that have expired."""

from datetime import timedelta

import pytest

from api.dependencies import Dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.model import TokenScope
from domain.kernel.actors import Role
from tests.makers.accounts import an_account
from tests.support.live_server import a_socket, hear, say, serving, signed_in
from tests.support.second_factors import an_app, second_factors_are_required
from tests.support.site import Site, codes, content

pytestmark = pytest.mark.database
CHANGE, STREAM = "mutation { touch }", "/graphql/stream"


async def test_a_reading_token_reads(site: Site) -> None:
    answer = await site.ask("{ who }", headers=await bearer(TokenScope.READ))

    assert content(answer) == {"data": {"who": "STAFF en"}}


@pytest.mark.parametrize("path", ["/graphql", STREAM])
async def test_a_reading_token_changes_nothing(site: Site, path: str) -> None:
    answer = await site.ask(CHANGE, path=path, headers={**await bearer(TokenScope.READ), "accept-language": "en"})

    assert (answer.status_code, codes(answer)) == (403, ["READ_ONLY_TOKEN"])
    assert "only reads" in answer.json()["errors"][0]["message"]


async def test_a_mutation_behind_a_query_of_the_same_document_is_found(site: Site) -> None:
    document = "query Look { who } mutation Change { touch }"
    headers = await bearer(TokenScope.READ)

    assert (await site.ask(document, headers=headers, operationName="Look")).status_code == 200
    assert codes(await site.ask(document, headers=headers, operationName="Change")) == ["READ_ONLY_TOKEN"]


async def test_a_full_token_changes_things(site: Site) -> None:
    answer = await site.ask(CHANGE, headers=await bearer(TokenScope.FULL))

    assert content(answer) == {"data": {"touch": True}}


async def test_a_reading_token_changes_nothing_over_a_socket(dependencies: Dependencies, database: str) -> None:
    headers = await bearer(TokenScope.READ)
    async with serving(dependencies) as address, a_socket(address) as socket:
        await signed_in(socket, **headers)

        await say(socket, id="1", type="subscribe", payload={"query": CHANGE})
        refused = await hear(socket)
        await say(socket, id="2", type="subscribe", payload={"query": "{ who }"})

        assert refused["type"] == "error"
        assert refused["payload"][0]["extensions"]["code"] == "READ_ONLY_TOKEN"
        assert (await hear(socket))["payload"] == {"data": {"who": "STAFF en"}}


async def test_an_expired_token_opens_nothing(site: Site) -> None:
    account = await an_account(Role.STAFF)
    secret = await issue_token(account.email, lifetime=timedelta())

    answer = await site.ask("{ who }", headers={"authorization": f"Bearer {secret}"})

    assert (answer.status_code, codes(answer)) == (401, ["UNAUTHENTICATED"])


async def test_a_token_of_an_account_that_owes_a_factor_opens_nothing_until_it_has_one(site: Site) -> None:
    account = await an_account(Role.STAFF)
    headers = {"authorization": f"Bearer {await issue_token(account.email)}"}
    await second_factors_are_required()

    assert codes(await site.ask("{ who }", headers=headers)) == ["SECOND_FACTOR_REQUIRED"]

    await an_app(account)
    site.dependencies.authenticator.clear_cache()
    assert (await site.ask("{ who }", headers=headers)).status_code == 200


async def bearer(scope: TokenScope) -> dict[str, str]:
    account = await an_account(Role.STAFF)
    return {"authorization": f"Bearer {await issue_token(account.email, scope=scope)}"}
