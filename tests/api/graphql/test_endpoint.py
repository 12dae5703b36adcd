"""The GraphQL endpoints over HTTP."""

import json

import pytest
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.auth.authentication import Credential
from api.dependencies import build_dependencies
from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from settings import Environment, Settings
from tests.makers.accounts import a_customer_account, a_session, an_account
from tests.makers.orders import an_order
from tests.makers.parties import a_customer
from tests.support.links import end_links, issue_link
from tests.support.site import OWN_SITE, Site, codes, content, small_schemas

JSON = {"content-type": "application/json"}


async def test_a_session_is_answered_in_its_role_and_language(site: Site) -> None:
    session = await a_session(await an_account(Role.FINANCE))

    response = await site.ask("{ who }", session=session)

    assert (response.status_code, content(response)) == (200, {"data": {"who": "FINANCE en"}})


async def test_a_bearer_token_is_answered(site: Site) -> None:
    bearer = await issue_token((await an_account(Role.ADMIN)).email)

    response = await site.ask("{ who }", headers={"authorization": f"Bearer {bearer}"})

    assert content(response) == {"data": {"who": "ADMIN en"}}


@pytest.mark.parametrize("path", ["/graphql", "/portal/graphql", "/graphql/stream", "/portal/graphql/stream"])
async def test_nobody_is_told_to_sign_in(site: Site, path: str) -> None:
    response = await site.ask("{ who }", path=path)

    assert response.status_code == 401
    assert codes(response) == ["UNAUTHENTICATED"]


async def test_a_customer_at_operations_is_told_about_the_portal(site: Site) -> None:
    session = await a_session(await a_customer_account(await a_customer()))

    there = await site.ask("{ who }", session=session)

    assert "/portal/graphql" in there.json()["errors"][0]["message"]
    assert (there.status_code, codes(there)) == (403, ["WRONG_ENDPOINT"])
    assert (await site.ask("{ who }", path="/portal/graphql", session=session)).status_code == 200


async def test_staff_at_the_portal_are_told_about_operations(site: Site) -> None:
    session = await a_session(await an_account(Role.STAFF))

    there = await site.ask("{ who }", path="/portal/graphql", session=session)

    assert " /graphql" in there.json()["errors"][0]["message"]
    assert (there.status_code, codes(there)) == (403, ["WRONG_ENDPOINT"])


async def test_a_wrong_authorization_is_not_saved_by_a_cookie(site: Site) -> None:
    session = await a_session(await an_account())

    response = await site.ask("{ who }", session=session, headers={"authorization": "Bearer wrong"})

    assert response.status_code == 401


async def test_whoever_must_change_their_password_can_do_nothing_else(site: Site) -> None:
    account = await an_account(must_change_password=True)
    bearer = await issue_token(account.email)

    by_session = await site.ask("{ who }", session=await a_session(account))
    by_token = await site.ask("{ who }", headers={"authorization": f"Bearer {bearer}"})

    assert (by_session.status_code, codes(by_session)) == (403, ["PASSWORD_CHANGE_REQUIRED"])
    assert codes(by_token) == ["PASSWORD_CHANGE_REQUIRED"]


@pytest.mark.parametrize(("end", "status"), [(None, 200), (LinkEnd.USED, 200), (LinkEnd.SUPERSEDED, 401)])
async def test_a_mailed_link_is_answered_at_the_portal_while_it_is_good(
    site: Site, end: LinkEnd | None, status: int
) -> None:
    headers = await a_link_header(site, end)

    response = await site.ask("{ who }", path="/portal/graphql", headers=headers)

    assert response.status_code == status
    assert status != 200 or content(response) == {"data": {"who": "LINK de"}}


async def test_a_mailed_link_at_operations_is_told_about_the_portal(site: Site) -> None:
    headers = await a_link_header(site, None)

    assert codes(await site.ask("{ who }", headers=headers)) == ["WRONG_ENDPOINT"]


async def test_in_production_nobody_learns_the_schema_without_signing_in(settings: Settings, database: str) -> None:
    production = settings.model_copy(update={"environment": Environment.PRODUCTION})
    transport = ASGITransport(build_application(build_dependencies(production, small_schemas())))
    async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
        response = await client.post("/graphql", json={"query": "{ __schema { queryType { name } } }"})

    assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])


async def test_in_development_anybody_may_ask_for_the_schema_and_nothing_else(site: Site) -> None:
    schema = await site.ask("{ __schema { queryType { name } } }")
    more = await site.ask("{ __typename who }")

    assert schema.json()["data"]["__schema"]["queryType"]["name"] == "Query"
    assert codes(more) == ["UNAUTHENTICATED"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"3",
        b'"text"',
        b"{}",
        b'{"query": 3}',
        b'{"query": null}',
        b'{"query": "  "}',
        b'{"query": "{ who }", "variables": []}',
        b'{"query": "{ who }", "variables": "{}"}',
        b'{"query": "{ who }", "operationName": 3}',
        b'{"query": "{ who }", "extensions": []}',
        b'{"query": "{ who }", "variables": {"x": NaN}}',
        b'[{"query": "{ who }"}]',
        b"[" * 100_000,
        b'{"query": "query A { who } query B { who }"}',
        b'{"query": "{ who } mutation { touch }"}',
        b'{"query": "query A { who }", "operationName": "C"}',
        b'{"query": "subscription { orderChanged }"}',
    ],
)
async def test_what_is_malformed_is_refused_politely(site: Site, body: bytes) -> None:
    session = await a_session(await an_account())

    response = await site.client.post(
        "/graphql", content=body, headers={"cookie": f"__Host-werkstand={session}", **JSON}
    )

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"].keys() == {"code", "requestId"}


@pytest.mark.parametrize("text", ["\x00", "\ud800", "\U0001f600", "\u2028", "ä" * 1000])
async def test_unusual_text_never_breaks_the_answer(site: Site, text: str) -> None:
    session = await a_session(await an_account())

    asked = {"query": "query($text: String!) { echo(text: $text) }", "variables": {"text": text}}
    headers = {"cookie": f"__Host-werkstand={session}", **JSON}
    response = await site.client.post("/graphql", content=json.dumps(asked), headers=headers)

    assert response.status_code == 200
    assert "INTERNAL_ERROR" not in response.text


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_only_json_is_read(site: Site, media_type: str) -> None:
    session = await a_session(await an_account())
    headers = {"cookie": f"__Host-werkstand={session}", "content-type": media_type}

    response = await site.client.post("/graphql", content=b'{"query": "{ who }"}', headers=headers)

    assert (response.status_code, codes(response)) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_everything_is_sent_with_get_or_post(site: Site, method: str) -> None:
    response = await site.client.request(method, "/graphql?query={who}")

    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


async def test_a_body_too_large_is_refused_before_it_is_read(site: Site) -> None:
    session = await a_session(await an_account())

    response = await site.ask("{ who }" + " " * 300_000, session=session)

    assert (response.status_code, codes(response)) == (413, ["PAYLOAD_TOO_LARGE"])


async def test_a_body_that_grows_too_large_is_refused_while_it_is_read(site: Site) -> None:
    session = await a_session(await an_account())

    async def endless() -> object:
        for _ in range(2000):
            yield b" " * 1000

    headers = {"cookie": f"__Host-werkstand={session}", **JSON}
    response = await site.client.post("/graphql", content=endless(), headers=headers)  # type: ignore[arg-type]

    assert (response.status_code, codes(response)) == (413, ["PAYLOAD_TOO_LARGE"])


async def test_a_fault_is_masked_and_has_a_number(site: Site) -> None:
    response = await site.ask("{ broken }", session=await a_session(await an_account()))

    (error,) = response.json()["errors"]
    assert "secret" not in response.text
    assert error["extensions"] == {"code": "INTERNAL_ERROR", "requestId": response.headers["x-request-id"]}
    assert error["path"] == ["broken"]


async def test_a_refused_read_says_why(site: Site) -> None:
    response = await site.ask("{ refused }", session=await a_session(await an_account()))

    assert codes(response) == ["GUARD_FAILED"]
    assert response.json()["errors"][0]["message"] == "This link has been used or is no longer valid."


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ who", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ echo(text: 3) }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_a_document_that_is_wrong_gets_a_code(site: Site, query: str, code: str) -> None:
    response = await site.ask(query, session=await a_session(await an_account()))

    assert codes(response) == [code]


async def test_a_variable_that_is_wrong_gets_a_code(site: Site) -> None:
    response = await site.ask(
        "query($text: String!) { echo(text: $text) }",
        session=await a_session(await an_account()),
        variables={"text": 3},
    )

    assert codes(response) == ["GRAPHQL_VALIDATION_FAILED"]


async def test_errors_speak_the_language_that_was_asked_for(site: Site) -> None:
    german = await site.ask("{ who }", headers={"accept-language": "fr, de;q=0.8, en;q=0.5"})
    english = await site.ask("{ who }", headers={"accept-language": "en-GB,en;q=0.9"})

    assert german.json()["errors"][0]["message"].startswith("Bitte melden Sie sich an: Es gibt keine Sitzung")
    assert english.json()["errors"][0]["message"].startswith("Please sign in: there is no session")


async def test_a_page_runs_its_documents_in_process(site: Site) -> None:
    session = await a_session(await an_account(Role.STAFF))
    seen = await site.dependencies.authenticator.authenticate(Credential("session", session))
    assert seen is not None

    answer = await site.dependencies.page_runner.run_document("operations", "{ who }", {}, seen, request_id="page")
    elsewhere = await site.dependencies.page_runner.run_document("portal", "{ who }", {}, seen, request_id="page")

    assert answer == {"data": {"who": "STAFF en"}}
    assert json.dumps(elsewhere["errors"]).count("WRONG_ENDPOINT") == 1


async def a_link_header(site: Site, end: LinkEnd | None) -> dict[str, str]:
    """The header of a link to a new order, which has ended so."""
    case = await an_order(OrderStatus.IN_REVIEW)
    link = await issue_link(purpose=LinkPurpose.OFFER, order_id=case.order.id)
    if end:
        await end_links(case.order.id, LinkPurpose.OFFER, end)
    return {"authorization": f"Link {token(link, LinkPurpose.OFFER, site.dependencies.settings.key(KEY_PURPOSE))}"}
