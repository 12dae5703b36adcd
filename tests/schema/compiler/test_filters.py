"""Filters of `where`: operators, null and absent values, empty lists, and invalid identifiers."""

from typing import Any

import pytest

from tests.support.graphql.sample_reads import Reads
from tests.support.graphql.sample_rows import CLIENTS

JOBS = "query ($where: JobWhere) { jobs(first: 100, where: $where) { totalCount nodes { number title state } } }"


async def found(reads: Reads, where: Any) -> list[Any]:
    jobs = (await reads.both(JOBS, variables={"where": where}))["jobs"]
    assert jobs["totalCount"] == len(jobs["nodes"])
    return list(jobs["nodes"])


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (None, 30),
        ({}, 30),
        ({"state": None}, 30),
        ({"state": {"eq": None, "in": None}}, 30),
        ({"state": {"eq": "DONE"}}, 10),
        ({"state": {"in": ["DONE", "DRAFT"]}}, 20),
        ({"state": {"in": []}}, 0),
        ({"state": {"eq": "DONE", "in": ["DRAFT"]}}, 0),
        ({"number": {"contains": "af-0002"}}, 10),
        ({"number": {"in": ["AF-00001", "AF-00002", "nothing"]}}, 2),
        ({"title": {"contains": "%"}}, 4),
        ({"title": {"contains": "_sure_"}}, 4),
        ({"title": {"contains": "\\"}}, 5),
        ({"title": {"contains": "straße"}}, 4),
        ({"title": {"eq": 'Quotes "here" and \\ there'}}, 5),
        ({"urgent": {"eq": True}}, 10),
        ({"hours": {"gte": 1, "lt": 3}}, 12),
        ({"hours": {"gt": 1, "lte": 3}}, 12),
        ({"rate": {"eq": "0.25"}}, 1),
        ({"startsOn": {"lte": "2026-01-05"}}, 3),
        ({"dueAt": {"gt": "2020-03-29T00:00:00+01:00"}}, 8),
        ({"client": {"eq": f"cus_{CLIENTS[0]}"}}, 9),
        ({"client": {"in": [f"cus_{CLIENTS[0]}"]}}, 9),
        ({"client": {"ne": f"cus_{CLIENTS[0]}"}}, 21),
        ({"state": {"ne": "DONE"}}, 20),
        ({"title": {"ne": 'Quotes "here" and \\ there'}}, 25),
        ({"urgent": {"ne": True}}, 20),
        ({"hours": {"ne": 1}}, 24),
        ({"and": []}, 30),
        ({"and": None, "or": None, "not": None}, 30),
        ({"and": [{"state": {"eq": "DONE"}}, {"hours": {"gte": 1}}]}, 7),
        ({"state": {"eq": "DONE"}, "and": [{"hours": {"gte": 1}}]}, 7),
        ({"or": []}, 0),
        ({"or": [{}]}, 30),
        ({"or": [{"state": {"eq": "DONE"}}, {"state": {"eq": "DRAFT"}}]}, 20),
        ({"state": {"eq": "DONE"}, "or": [{"hours": {"eq": 1}}, {"hours": {"eq": 2}}]}, 5),
        ({"not": {"state": {"eq": "DONE"}}}, 20),
        ({"not": {"urgent": {"eq": True}}}, 20),
        ({"not": {}}, 0),
        ({"not": {"not": {"state": {"eq": "DONE"}}}}, 10),
        ({"not": {"or": [{"state": {"eq": "DONE"}}, {"client": {"eq": f"cus_{CLIENTS[0]}"}}]}}, 11),
        ({"search": "projekt"}, 5),
        ({"overdue": False}, 8),
        ({"overdue": True}, 22),
        ({"not": {"overdue": True}}, 8),
    ],
)
async def test_a_where_finds(reads: Reads, where: Any, count: int) -> None:
    assert len(await found(reads, where)) == count


async def test_literals_and_nested_variables_ask_the_same(reads: Reads) -> None:
    literal = '{ jobs(first: 9, where: {state: {eq: DONE}, title: {contains: "a"}}) { nodes { number } } }'
    variable = """query ($s: JobState, $t: String) {
        jobs(first: 9, where: {state: {eq: $s}, title: {contains: $t}}) { nodes { number } } }"""

    asked = await reads.both(variable, variables={"s": "DONE", "t": "a"})

    assert asked == await reads.both(literal)


async def test_absent_and_null_variables_ask_nothing(reads: Reads) -> None:
    query = "query ($s: JobState) { jobs(first: 100, where: {state: {eq: $s}}) { totalCount } }"

    counts = [await reads.both(query, variables=given) for given in ({}, {"s": None}, {"s": "DONE"})]

    assert [answer["jobs"]["totalCount"] for answer in counts] == [30, 30, 10]


@pytest.mark.parametrize("outside", ["", "nonsense", "ord_", "cus_01970000-0000-7000-8000-000400000004", "ord_\u00fc"])
async def test_what_is_no_identifier_is_not_found(reads: Reads, outside: str) -> None:
    assert await reads.both("query ($id: ID!) { job(id: $id) { id } }", variables={"id": outside}) == {"job": None}


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
async def test_text_no_database_holds_is_refused_with_a_sentence(reads: Reads, text: str) -> None:
    query = "query ($n: String!) { jobByNumber(number: $n) { id } }"
    assert await reads.fast(query, variables={"n": text}) is None

    answer = await reads.ordinary(query, variables={"n": text})

    assert answer["errors"][0]["message"].startswith("Text must hold neither NUL")


async def test_the_same_in_a_literal(reads: Reads) -> None:
    query = '{ jobByNumber(number: "a\\u0000b") { id } }'
    assert await reads.fast(query) is None

    answer = await reads.ordinary(query)

    assert answer["errors"][0]["message"].startswith("Text must hold neither NUL")


@pytest.mark.parametrize(
    "where",
    [
        {"client": {"eq": "cus_nonsense"}},
        {"client": {"ne": f"ord_{CLIENTS[0]}"}},
        {"client": {"in": [f"cus_{CLIENTS[0]}", ""]}},
        {"or": [{"client": {"eq": "cus_nonsense"}}]},
    ],
)
async def test_a_malformed_identifier_in_a_filter_is_an_error(reads: Reads, where: Any) -> None:
    (error,) = (await reads.ordinary(JOBS, variables={"where": where}))["errors"]

    assert await reads.fast(JOBS, variables={"where": where}) is None
    assert "is no identifier of this kind; one looks like cus_" in error["message"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_combined_filters_share_plans_only_with_their_like(reads: Reads) -> None:
    one, two = {"state": {"eq": "DONE"}}, {"hours": {"eq": 1}}
    given = [{"or": [one]}, {"or": [two]}, {"or": [one, two]}, {"or": [two, one]}, {"or": [two]}, {"not": one}]

    counts = [len(await found(reads, where)) for where in given]

    assert counts == [10, 6, 14, 14, 6, 20]


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}, "Filters in `where` are nested at most 5 deep."),
        ({"or": [{}] * 51}, "`where` holds at most 50 filters in `and`, `or` and `not`."),
    ],
)
async def test_filters_are_neither_deep_nor_many(reads: Reads, where: Any, message: str) -> None:
    (error,) = (await reads.ordinary(JOBS, variables={"where": where}))["errors"]

    assert await reads.fast(JOBS, variables={"where": where}) is None
    assert (error["message"], error["extensions"]) == (message, {"code": "BAD_USER_INPUT"})


async def test_a_filter_within_another_is_a_bound_parameter(reads: Reads) -> None:
    query = (
        "query ($t: String!) { jobs(first: 9, where: {or: [{title: {eq: $t}}, {number: {eq: $t}}]}) { totalCount } }"
    )

    counts = [await reads.both(query, variables={"t": each}) for each in ("AF-00004", "' OR TRUE --")]

    assert [answer["jobs"]["totalCount"] for answer in counts] == [1, 0]
