"""Documents that are named instead of sent: trusted ones and automatic persisted queries."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import build_dependencies, open_dependencies
from api.graphql.text_cache import TextCache
from domain.trusted_documents.store import DocumentConflict, document_hash, register_trusted_documents
from settings import Settings
from tests.makers.accounts import a_session, an_account
from tests.support.live_server import a_socket, hear, say, serving, signed_in
from tests.support.site import OWN_SITE, Site, codes, small_schemas

QUERY = "query Who { who }"
HASH = document_hash(QUERY)


def persisted(sha256: str = HASH, version: int = 1) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": version, "sha256Hash": sha256}}}


async def test_a_query_is_registered_by_its_hash(site: Site) -> None:
    ask = await an_asker(site)

    unknown = await ask(persisted())
    registered = await ask({"query": QUERY, **persisted()})
    named = await ask(persisted())

    assert (unknown.status_code, codes(unknown)) == (200, ["PERSISTED_QUERY_NOT_FOUND"])
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert registered.json()["data"] == named.json()["data"] == {"who": "STAFF en"}


async def test_a_query_under_the_hash_of_another_is_refused(site: Site) -> None:
    ask = await an_asker(site)

    refused = await ask({"query": "{ other: who }", **persisted()})

    assert (refused.status_code, codes(refused)) == (400, ["PERSISTED_QUERY_HASH_MISMATCH"])
    assert codes(await ask(persisted())) == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_a_registered_query_is_sent_with_get(site: Site) -> None:
    ask = await an_asker(site)
    await ask({"query": QUERY, **persisted()})
    session = await a_session(await an_account())

    answer = await site.client.get(
        "/graphql",
        params={"extensions": json.dumps(persisted()["extensions"])},
        headers={"cookie": f"__Host-werkstand={session}", "graphql-preflight": "1"},
    )

    assert answer.json()["data"] == {"who": "STAFF en"}


async def test_a_version_that_nobody_knows_is_not_supported(site: Site) -> None:
    ask = await an_asker(site)

    assert codes(await ask(persisted(version=2))) == ["PERSISTED_QUERY_NOT_SUPPORTED"]
    assert (await ask({"query": QUERY, **persisted("wrong", version=2)})).json()["data"] == {"who": "STAFF en"}


async def test_without_registration_clients_are_told_to_fall_back(settings: Settings, database: str) -> None:
    async with a_site(settings, automatic_persisted_queries=False) as site:
        ask = await an_asker(site)

        assert codes(await ask(persisted())) == ["PERSISTED_QUERY_NOT_SUPPORTED"]
        assert (await ask({"query": QUERY, **persisted()})).json()["data"] == {"who": "STAFF en"}
        assert codes(await ask(persisted())) == ["PERSISTED_QUERY_NOT_SUPPORTED"]


@pytest.mark.parametrize("named", [{"documentId": f"sha256:{HASH}"}, {"documentId": "who-1"}, persisted()])
async def test_a_trusted_document_is_named_by_its_id_or_its_hash(site: Site, named: dict[str, Any]) -> None:
    await register_trusted_documents({"who-1": QUERY}, replace=False)
    ask = await an_asker(site)

    assert (await ask(named)).json()["data"] == {"who": "STAFF en"}


@pytest.mark.parametrize("document_id", ["sha256:0", "unknown", "\x00", "x" * 1000])
async def test_an_unknown_document_is_not_found(site: Site, document_id: str) -> None:
    ask = await an_asker(site)

    assert codes(await ask({"documentId": document_id})) == ["PERSISTED_DOCUMENT_NOT_FOUND"]


@pytest.mark.parametrize("body", [{"documentId": 3}, {"extensions": {"persistedQuery": 3}}, persisted(3)])  # type: ignore[arg-type]
async def test_a_name_of_the_wrong_shape_is_refused(site: Site, body: dict[str, Any]) -> None:
    ask = await an_asker(site)

    assert (await ask(body)).status_code == 400


async def test_only_trusted_documents_run_where_the_setting_says_so(settings: Settings, database: str) -> None:
    async with a_site(settings, trusted_documents_only=True) as site:
        await register_trusted_documents({"who-1": QUERY}, replace=False)
        ask = await an_asker(site)

        assert (await ask({"query": QUERY})).json()["data"] == {"who": "STAFF en"}
        assert (await ask({"documentId": "who-1"})).json()["data"] == {"who": "STAFF en"}
        assert codes(await ask({"query": "{ who }"})) == ["DOCUMENT_NOT_TRUSTED"]
        assert codes(await ask(persisted(document_hash("{ who }")))) == ["PERSISTED_QUERY_NOT_SUPPORTED"]


async def test_a_socket_runs_a_trusted_document(settings: Settings, database: str) -> None:
    async with a_site(settings, trusted_documents_only=True) as site, serving(site.dependencies) as address:
        await register_trusted_documents({"who-1": QUERY}, replace=False)
        async with a_socket(address, session=await a_session(await an_account())) as socket:
            await signed_in(socket)
            await say(socket, id="1", type="subscribe", payload={"documentId": "who-1"})
            assert (await hear(socket))["payload"] == {"data": {"who": "STAFF en"}}
            await hear(socket)
            await say(socket, id="2", type="subscribe", payload={"query": "{ who }"})
            assert (await hear(socket))["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


async def test_an_id_never_changes_its_text_and_a_replacement_removes_the_others(site: Site) -> None:
    await register_trusted_documents({"who-1": QUERY, "old": "{ who }"}, replace=False)

    with pytest.raises(DocumentConflict, match="who-1"):
        await register_trusted_documents({"who-1": "{ who }"}, replace=False)
    await register_trusted_documents({"who-1": QUERY}, replace=True)

    ask = await an_asker(site)
    assert codes(await ask({"documentId": "old"})) == ["PERSISTED_DOCUMENT_NOT_FOUND"]


def test_the_cache_is_bounded_by_bytes() -> None:
    cache = TextCache(10)
    for key, text in (("a", "äää"), ("b", "bb"), ("c", "cccc"), ("huge", "x" * 11)):
        cache.put(key, text)
        cache.put(key, text)

    assert [cache.get(key) for key in ("a", "b", "c", "huge")] == [None, None, None, None]
    cache.put("a", "12345")
    cache.put("b", "12345")
    cache.get("a")
    cache.put("c", "1")
    assert [cache.get(key) for key in ("a", "b", "c")] == ["12345", None, "1"]


@asynccontextmanager
async def a_site(settings: Settings, **changes: Any) -> AsyncIterator[Site]:
    dependencies = build_dependencies(settings.model_copy(update=changes), small_schemas())
    transport = ASGITransport(build_application(dependencies))
    async with open_dependencies(dependencies), AsyncClient(transport=transport, base_url=OWN_SITE) as client:
        yield Site(dependencies, client)


async def an_asker(site: Site) -> Any:
    cookie = {"cookie": f"__Host-werkstand={await a_session(await an_account())}"}
    return lambda body: site.client.post("/graphql", json=body, headers=cookie)
