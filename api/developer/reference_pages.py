"""The pages below `/docs`: the reference of the schemas as they are now, their SDL, and the guide."""

from collections.abc import Mapping

from graphql import print_schema
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.dependencies import Dependencies
from api.developer.access import Reader, reader_endpoint
from api.developer.guides import FILES, guide, has_guide
from api.developer.schema_reference import KINDS, MAX_FOUND, SchemaReference
from portal_views.web.page_context import found_or_404
from schema.api_schema import SchemaName

GET = ["GET"]


class ReferencePages:
    """The reference, described once for each schema when it is first read."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._has_workbench = dependencies.settings.in_development
        self._base_url = dependencies.settings.base_url
        self._references: Mapping[SchemaName, SchemaReference] = {
            name: SchemaReference(runner.api_schema.schema._schema) for name, runner in dependencies.runners.items()
        }

    async def index(self, reader: Reader) -> Response:
        """The way to both schemas, the guide and the workbench."""
        return reader.render(
            "developer/index.html",
            references=self._references,
            has_guide=has_guide(),
            has_workbench=self._has_workbench,
        )

    async def guide(self, reader: Reader) -> Response:
        """The text that the path names; 404 where it is not installed."""
        name = reader.request.url.path.rpartition("/")[2]
        if not has_guide(name):
            raise HTTPException(404)
        return reader.render("developer/guide.html", text=guide(name, self._base_url))

    async def sdl(self, reader: Reader) -> Response:
        """The SDL of one schema, for code generators."""
        return PlainTextResponse(f"{print_schema(self._reference(reader).schema)}\n")

    async def schema(self, reader: Reader) -> Response:
        """All types of a schema by kind, or what a search found."""
        reference, words = self._reference(reader), reader.request.query_params.get("q", "").strip()
        return reader.render(
            "developer/schema.html",
            name=_schema_name(reader),
            reference=reference,
            kinds=KINDS,
            words=words,
            found=reference.search(words) if words else [],
            most=MAX_FOUND,
        )

    async def type(self, reader: Reader) -> Response:
        """One type with its members, and the fields that use it."""
        reference, name = self._reference(reader), reader.request.path_params["type"]
        entry = found_or_404(reference.entries.get(name))
        return reader.render(
            "developer/type.html", name=_schema_name(reader), entry=entry, users=reference.users[entry.name]
        )

    def _reference(self, reader: Reader) -> SchemaReference:
        return self._references[_schema_name(reader)]


def reference_routes(dependencies: Dependencies) -> list[BaseRoute]:
    """The routes below `/docs`."""
    pages = ReferencePages(dependencies)
    return [
        Route(path, reader_endpoint(dependencies, page), methods=GET)
        for path, page in (
            ("/docs", pages.index),
            *((f"/docs/{name}", pages.guide) for name in FILES),
            ("/docs/{schema}.graphql", pages.sdl),
            ("/docs/{schema}", pages.schema),
            ("/docs/{schema}/{type}", pages.type),
        )
    ]


def _schema_name(reader: Reader) -> SchemaName:
    """The schema that the path names; 404 for one that the reader may not read, or that is none."""
    named = reader.request.path_params["schema"]
    for name in reader.schemas:
        if name == named:
            return name
    raise HTTPException(404)
