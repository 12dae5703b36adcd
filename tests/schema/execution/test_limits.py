"""Limits: a query that is too large is refused at once, on both paths, with a sentence."""

import time
from typing import Any

import pytest
from graphql import parse

from schema.execution.limits import limit_errors
from tests.support.graphql.sample_reads import Reads
from tests.support.graphql.sample_schema import SCHEMA


def a_bomb(levels: int) -> str:
    """Each fragment spreads the next one twice, under different names."""
    fragments = [
        f"fragment f{n} on Client {{ a: jobs(first: 9) {{ nodes {{ client {{ ...f{n + 1} }} }} }} "
        f"b: jobs(first: 9) {{ nodes {{ client {{ ...f{n + 1} }} }} }} }}"
        for n in range(levels)
    ]
    return "\n".join(['{ job(id: "x") { client { ...f0 } } }', *fragments, f"fragment f{levels} on Client {{ id }}"])


DOUBLING = "\n".join(
    ['{ job(id: "x") { ...f0 } }']
    + [f"fragment f{n} on Job {{ ...f{n + 1} ...f{n + 1} }}" for n in range(60)]
    + ["fragment f60 on Job { id }"]
)
WIDE = "{ jobs(first: 100) { nodes { client { jobs(first: 100) { nodes { id number title state } } } } } }"


async def refusal(reads: Reads, query: str, **variables: Any) -> dict[str, Any]:
    assert await reads.fast(query, variables=variables) is None
    answer = await reads.ordinary(query, variables=variables)
    assert answer["data"] is None
    error: dict[str, Any] = answer["errors"][0]
    return error


@pytest.mark.parametrize(
    "query", [a_bomb(12), WIDE, WIDE.replace("first: 100", "last: $n").replace("{ jobs", "query ($n: Int) { jobs", 1)]
)
async def test_what_costs_too_much_is_refused(reads: Reads, query: str) -> None:
    error = await refusal(reads, query, n=1)

    assert error["extensions"] == {"code": "QUERY_TOO_COSTLY"}


async def test_a_bomb_is_judged_in_milliseconds(reads: Reads) -> None:
    start = time.thread_time()
    await refusal(reads, a_bomb(12))
    assert time.thread_time() - start < 0.5


async def test_fragments_that_double_each_other_are_refused_in_milliseconds(reads: Reads) -> None:
    start = time.thread_time()
    error = await refusal(reads, DOUBLING)
    assert time.thread_time() - start < 0.5
    assert error["extensions"] == {"code": "QUERY_TOO_COSTLY"}


async def test_fragments_in_a_circle_are_left_to_validation(reads: Reads) -> None:
    error = await refusal(
        reads, '{ job(id: "x") { ...f } } fragment f on Job { client { jobs(first: 1) { nodes { ...f } } } }'
    )

    assert "itself" in error["message"]


async def test_a_list_needs_a_page_size(reads: Reads) -> None:
    error = await refusal(reads, "{ jobs { totalCount } }")

    assert error["message"] == "`jobs` needs `first` or `last`."


@pytest.mark.parametrize("size", ["101", "-1", "99999999999999999999"])
async def test_a_page_has_at_most_a_hundred_rows(reads: Reads, size: str) -> None:
    error = await refusal(reads, f"{{ jobs(first: {size}) {{ totalCount }} }}")

    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_a_text_of_too_many_words_is_not_parsed(reads: Reads) -> None:
    error = await refusal(reads, "{ " + "__typename " * 1_001 + "}")

    assert "token" in error["message"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "{",
        'mutation { jobTouch(job: "x") { replayed } }',
        "{ nothing }",
        "query A { __typename } query B { __typename }",
    ],
)
async def test_whatever_is_no_query_gets_no_answer(reads: Reads, query: str) -> None:
    assert await reads.fast(query) is None


async def test_introspection_and_resolvers_are_left_to_the_executor(reads: Reads) -> None:
    for query in ("{ __schema { queryType { name } } }", "{ viewer { language } greeting }"):
        assert await reads.fast(query) is None
        assert "errors" not in await reads.ordinary(query)


def test_cost_counts_pages_and_lists() -> None:
    def found(steps: int) -> int:
        names = " ".join(f"a{n}: id" for n in range(steps))
        return len(limit_errors(SCHEMA._schema, parse(f"{{ jobs(first: 50) {{ nodes {{ steps {{ {names} }} }} }} }}")))

    assert found(steps=39) == 0
    assert found(steps=40) == 1
