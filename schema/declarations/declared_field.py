"""A Strawberry field with a declaration of where its value comes from."""

from typing import Any, Protocol, Self

from graphql import GraphQLResolveInfo
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.info import Info

from schema.declarations.types import Declaration, LoadedById

DECLARATION_KEY = "declaration"
DEFINITION_KEY = "strawberry-definition"


class FieldResolver(Protocol):
    """Resolves declared fields for the executor."""

    def resolve(self, declaration: Declaration, attribute: str, source: Any, info: GraphQLResolveInfo[Any]) -> Any: ...


class DeclaredField(StrawberryField):
    """Carries its declaration to the compiler and finds its value in what the compiler has loaded."""

    @classmethod
    def of(cls, declaration: Declaration, description: str, arguments: list[StrawberryArgument]) -> Self:
        """A field for one declaration; its name and type come from the class that holds it.

        What is loaded is no part of making a payload object.
        """
        made = cls(description=description, metadata={DECLARATION_KEY: declaration})
        made.arguments = arguments
        made.init = made.repr = made.compare = not isinstance(declaration, LoadedById)
        return made

    @property
    def declaration(self) -> Declaration:
        """What the compiler reads."""
        declaration: Declaration = self.metadata[DECLARATION_KEY]
        return declaration

    @property
    def is_basic_field(self) -> bool:
        """False, so that Strawberry passes `info`, which names the response key."""
        return False

    def get_result(self, source: Any, info: Info | None, args: list[Any], kwargs: Any) -> Any:
        """Find the value by its response key in the loaded tree, or load it at an entry point."""
        if info is None:
            raise TypeError("a declared field is resolved with its response key")
        resolver: FieldResolver = info.context.plan_runner
        return resolver.resolve(self.declaration, self.python_name, source, info._raw_info)
