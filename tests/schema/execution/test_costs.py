"""The cost of one operation counts pages as large as they are asked for."""

from typing import Any

import pytest

from schema.execution.costs import OperationCosts
from tests.support.graphql.sample_schema import SCHEMA

COSTS = OperationCosts(SCHEMA._schema)
PAGE = "query ($n: Int) { jobs(first: $n) { nodes { id number } } }"


@pytest.mark.parametrize(
    ("query", "variables", "cost"),
    [
        ('{ job(id: "x") { id } }', {}, 2),
        ("{ jobs(first: 10) { nodes { id number } } }", {}, 31),
        (PAGE, {"n": 10}, 31),
        (PAGE, {"n": 2}, 7),
        (PAGE, {}, 301),
        (PAGE, {"n": "many"}, 301),
        ("{ jobs(first: 10) {", {}, 1),
    ],
)
def test_a_page_counts_as_often_as_it_has_rows(query: str, variables: dict[str, Any], cost: int) -> None:
    assert COSTS.cost(query, None, variables) == cost
    assert COSTS.cost(query, None, variables) == cost


def test_the_named_operation_counts() -> None:
    document = 'query A { job(id: "x") { id } } query B { job(id: "x") { id number title } }'

    assert [COSTS.cost(document, name, {}) for name in ("A", "B", "C")] == [2, 4, 1]
