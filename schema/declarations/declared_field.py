"""The Strawberry field that carries a declaration of where its value comes from."""

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
    """A field whose value the compiler loads, as its declaration says."""

    @classmethod
    def of(cls, declaration: Declaration, description: str, arguments: list[StrawberryArgument]) -> Self:
        """A field for one declaration; its name and type come from the class that holds it.

        A field that is loaded by id is no parameter of the payload's constructor.
        """
        made = cls(description=description, metadata={DECLARATION_KEY: declaration})
        made.arguments = arguments
        made.init = made.repr = made.compare = not isinstance(declaration, LoadedById)
        return made

    @property
    def declaration(self) -> Declaration:
        """The declaration that the compiler reads."""
        declaration: Declaration = self.metadata[DECLARATION_KEY]
        return declaration

    @property
    def is_basic_field(self) -> bool:
        """False, so that Strawberry passes `info`, which names the response key."""
        return False

    def get_result(self, source: Any, info: Info | None, args: list[Any], kwargs: Any) -> Any:
        """Return the loaded value by its response key, or load it at an entry point."""
        if info is None:
            raise TypeError("a declared field is resolved with its response key")
        resolver: FieldResolver = info.context.plan_runner
        return resolver.resolve(self.declaration, self.python_name, source, info._raw_info)
