"""Queries sent with GET."""

import json

import pytest

from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from tests.makers.accounts import a_session, an_account
from tests.support.site import Site, codes


async def test_a_bearer_token_queries_with_get(site: Site) -> None:
    query, variables = "query A($text: String!) { echo(text: $text) }", json.dumps({"text": "ä"})
    params = {"query": query, "variables": variables, "operationName": "A", "extensions": ""}

    response = await site.client.get("/graphql", params=params, headers=await a_bearer())

    assert (response.status_code, response.json()["data"]) == (200, {"echo": "ä"})


@pytest.mark.parametrize("header", ["GraphQL-Preflight", "Apollo-Require-Preflight", "X-Requested-With"])
async def test_a_session_needs_a_header_that_no_other_site_can_send(site: Site, header: str) -> None:
    cookie = {"cookie": f"__Host-werkstand={await a_session(await an_account())}"}

    without = await site.client.get("/graphql?query={who}", headers=cookie)
    with_it = await site.client.get("/graphql?query={who}", headers={**cookie, header: "1"})

    assert (without.status_code, codes(without)) == (403, ["CSRF_HEADER_MISSING"])
    assert (with_it.status_code, with_it.json()["data"]) == (200, {"who": "STAFF en"})


@pytest.mark.parametrize("query", ["mutation { touch }", "query A { who } mutation B { touch }"])
async def test_a_mutation_needs_post(site: Site, query: str) -> None:
    params = {"query": query, "operationName": "B"} if "query" in query else {"query": query}

    response = await site.client.get("/graphql", params=params, headers=await a_bearer())

    assert (response.status_code, response.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("address", ["", "?query=", "?query={who}&variables=3", "?query={who}&variables={"])
async def test_an_address_that_is_no_request_is_refused(site: Site, address: str) -> None:
    response = await site.client.get(f"/graphql{address}", headers=await a_bearer())

    assert response.status_code == 400


async def test_text_that_is_not_utf_8_is_refused(site: Site) -> None:
    response = await site.client.get("/graphql?query=%ff", headers=await a_bearer())

    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])


async def a_bearer() -> dict[str, str]:
    return {"authorization": f"Bearer {await issue_token((await an_account(Role.STAFF)).email)}"}
