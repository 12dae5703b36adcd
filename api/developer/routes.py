"""The routes of the pages for programmers."""

from starlette.routing import BaseRoute

from api.dependencies import Dependencies
from api.developer.graphiql import graphiql_routes
from api.developer.reference_pages import reference_routes


def developer_routes(dependencies: Dependencies) -> list[BaseRoute]:
    """The reference everywhere, the workbench in development only."""
    workbench = graphiql_routes(dependencies) if dependencies.settings.in_development else []
    return [*reference_routes(dependencies), *workbench]
