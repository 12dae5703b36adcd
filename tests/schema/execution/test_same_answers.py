"""The fast path and the executor give the same answers."""

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from domain.kernel.actors import ActorKind
from tests.support.graphql.random_documents import queries
from tests.support.graphql.sample_reads import Reads
from tests.support.graphql.sample_rows import ACTORS, CLIENTS, JOBS, identity
from tests.support.graphql.sample_schema import SCHEMA

VALUES: dict[str, list[Any]] = {
    "String": ["AF-00004", "a", "%", "'", "ü", ""],
    "ID": [f"ord_{JOBS[4]}", f"cus_{CLIENTS[0]}", f"cus_{CLIENTS[1]}", f"evt_{identity(5, 4)}", "nonsense", ""],
    "Int": [0, 1, 2, 2_147_483_647],
    "Boolean": [True, False],
    "Decimal": ["0.25", "3"],
    "Date": ["2026-01-05", "2026-01-20"],
    "DateTime": ["2020-03-28T17:00:00Z", "2020-03-28T18:00:00.000700+01:00"],
}
ROOTS = ["job", "jobByNumber", "jobs", "viewer", "node", "nodes"]
EVERYTHING = """
{ __typename
  jobs(first: 40) {
    __typename totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id } }
    nodes {
      __typename id number title note state formerState urgent hours rating rate startsOn dueAt createdAt tags
      assignees extra label late
      client { id name email jobs(last: 2) { nodes { number } totalCount } }
      lastStep { id position text } steps { id position text }
      net { amount currency formatted } fee { amount currency formatted } worth { amount formatted }
      options { name fromState needs __typename } one: options(atMost: 1) { label: name }
    }
  }
  viewer { language ownClient { name } }
}
"""


async def test_every_field_for_every_row(reads: Reads) -> None:
    answer = await reads.both(EVERYTHING)

    assert len(answer["jobs"]["nodes"]) == 30


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(query=queries(SCHEMA._schema, VALUES, ROOTS), kind=st.sampled_from(sorted(ACTORS)))
async def test_any_query_for_any_actor(reads: Reads, query: tuple[str, dict[str, Any]], kind: ActorKind) -> None:
    text, variables = query

    await reads.same(text, kind, variables)
