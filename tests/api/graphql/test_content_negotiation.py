"""Which media type is chosen, and the status codes of each."""

from typing import Any

import pytest

from api.graphql.content_negotiation import MediaType, negotiate
from tests.makers.accounts import a_session, an_account
from tests.support.site import Site, codes

GRAPHQL, JSON, STREAM = MediaType.GRAPHQL_RESPONSE, MediaType.JSON, MediaType.EVENT_STREAM
APOLLO = "application/graphql-response+json,application/json;q=0.9"
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (BROWSER, JSON),
        ("application/json", JSON),
        ("application/json, multipart/mixed", JSON),
        ("Application/GraphQL-Response+JSON; charset=utf-8", GRAPHQL),
        (APOLLO, GRAPHQL),
        (URQL, GRAPHQL),
        ("application/json, application/graphql-response+json", GRAPHQL),
        ("application/json, application/graphql-response+json;q=0.5", JSON),
        ("application/json;q=0, */*", GRAPHQL),
        ("text/event-stream", STREAM),
        ("text/event-stream, multipart/mixed", STREAM),
        ("text/event-stream, application/json;q=0.5", STREAM),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=nonsense, text/event-stream", STREAM),
    ],
)
def test_the_media_type_that_the_client_likes_best_is_chosen(accept: str | None, chosen: MediaType | None) -> None:
    assert negotiate(accept) is chosen


@pytest.mark.parametrize(
    ("query", "more", "status"),
    [
        ("{ who }", {}, 200),
        ("{ broken }", {}, 294),
        ("{ refused }", {}, 294),
        ("{ who", {}, 400),
        ("{ nothing }", {}, 422),
        ("query ($text: String!) { echo(text: $text) }", {"variables": {"text": 3}}, 422),
        ("query A { who }", {"operationName": "B"}, 422),
        ("query A { who } query B { who }", {}, 422),
        ("subscription { orderChanged }", {}, 422),
    ],
)
async def test_the_status_tells_how_the_operation_went(
    site: Site, query: str, more: dict[str, Any], status: int
) -> None:
    session = await a_session(await an_account())

    response = await site.ask(query, session=session, headers={"accept": GRAPHQL}, **more)

    assert (response.status_code, response.headers["content-type"]) == (status, GRAPHQL)
    assert ("data" in response.json()) is (status < 300)


@pytest.mark.parametrize("query", ["{ who }", "{ broken }", "{ who", "{ nothing }"])
async def test_plain_json_is_answered_with_200(site: Site, query: str) -> None:
    response = await site.ask(query, session=await a_session(await an_account()), headers={"accept": JSON})

    assert (response.status_code, response.headers["content-type"]) == (200, JSON)


async def test_broken_json_is_400_and_a_wrong_shape_422(site: Site) -> None:
    headers = {"cookie": f"__Host-werkstand={await a_session(await an_account())}", "accept": GRAPHQL}
    headers["content-type"] = "application/json"

    broken = await site.client.post("/graphql", content=b"{", headers=headers)
    misshapen = await site.client.post("/graphql", content=b'{"query": 3}', headers=headers)

    assert (broken.status_code, codes(broken)) == (400, ["MALFORMED_JSON"])
    assert (misshapen.status_code, misshapen.headers["content-type"]) == (422, GRAPHQL)


async def test_a_media_type_that_we_cannot_write_is_refused(site: Site) -> None:
    response = await site.ask("{ who }", headers={"accept": "text/html"})

    assert (response.status_code, codes(response)) == (406, ["NOT_ACCEPTABLE"])


async def test_an_event_stream_is_chosen_by_its_media_type(site: Site) -> None:
    session = await a_session(await an_account())

    response = await site.ask("{ who }", session=session, headers={"accept": "text/event-stream"})

    assert response.headers["content-type"].startswith("text/event-stream")
    assert 'data: {"data":{"who":"STAFF en"}}' in response.text


async def test_who_is_not_known_is_told_how_to_authenticate(site: Site) -> None:
    response = await site.ask("{ who }", headers={"accept": GRAPHQL})

    assert (response.status_code, response.headers["www-authenticate"]) == (401, 'Bearer realm="Werkstand"')
