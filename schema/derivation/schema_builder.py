"""Assembly of one GraphQL schema from its queries, its subscriptions and its profile."""

from collections.abc import Iterable

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.derivation.api_profile import ApiProfile
from schema.derivation.embedded_values import describe_embedded_types
from schema.derivation.mutations import mutations
from schema.execution import limits
from schema.execution.raw_json import RawJsonExecutionContext
from schema.shared.errors import UserError
from schema.shared.scalars import SCALARS


class DescribedSchema(strawberry.Schema):
    """A schema that says what it is for, in introspection and in its printed form."""

    def describe(self, text: str) -> None:
        """Set what introspection and the printed form say about the schema as a whole."""
        self._schema.description = text

    def as_str(self) -> str:
        """The SDL, with the description at its head, where the names of the root types go without saying."""
        roots = {
            "query": self._schema.query_type,
            "mutation": self._schema.mutation_type,
            "subscription": self._schema.subscription_type,
        }
        named = "\n".join(f"  {operation}: {root.name}" for operation, root in roots.items() if root is not None)
        return f'"""\n{self._schema.description}\n"""\nschema {{\n{named}\n}}\n\n{super().as_str()}'


def build_schema(
    query: type, subscription: type, profile: ApiProfile, error_types: Iterable[type[UserError]], *, description: str
) -> strawberry.Schema:
    """The schema with a mutation for every move of the profile; `error_types` implement its interface of errors."""
    schema = DescribedSchema(
        query=query,
        mutation=mutations(profile),
        subscription=subscription,
        types=error_types,
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=list(limits.extensions()),
        execution_context_class=RawJsonExecutionContext,
    )
    schema.describe(description)
    describe_embedded_types(schema._schema)
    return schema
