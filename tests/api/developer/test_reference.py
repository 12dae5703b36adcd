"""The reference of both schemas below `/docs`."""

import re

import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from strawberry import Schema

from api.application import build_application
from api.auth.authentication import SESSION_COOKIE
from api.dependencies import build_dependencies
from api.developer.guides import FILES
from api.developer.schema_reference import SchemaReference
from domain.kernel.actors import Role
from schema.sdl_export import FOLDER, SCHEMAS
from settings import Environment, Settings
from tests.makers.accounts import a_customer_account, a_session, an_account
from tests.makers.parties import a_customer
from tests.support.site import OWN_SITE, Site

HTML = {"accept": "text/html", "accept-language": "en"}


async def read(site: Site, path: str) -> Response:
    return await site.client.get(path, headers=HTML)


async def test_a_type_shows_its_fields_with_links_to_their_types(site: Site) -> None:
    page = (await read(site, "/docs/operations/Order")).text

    assert 'id="statusLabel"' in page
    assert '<a href="/docs/operations/OrderStatus">OrderStatus</a>' in page
    assert '<a href="/docs/operations/Query#orderByNumber">' in page


async def test_arguments_are_shown_with_their_defaults(site: Site) -> None:
    page = (await read(site, "/docs/operations/Order")).text

    assert re.search(r"<code>includeClosed</code>.*?<code>false</code>", page, re.DOTALL)


async def test_a_search_leads_to_the_field(site: Site) -> None:
    page = (await read(site, "/docs/portal?q=nextst")).text

    assert 'href="/docs/portal/Order#nextSteps"' in page
    assert 'href="/docs/portal/NextStep"' in page


async def test_the_nearest_names_are_found_first(site: Site) -> None:
    page = (await read(site, "/docs/operations?q=order")).text

    found = re.findall(r'href="/docs/operations/([^"]+)"><code>', page)
    assert found[:2] == ["Order", "Query#order"]
    assert "The nearest 100 are shown" in page


async def test_a_search_that_finds_nothing_says_what_to_try(site: Site) -> None:
    assert "A part of a word is enough" in (await read(site, "/docs/portal?q=xyzzy")).text


@pytest.mark.parametrize("path", ["/docs/nothing", "/docs/operations/Nothing", "/docs/nothing.graphql"])
async def test_what_does_not_exist_is_not_found(site: Site, path: str) -> None:
    assert (await read(site, path)).status_code == 404


@pytest.mark.parametrize("name", ["operations", "portal"])
async def test_the_sdl_can_be_downloaded(site: Site, name: str) -> None:
    served = (await site.client.get(f"/docs/{name}.graphql")).text

    assert set(served.split()) == set((FOLDER / f"{name}.graphql").read_text("utf-8").split())


async def test_the_guide_is_a_page_with_anchors_and_without_dead_links(site: Site) -> None:
    page = (await read(site, "/docs/guide")).text

    assert '<h2 id="start-in-five-minutes">' in page
    assert 'href="/docs/operations.graphql"' in page
    assert 'href="/docs/webhooks"' in page
    assert 'href="../' not in page


@pytest.mark.parametrize("name", FILES)
async def test_the_other_texts_are_pages_too(site: Site, name: str) -> None:
    response = await read(site, f"/docs/{name}")

    assert response.status_code == 200
    assert re.search(r"<h1 id=", response.text)


async def test_pages_run_no_inline_code(site: Site) -> None:
    response = await read(site, "/docs/operations/Order")

    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", response.text)


@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_every_type_is_of_a_kind_and_every_link_leads_to_a_type(name: str, schema: Schema) -> None:
    reference = SchemaReference(schema._schema)

    used = [member.type for entry in reference.entries.values() for member in entry.members if member.type]
    assert {item.name for item in used} <= set(reference.entries), name
    assert [entry.name for entry in reference.of_kind("root")] == ["Query", "Mutation", "Subscription"]


async def test_in_production_the_anonymous_are_sent_to_sign_in(settings: Settings, database: str) -> None:
    async with production(settings) as client:
        response = await client.get("/docs/operations", headers=HTML)

    assert response.status_code == 303
    assert response.headers["location"].startswith("/sign-in?next=")


async def test_in_production_everyone_reads_the_schema_they_use(settings: Settings, database: str) -> None:
    customer, staff = (
        await a_session(await a_customer_account(await a_customer())),
        await a_session(await an_account(Role.STAFF)),
    )

    async with production(settings) as client:
        answers = [
            (await client.get(f"/docs/{name}", headers=HTML | {"cookie": f"{SESSION_COOKIE}={session}"})).status_code
            for session in (customer, staff)
            for name in ("portal", "operations")
        ]

    assert answers == [200, 404, 404, 200]


async def test_in_production_there_is_no_workbench(settings: Settings, database: str) -> None:
    session = await a_session(await an_account(Role.STAFF))

    async with production(settings) as client:
        response = await client.get("/graphiql", headers=HTML | {"cookie": f"{SESSION_COOKIE}={session}"})

    assert response.status_code == 404


def production(settings: Settings) -> AsyncClient:
    """A client of the same application in production."""
    changed = settings.model_copy(update={"environment": Environment.PRODUCTION})
    return AsyncClient(transport=ASGITransport(build_application(build_dependencies(changed))), base_url=OWN_SITE)
