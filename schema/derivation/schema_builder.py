"""Assembly of one GraphQL schema from its queries, its subscriptions and its profile."""

from collections.abc import Iterable

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.derivation.api_profile import ApiProfile
from schema.derivation.mutations import mutations
from schema.execution import limits
from schema.execution.raw_json import RawJsonExecutionContext
from schema.shared.errors import UserError
from schema.shared.scalars import SCALARS


def build_schema(
    query: type, subscription: type, profile: ApiProfile, error_types: Iterable[type[UserError]]
) -> strawberry.Schema:
    """The schema with a mutation for every move of the profile; `error_types` implement its interface of errors."""
    return strawberry.Schema(
        query=query,
        mutation=mutations(profile),
        subscription=subscription,
        types=error_types,
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=list(limits.extensions()),
        execution_context_class=RawJsonExecutionContext,
    )
