"""Limits: a query that is too large is refused at once, on both paths, with a sentence."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import get_introspection_query, parse

from schema.execution.limits import limit_errors
from settings import Environment, Settings
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


async def test_a_list_without_a_page_size_counts_as_twenty_rows(reads: Reads) -> None:
    fields = "number " * 30

    assert (await reads.both("{ jobs { nodes { number } } }"))["jobs"]["nodes"]
    assert not limit_errors(
        SCHEMA._schema, parse(f"{{ jobs {{ nodes {{ client {{ jobs {{ nodes {{ {fields} }} }} }} }} }} }}")
    )
    assert limit_errors(
        SCHEMA._schema, parse(f"{{ jobs {{ nodes {{ client {{ jobs {{ nodes {{ {fields * 2} }} }} }} }} }} }}")
    )


@pytest.mark.parametrize("size", ["101", "-1", "99999999999999999999"])
async def test_a_page_has_at_most_a_hundred_rows(reads: Reads, size: str) -> None:
    error = await refusal(reads, f"{{ jobs(first: {size}) {{ totalCount }} }}")

    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_a_text_of_too_many_words_is_not_parsed(reads: Reads) -> None:
    error = await refusal(reads, "{ " + "__typename " * 10_001 + "}")

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


CHAIN = "\n".join(
    ['{ job(id: "x") { ...f0 } }']
    + [f"fragment f{n} on Job {{ ...f{n + 1} }}" for n in range(1000)]
    + ["fragment f1000 on Job { id }"]
)
SHAPES = [
    ("{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }", "TOO_MANY_ALIASES"),
    ("{ " + "__typename " * 31 + "}", "TOO_MANY_REPETITIONS"),
    ("{ ...f ...f " + "... { ...f } " * 29 + "} fragment f on Query { __typename }", "TOO_MANY_REPETITIONS"),
    (
        "{ jobs(first: 1) { nodes " + "{ client { jobs(first: 1) { nodes " * 7 + "{ id }" + " } } }" * 7 + " } }",
        "QUERY_TOO_DEEP",
    ),
    ("{ __typename" + " @skip(if: false)" * 6 + " }", "TOO_MANY_DIRECTIVES"),
]


@pytest.mark.parametrize(("query", "code"), SHAPES)
async def test_a_document_of_a_wrong_shape_is_refused(reads: Reads, query: str, code: str) -> None:
    error = await refusal(reads, query)

    assert error["extensions"] == {"code": code}


async def test_a_long_chain_of_fragments_is_refused_and_not_walked(reads: Reads) -> None:
    error = await refusal(reads, CHAIN)

    assert error["extensions"] == {"code": "QUERY_TOO_COSTLY"}


def test_documents_within_the_limits_pass(reads: Reads) -> None:
    introspection = get_introspection_query(descriptions=True, input_value_deprecation=True)
    aliases = " ".join(f"a{n}: __typename" for n in range(100))

    for text in (introspection, f"{{ {aliases} }}", "{ " + "__typename " * 30 + "}"):
        assert not limit_errors(SCHEMA._schema, parse(text))


@pytest.mark.parametrize("query", ["{ jobz { totalCount } }", "{ jobs(where: {numbr: {eq: 1}}) { totalCount } }"])
async def test_errors_name_what_resembles_an_unknown_name_in_development_only(settings: Settings, query: str) -> None:
    told = {}
    for environment in Environment:
        context = SimpleNamespace(settings=settings.model_copy(update={"environment": environment}))
        result = await SCHEMA.execute(query, context_value=context)
        told[environment] = "Did you mean" in (result.errors or [])[0].message

    assert told == {Environment.DEVELOPMENT: True, Environment.PRODUCTION: False}
