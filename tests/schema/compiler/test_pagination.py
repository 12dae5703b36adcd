"""Keyset pages forward and backward, with ties and without, and what arguments are refused."""

import base64
import json
from typing import Any

import pytest

from domain.kernel.actors import ActorKind
from tests.support.graphql.sample_reads import Reads

PAGE = """
query Page($first: Int, $after: String, $last: Int, $before: String, $by: [JobSort!], $where: JobWhere) {
  jobs(first: $first, after: $after, last: $last, before: $before, orderBy: $by, where: $where) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { number }
  }
}
"""
ORDERS = [
    {"field": name, "direction": direction}
    for name in ("NUMBER", "STATE", "DUE", "HOURS", "ID")
    for direction in ("ASC", "DESC")
]


def by(name: str, direction: str) -> dict[str, str]:
    return {"field": name, "direction": direction}


async def a_page(reads: Reads, **variables: Any) -> Any:
    return (await reads.both(PAGE, variables=variables))["jobs"]


def numbers(page: Any) -> list[str]:
    return [node["number"] for node in page["nodes"]]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order['field']}-{order['direction']}")
async def test_pages_forward_hold_every_row_once_and_in_order(reads: Reads, order: Any) -> None:
    whole = numbers(await a_page(reads, first=100, by=order))
    page = await a_page(reads, first=7, by=order)
    seen = numbers(page)

    while page["pageInfo"]["hasNextPage"]:
        page = await a_page(reads, first=7, by=order, after=page["pageInfo"]["endCursor"])
        assert page["pageInfo"]["hasPreviousPage"]
        seen += numbers(page)

    assert seen == whole
    assert len(set(whole)) == 30 == page["totalCount"]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order['field']}-{order['direction']}")
async def test_pages_backward_hold_every_row_once_and_in_order(reads: Reads, order: Any) -> None:
    whole = numbers(await a_page(reads, first=100, by=order))
    page = await a_page(reads, last=7, by=order)
    seen = numbers(page)

    while page["pageInfo"]["hasPreviousPage"]:
        page = await a_page(reads, last=7, by=order, before=page["pageInfo"]["startCursor"])
        assert page["pageInfo"]["hasNextPage"]
        seen = numbers(page) + seen

    assert seen == whole


SEVERAL = [
    [by("STATE", "ASC"), by("HOURS", "DESC")],
    [by("STATE", "DESC"), by("DUE", "DESC"), by("HOURS", "ASC")],
    [by("HOURS", "ASC"), by("STATE", "ASC")],
    [by("HOURS", "DESC"), by("ID", "ASC"), by("STATE", "ASC")],
    [by("STATE", "ASC"), by("STATE", "DESC"), by("ID", "DESC")],
]


@pytest.mark.parametrize("state", [None, "ACTIVE"])
@pytest.mark.parametrize("orders", SEVERAL, ids=range(len(SEVERAL)))
async def test_pages_by_several_keys_hold_every_row_once_and_in_order(
    reads: Reads, orders: list[Any], state: str | None
) -> None:
    given: dict[str, Any] = {"by": orders, "where": {"state": {"eq": state}}}
    whole = numbers(await a_page(reads, first=100, **given))
    forward = backward = await a_page(reads, first=3, **given)
    seen = numbers(forward)

    while forward["pageInfo"]["hasNextPage"]:
        forward = await a_page(reads, first=3, after=forward["pageInfo"]["endCursor"], **given)
        seen += numbers(forward)
    backward = await a_page(reads, last=3, **given)
    last = numbers(backward)
    while backward["pageInfo"]["hasPreviousPage"]:
        backward = await a_page(reads, last=3, before=backward["pageInfo"]["startCursor"], **given)
        last = numbers(backward) + last

    assert seen == last == whole
    assert len(set(whole)) == (30 if state is None else 10)


async def test_several_keys_sort_one_after_the_other_in_their_directions(reads: Reads) -> None:
    query = """{ jobs(first: 100, orderBy: [{field: STATE}, {field: HOURS, direction: DESC}]) {
        nodes { state hours id } } }"""

    rows = (await reads.both(query))["jobs"]["nodes"]

    by_id = sorted(rows, key=lambda row: row["id"], reverse=True)
    expected = sorted(by_id, key=lambda row: (row["state"], -(row["hours"] or 0)))
    assert rows == expected
    assert len({(row["state"], row["hours"]) for row in rows}) < len(rows), "there are no ties to decide"


async def test_one_order_is_written_with_or_without_brackets(reads: Reads) -> None:
    page = "{ jobs(first: 100, orderBy: %s) { nodes { number } } }"
    one = "{field: HOURS, direction: DESC}"

    assert await reads.both(page % one) == await reads.both(page % f"[{one}]")
    assert await reads.both(page % "[]") == await reads.both(page % "null")


async def test_a_cursor_of_other_keys_is_refused(reads: Reads) -> None:
    cursor = (await a_page(reads, first=2, by=SEVERAL[0]))["pageInfo"]["endCursor"]

    answer = await reads.ordinary(PAGE, variables={"first": 2, "by": SEVERAL[2], "after": cursor})

    assert answer["errors"][0]["message"] == "This cursor does not belong to this list."


async def test_a_page_without_a_size_has_twenty_rows(reads: Reads) -> None:
    whole = numbers(await a_page(reads, first=100))

    first, cursor = await a_page(reads), (await a_page(reads, last=3))["pageInfo"]["startCursor"]

    assert numbers(first) == whole[:20]
    assert numbers(await a_page(reads, after=first["pageInfo"]["endCursor"])) == whole[20:]
    assert numbers(await a_page(reads, before=cursor)) == whole[7:27]


async def test_pages_of_one_state_are_read_through_its_index(reads: Reads) -> None:
    where = {"state": {"eq": "ACTIVE"}}
    whole = numbers(await a_page(reads, first=100, where=where))
    first = await a_page(reads, first=4, where=where)
    second = await a_page(reads, first=100, where=where, after=first["pageInfo"]["endCursor"])

    assert numbers(first) + numbers(second) == whole == sorted(whole, reverse=True)
    assert len(whole) == 10


async def test_between_two_cursors(reads: Reads) -> None:
    whole = numbers(await a_page(reads, first=100))
    start = (await a_page(reads, first=3))["pageInfo"]["endCursor"]
    end = (await a_page(reads, last=3))["pageInfo"]["startCursor"]

    page = await a_page(reads, last=50, after=start, before=end)

    assert numbers(page) == whole[3:-3]


async def test_an_empty_page_has_no_ends(reads: Reads) -> None:
    page = await a_page(reads, first=0)

    assert page["nodes"] == []
    assert page["pageInfo"]["startCursor"] is None
    assert page["pageInfo"]["hasNextPage"] is True


async def test_cursors_of_edges_are_those_of_the_page(reads: Reads) -> None:
    page = (await reads.both("{ jobs(first: 3) { edges { cursor } pageInfo { startCursor endCursor } } }"))["jobs"]

    cursors = [edge["cursor"] for edge in page["edges"]]
    assert [cursors[0], cursors[-1]] == list(page["pageInfo"].values())


def forged(*values: object) -> str:
    return base64.b64encode(json.dumps(values).encode()).decode()


BAD_PAGES = [
    {"first": 1, "last": 1},
    {"first": 101},
    {"first": -1},
    {"first": 1, "after": "no cursor"},
    {"first": 1, "after": "ü"},
    {"first": 1, "after": forged("-NUMBER", "AF-1")},
    {"first": 1, "after": forged("NUMBER", "AF-1", "01970000-0000-7000-8000-000400000001")},
    {"first": 1, "after": forged("-NUMBER", "AF\0", "01970000-0000-7000-8000-000400000001")},
    {"first": 1, "after": forged("-NUMBER", "AF\ud800", "01970000-0000-7000-8000-000400000001")},
    {"first": 1, "after": forged("-NUMBER", "AF-1", "no uuid")},
    {"first": 1, "after": forged("-NUMBER", 1, "01970000-0000-7000-8000-000400000001")},
    {
        "first": 1,
        "by": {"field": "DUE"},
        "after": forged("DUE", "tomorrow", "01970000-0000-7000-8000-000400000001"),
    },
    {
        "first": 1,
        "by": {"field": "HOURS"},
        "after": forged("HOURS", "9" * 30, "01970000-0000-7000-8000-000400000001"),
    },
    *(
        {"first": 1, "by": {"field": "HOURS"}, "after": forged("HOURS", hours, "01970000-0000-7000-8000-000400000001")}
        for hours in ("\u0663", "1_0", " 1", "2147483648", "0x1", "")
    ),
    *(
        {"first": 1, "by": {"field": "DUE"}, "after": forged("DUE", due, "01970000-0000-7000-8000-000400000001")}
        for due in (
            "2026-W10-1",
            "2026-11-20T08:31:00,5",
            "2026-11-20🙂08:31:00",
            "9999-12-31 23:59:59-23:59",
            "x infinity",
        )
    ),
    *(
        {"first": 1, "after": forged("-NUMBER", "AF-1", identity)}
        for identity in ("urn:uuid:01970000-0000-7000-8000-000400000001", "0-1970000000070008000000400000001")
    ),
]


@pytest.mark.parametrize("variables", BAD_PAGES, ids=range(len(BAD_PAGES)))
async def test_pages_that_cannot_be_are_refused_by_the_executor(reads: Reads, variables: dict[str, Any]) -> None:
    assert await reads.fast(PAGE, variables=variables) is None

    answer = await reads.ordinary(PAGE, variables=variables)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]


async def test_nested_lists_page_within_their_row(reads: Reads) -> None:
    query = '{ job(id: "ord_%s") { client { jobs(first: 2, orderBy: {field: ID}) { totalCount nodes { number } } } } }'
    job = "01970000-0000-7000-8000-000400000004"

    answer = await reads.both(query % job, ActorKind.STAFF)

    assert answer["job"]["client"]["jobs"] == {
        "totalCount": 9,
        "nodes": [{"number": "AF-00004"}, {"number": "AF-00005"}],
    }
