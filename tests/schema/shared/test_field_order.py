"""The order of fields that shared types bring."""

from collections.abc import Callable

import pytest
import strawberry

from schema.shared.field_order import field_order


@strawberry.type
class SharedFields:
    """The fields of a job that several types show."""

    id: strawberry.ID
    name: str


def a_type(order: str) -> Callable[[], type]:
    @strawberry.type
    class Query(SharedFields):
        """A job."""

        status: str

    return lambda: field_order(order)(Query)


def test_the_sdl_lists_fields_in_the_given_order() -> None:
    sdl = strawberry.Schema(query=a_type("id status name")()).as_str()

    assert sdl.index("id: ID!") < sdl.index("status: String!") < sdl.index("name: String!")


def test_fields_that_are_not_named_follow_at_the_end() -> None:
    sdl = strawberry.Schema(query=a_type("status id")()).as_str()

    assert sdl.index("status: String!") < sdl.index("id: ID!") < sdl.index("name: String!")


@pytest.mark.parametrize("order", ["id status name color", "id status name name"])
def test_an_order_names_fields_of_the_type_and_each_once(order: str) -> None:
    with pytest.raises(TypeError, match="the order names"):
        a_type(order)()
