"""Plans are shared by requests of one shape and the same statuses, forgotten when unused, and safe at any size."""

import pytest

from domain.kernel.actors import ActorKind
from schema.compiler.json_text import Fixed, Varying, concat
from schema.execution.lru_cache import LruCache
from schema.execution.memory import MAX_REMEMBERED_LENGTH
from tests.support.graphql.sample_reads import Reads

QUERY = """query ($n: Int!, $more: Boolean!, $where: JobWhere, $by: [JobSort!]) {
    jobs(first: $n, where: $where, orderBy: $by) { nodes { id title @include(if: $more) } } }"""


async def plans_for(reads: Reads, *variables: dict[str, object]) -> int:
    """How many plans these requests made."""
    kept = reads.fast_path._plans._kept
    kept.clear()
    for given in variables:
        await reads.fast(QUERY, ActorKind.STAFF, given)
    return len(kept)


async def test_values_share_a_plan(reads: Reads) -> None:
    same = {"n": 2, "more": True}

    assert await plans_for(reads, *({**same, "where": {"title": {"eq": title}}} for title in ("One", "Two"))) == 1


async def test_page_sizes_directives_shapes_and_orders_do_not(reads: Reads) -> None:
    assert await plans_for(reads, {"n": 2, "more": True}, {"n": 3, "more": True}, {"n": 2, "more": False}) == 3
    wheres = [{}, {"state": {"eq": "DONE"}}, {"state": {"eq": None}}, {"title": {"eq": ""}}]
    assert await plans_for(reads, *({"n": 2, "more": True, "where": where} for where in wheres)) == 4
    assert (
        await plans_for(reads, *({"n": 2, "more": True, "where": {"overdue": is_so}} for is_so in (True, False))) == 2
    )
    sides = [{"overdue": True}, {"overdue": False}, {"or": [{"overdue": True}]}]
    assert await plans_for(reads, *({"n": 2, "more": True, "where": where} for where in sides)) == 3
    states = [{"eq": "DONE"}, {"eq": "DRAFT"}, {"in": ["DONE", "DRAFT"]}]
    assert await plans_for(reads, *({"n": 2, "more": True, "where": {"state": state}} for state in states)) == 3
    orders = [{"field": "DUE"}, {"field": "DUE", "direction": "DESC"}, {"field": "ID"}]
    assert await plans_for(reads, *({"n": 2, "more": True, "by": by} for by in orders)) == 3


async def test_kinds_of_actors_do_not_share_plans(reads: Reads) -> None:
    reads.fast_path._plans._kept.clear()

    for kind in (ActorKind.STAFF, ActorKind.MEMBER):
        await reads.fast("{ jobs(first: 1) { nodes { id } } }", kind)

    assert len(reads.fast_path._plans._kept) == 2


async def test_what_the_row_above_tells_is_not_looked_up(reads: Reads) -> None:
    query = "{ jobs(first: 9) { nodes { client { name jobs(first: 9) { nodes { clientName } } } } } }"
    reads.fast_path._plans._kept.clear()

    jobs = (await reads.both(query))["jobs"]["nodes"]

    ((plan, _),) = reads.fast_path._plans._kept.values()
    assert plan is not None
    assert "SELECT c.name" not in plan.text
    clients = [job["client"] for job in jobs if job["client"]]
    assert clients
    assert all(job["clientName"] == client["name"] for client in clients for job in client["jobs"]["nodes"])


def test_what_was_not_used_lately_is_forgotten() -> None:
    recent: LruCache[int] = LruCache(800)
    for key in ("a", "b", "a", *range(7)):
        recent.get_or_make(key, lambda: 1, lambda _: 100)

    assert list(recent._kept) == ["a", *range(7)]


def test_what_would_fill_much_of_the_memory_is_not_kept() -> None:
    recent: LruCache[int] = LruCache(800)

    assert recent.get_or_make("a", lambda: 1, lambda _: 101) == 1
    assert (recent.size, list(recent._kept)) == (0, [])


async def test_nothing_is_remembered_of_a_very_long_query(reads: Reads) -> None:
    reads.fast_path._documents._kept.clear()
    long = f"{QUERY}#{'long' * MAX_REMEMBERED_LENGTH}"

    assert await reads.fast(long, ActorKind.STAFF, {"n": 2, "more": True}) is None
    assert not reads.fast_path._documents._kept


async def test_objects_of_many_fields_fit_into_a_statement(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schema.execution.document_limits.MAX_ALIASES", 300)
    fields = " ".join(f"a{n}: title b{n}: hours" for n in range(150))

    job = (await reads.both(f'{{ jobByNumber(number: "AF-00001") {{ {fields} }} }}'))["jobByNumber"]

    assert len(job) == 300


def test_calls_take_at_most_a_hundred_arguments() -> None:
    text = concat(piece for n in range(300) for piece in (Fixed("it's"), Varying(f"t.c{n}")))

    assert text.count("concat(") == 7
    assert "'it''s'" in text
